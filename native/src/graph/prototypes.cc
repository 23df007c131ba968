// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/prototypes.h"

#include "graph/saved_module.h"
#include "graph/weight_budget.h"

namespace yolotorch::graph {

Prototypes::Prototypes(std::int64_t in, std::int64_t width,
                       std::int64_t masks) {
  const Conv::Options square{.kernel = 3};
  cv1_ = register_module("cv1", std::make_shared<Conv>(in, width, square));
  const auto upsample =
      register_module("upsample", std::make_shared<torch::nn::Module>());
  WeightBudget::Charge(4 * static_cast<double>(width) *
                       static_cast<double>(width));
  const torch::nn::ConvTranspose2d initial(
      torch::nn::ConvTranspose2dOptions(width, width, 2));
  weight_ = upsample->register_parameter("weight", initial->weight);
  bias_ = upsample->register_parameter("bias", initial->bias);
  cv2_ = register_module("cv2", std::make_shared<Conv>(width, width, square));
  cv3_ = register_module("cv3", std::make_shared<Conv>(width, masks));
}

Prototypes::Prototypes(const SavedModule& saved) {
  saved.Expect({"Proto"});
  saved.ExpectForward({});
  cv1_ = register_module("cv1", std::make_shared<Conv>(saved.Child("cv1")));
  const SavedModule& larger = saved.Child("upsample");
  larger.Expect({"ConvTranspose2d"});
  const std::vector<std::int64_t>& shape = larger.Shape("weight", 4);
  const std::array<std::int64_t, 2> none = {0, 0};
  if (larger.Pair("stride", 2, 1, 64) != std::array<std::int64_t, 2>{2, 2} ||
      larger.Pair("padding", 0, 0, 64) != none ||
      larger.Pair("output_padding", 0, 0, 64) != none || shape[2] != 2 ||
      shape[3] != 2 || larger.Whole("groups", 1, 1, 65'536) != 1) {
    larger.Fail("enlarges in another way than by 2 without overlap");
  }
  const auto upsample =
      register_module("upsample", std::make_shared<torch::nn::Module>());
  weight_ = upsample->register_parameter("weight", larger.Take("weight", 4),
                                         /*requires_grad=*/false);
  if (larger.Has("bias")) {
    bias_ = upsample->register_parameter("bias",
                                         larger.TakeVector("bias", shape[1]),
                                         /*requires_grad=*/false);
  }
  cv2_ = register_module("cv2", std::make_shared<Conv>(saved.Child("cv2")));
  cv3_ = register_module("cv3", std::make_shared<Conv>(saved.Child("cv3")));
}

Tensor Prototypes::Forward(const Tensor& x) {
  const Tensor larger =
      at::conv_transpose2d(cv1_->Forward(x), weight_, bias_, {2, 2});
  return cv3_->Forward(cv2_->Forward(larger));
}

}  // namespace yolotorch::graph

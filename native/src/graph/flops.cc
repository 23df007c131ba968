// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/flops.h"

#include <ATen/record_function.h>

#include <memory>
#include <string_view>

namespace yolotorch::graph {
namespace {

// What convolutions do is proportional to the area, so a small input tells as
// much as a large one.
constexpr std::int64_t kProbeSide = 64;

struct MultiplyAdds {
  double convolution = 0;
  double linear = 0;
};

thread_local MultiplyAdds counted;

void CountCall(const at::RecordFunction& call, at::ObserverContext* /*none*/) {
  const std::string_view name = call.name();
  const bool convolution = name == "aten::convolution";
  if (!convolution && name != "aten::linear") return;
  const auto inputs = call.inputs();
  const Tensor& x = inputs[0].toTensor();
  const Tensor& weight = inputs[1].toTensor();
  // Of a transposed convolution every input value meets all weights of its
  // channel; else every output value does.
  const bool transposed = convolution && inputs[6].toBool();
  const auto per_value =
      static_cast<double>(weight.numel()) / static_cast<double>(weight.size(0));
  const std::int64_t values =
      transposed ? x.numel() : call.outputs()[0].toTensor().numel();
  (convolution ? counted.convolution : counted.linear) +=
      per_value * static_cast<double>(values);
}

}  // namespace

double CountFlops(Network& network, std::int64_t height, std::int64_t width) {
  const at::NoGradGuard no_grad;
  network.FixSize(kProbeSide, kProbeSide);
  const Tensor probe =
      at::zeros({1, network.architecture().channels, kProbeSide, kProbeSide});
  counted = {};
  const at::CallbackHandle counter = at::addThreadLocalCallback(
      at::RecordFunctionCallback(
          [](const at::RecordFunction&)
              -> std::unique_ptr<at::ObserverContext> { return nullptr; },
          CountCall)
          .needsInputs(true)
          .needsOutputs(true)
          .scopes({at::RecordScope::FUNCTION}));
  network.Forward(probe);
  at::removeCallback(counter);
  const double area = static_cast<double>(height * width) /
                      static_cast<double>(kProbeSide * kProbeSide);
  return 2 * (counted.convolution * area + counted.linear);
}

}  // namespace yolotorch::graph

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/serialization/import.h>

#include <string>
#include <utility>
#include <vector>

#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch::test {

/// Endings of the names of architectures, one per task.
inline const std::vector<std::string> kTaskSuffixes = {"", "-seg", "-pose",
                                                       "-obb", "-cls"};

// A small model with random weights, exported at 64 x 96.
class Exported {
 public:
  explicit Exported(const std::string& suffix, ExportOptions options = {})
      : model_(Model::Load("yolo11n" + suffix + ".yaml", {.seed = 3})) {
    options.file = folder_ / "a.torchscript";
    if (options.net_height == 0) {
      options.net_height = 64;
      options.net_width = 96;
    }
    model_.Export(options);
    module_ = torch::jit::load(options.file);
    path_ = options.file;
  }

  torch::jit::Module& module() { return module_; }
  Model& model() { return model_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return folder_ / name;
  }

 private:
  TemporaryFolder folder_;
  Model model_;
  torch::jit::Module module_;
  std::string path_;
};

// The first tensor of what forward gives.
inline at::Tensor First(const c10::IValue& output) {
  return output.isTensor() ? output.toTensor()
                           : output.toTupleRef().elements()[0].toTensor();
}

inline double Difference(const at::Tensor& a, const at::Tensor& b) {
  EXPECT_EQ(a.sizes(), b.sizes());
  return (a - b).abs().max().item<double>();
}

inline std::string RunError(torch::jit::Module& module, const at::Tensor& x) {
  try {
    module.forward({x});
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

}  // namespace yolotorch::test

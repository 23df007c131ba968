// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "optimizer/convolution_op.h"

namespace yolotorch::optimizer {

/// Whether the code assigns an attribute or may change its tensor in place,
/// also through a view: attributes are not constant then.
bool ChangesAttributes(const std::vector<torch::jit::Node*>& nodes);

/// The parameters of a transposed convolution that ConvTransposeOp supports.
struct ConvTransposeParams {
  at::Tensor weight;  ///< (in, out, height, width), float32
  std::optional<at::Tensor> bias;
};

/// The constants and attributes of a graph whose first input is the module, and
/// the parameters of layers made of them.
class Constants {
 public:
  Constants(const torch::jit::Module& self, const torch::jit::Graph* graph)
      : self_(self._ivalue()), input_(graph->inputs()[0]) {}

  /// The value in every run; nullopt when it depends on the run.
  [[nodiscard]] std::optional<c10::IValue> Of(
      const torch::jit::Value* value) const;

  /// The parameters of the convolution `node`, if all of them are constant.
  /// Only plausible sizes are taken; LibTorch checks the others.
  [[nodiscard]] std::optional<ConvolutionParams> AsConvolution(
      const torch::jit::Node* node) const;

  /// Likewise a transposed convolution.
  [[nodiscard]] std::optional<ConvTransposeParams> AsConvTranspose(
      const torch::jit::Node* node) const;

 private:
  // A float32 tensor of the CPU. Archives in half precision cast it to the
  // input's type, which ConvolutionOp does by itself.
  [[nodiscard]] std::optional<at::Tensor> Weight(
      const torch::jit::Value* value) const;
  // A weight of four dimensions, all of plausible size.
  [[nodiscard]] std::optional<at::Tensor> Filters(
      const torch::jit::Value* value) const;
  // False if there is a bias that is not one constant per channel.
  [[nodiscard]] bool SetBias(const torch::jit::Value* value,
                             std::int64_t channels,
                             std::optional<at::Tensor>* bias) const;
  // Two integers.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> Pair(
      const torch::jit::Value* value) const;
  [[nodiscard]] std::optional<std::int64_t> GroupsOf(
      const torch::jit::Value* value) const;
  [[nodiscard]] bool IsFlag(const torch::jit::Value* value, bool wanted) const;

  c10::IValue self_;
  const torch::jit::Value* input_;
};

}  // namespace yolotorch::optimizer

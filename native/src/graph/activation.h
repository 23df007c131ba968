// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <array>
#include <string>
#include <string_view>

#include "graph/architecture.h"

namespace yolotorch::graph {

class SavedModule;
struct ActivationRule;

/// A layer of torch.nn that maps every value by itself, as it is in evaluation:
/// what follows a convolution.
class Activation : public torch::nn::Module {
 public:
  /// SiLU.
  Activation();
  /// Throws std::invalid_argument, whose text says what is wrong with `choice`
  /// and what is accepted.
  explicit Activation(const ActivationChoice& choice);
  /// Throws Error kUnsupportedModel naming the module.
  explicit Activation(const SavedModule& saved);

  /// `x` may be overwritten.
  at::Tensor Forward(const at::Tensor& x) const;

  /// Fills in its class, attributes and what it learned.
  void Save(SavedModule* saved) const;

  /// Names of all that are built in: "SiLU, Identity, ReLU ... or Hardshrink".
  static std::string Names();

 private:
  const ActivationRule* rule_;
  std::array<double, 2> values_{};  // its arguments, in the rule's order
  at::Tensor weight_;               // learned, of PReLU
};

}  // namespace yolotorch::graph

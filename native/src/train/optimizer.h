// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yolotorch::train {

using at::Tensor;

/// Parameters with a weight decay and a learning rate of their own.
struct ParameterGroup {
  std::vector<Tensor> parameters;
  double weight_decay = 0;
};

/// Changes parameters by their gradients. Parameters without one stay.
class Optimizer {
 public:
  /// `name`: SGD (with Nesterov's momentum), Adam, AdamW, Adamax, NAdam, RAdam
  /// or RMSProp, in any case; `momentum`: beta1 of those with two. Throws Error
  /// kInvalidArgument for another name.
  static std::unique_ptr<Optimizer> Make(std::string_view name,
                                         std::vector<ParameterGroup> groups,
                                         double lr, double momentum);
  virtual ~Optimizer() = default;

  virtual void Step() = 0;
  virtual void set_lr(std::size_t group, double lr) = 0;
  /// Of those that have one; not of those with betas.
  virtual void set_momentum(double momentum) = 0;

  /// What it remembers, by the number of the parameter over all groups and a
  /// name, such as "3.exp_avg".
  [[nodiscard]] virtual std::map<std::string, Tensor> State() const = 0;
  /// Takes what State() gave. Throws Error kCorruptModel if it does not fit.
  virtual void Restore(const std::map<std::string, Tensor>& state) = 0;
};

/// "SGD, Adam, AdamW, Adamax, NAdam, RAdam or RMSProp".
std::string OptimizerNames();

}  // namespace yolotorch::train

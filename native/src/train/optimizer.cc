// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/optimizer.h"

#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/rmsprop.h>
#include <torch/optim/sgd.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "train/moment_optimizer.h"
#include "yolotorch/error.h"

namespace yolotorch::train {
namespace {

constexpr double kBeta2 = 0.999;
constexpr const char* kMomentumBuffer = "momentum_buffer";

std::vector<torch::optim::OptimizerParamGroup> GroupsOf(
    const std::vector<ParameterGroup>& groups,
    const torch::optim::OptimizerOptions& options,
    void (*set_decay)(torch::optim::OptimizerOptions&, double)) {
  std::vector<torch::optim::OptimizerParamGroup> all;
  for (const ParameterGroup& group : groups) {
    auto own = options.clone();
    set_decay(*own, group.weight_decay);
    all.emplace_back(group.parameters, std::move(own));
  }
  return all;
}

// What LibTorch remembers of a parameter, by name.
struct Remembered {
  std::vector<std::pair<std::string, Tensor*>> tensors;
  std::int64_t* step = nullptr;
};

// One of LibTorch's own, with its options and what it remembers of a parameter.
template <typename Kind, typename Options, typename ParamState>
class LibTorchOptimizer : public Optimizer {
 public:
  using Remember = Remembered (*)(ParamState&);
  using SetMomentum = void (*)(Options&, double);

  LibTorchOptimizer(const std::vector<ParameterGroup>& groups, Options options,
                    SetMomentum set_momentum, Remember remember)
      : set_momentum_(set_momentum),
        remember_(remember),
        optimizer_(
            GroupsOf(groups, options,
                     [](torch::optim::OptimizerOptions& own, double decay) {
                       static_cast<Options&>(own).weight_decay(decay);
                     }),
            options) {}

  void Step() override { optimizer_.step(); }

  void set_lr(std::size_t group, double lr) override {
    optimizer_.param_groups()[group].options().set_lr(lr);
  }

  void set_momentum(double momentum) override {
    if (set_momentum_ == nullptr) return;
    for (auto& group : optimizer_.param_groups()) {
      set_momentum_(static_cast<Options&>(group.options()), momentum);
    }
  }

  [[nodiscard]] std::map<std::string, Tensor> State() const override {
    std::map<std::string, Tensor> state;
    auto& optimizer = const_cast<Kind&>(optimizer_);
    std::size_t number = 0;
    for (const auto& group : optimizer_.param_groups()) {
      for (const Tensor& parameter : group.params()) {
        const std::string prefix = std::to_string(number++) + ".";
        const auto found =
            optimizer.state().find(parameter.unsafeGetTensorImpl());
        if (found == optimizer.state().end()) continue;
        const Remembered all =
            remember_(static_cast<ParamState&>(*found->second));
        for (const auto& [name, tensor] : all.tensors) {
          if (tensor->defined()) state[prefix + name] = *tensor;
        }
        if (all.step != nullptr) {
          state[prefix + "step"] = at::tensor({*all.step}, at::kLong);
        }
      }
    }
    return state;
  }

  void Restore(const std::map<std::string, Tensor>& state) override {
    std::size_t number = 0;
    for (const auto& group : optimizer_.param_groups()) {
      for (const Tensor& parameter : group.params()) {
        const std::string prefix = std::to_string(number++) + ".";
        const auto any = state.lower_bound(prefix);
        if (any == state.end() || !any->first.starts_with(prefix)) continue;
        auto own = std::make_unique<ParamState>();
        const Remembered all = remember_(*own);
        for (const auto& [name, tensor] : all.tensors) {
          // RMSProp has none where it has no momentum.
          if (name == kMomentumBuffer && !state.contains(prefix + name))
            continue;
          *tensor = StoredState(state, prefix + name, parameter.sizes())
                        .to(parameter.device())
                        .clone();
        }
        if (all.step != nullptr) {
          *all.step = StoredState(state, prefix + "step", {1})
                          .template item<std::int64_t>();
        }
        optimizer_.state()[parameter.unsafeGetTensorImpl()] = std::move(own);
      }
    }
  }

 private:
  SetMomentum set_momentum_;
  Remember remember_;
  Kind optimizer_;
};

template <typename ParamState>
Remembered MomentsOf(ParamState& state) {
  return {{{"exp_avg", &state.exp_avg()}, {"exp_avg_sq", &state.exp_avg_sq()}},
          &state.step()};
}

std::unique_ptr<Optimizer> MakeSgd(const std::vector<ParameterGroup>& groups,
                                   double lr, double momentum) {
  using torch::optim::SGDOptions;
  using torch::optim::SGDParamState;
  return std::make_unique<
      LibTorchOptimizer<torch::optim::SGD, SGDOptions, SGDParamState>>(
      groups, SGDOptions(lr).momentum(momentum).nesterov(momentum > 0),
      [](SGDOptions& options, double value) {
        options.momentum(value).nesterov(value > 0);
      },
      [](SGDParamState& state) {
        return Remembered{{{kMomentumBuffer, &state.momentum_buffer()}}};
      });
}

std::unique_ptr<Optimizer> MakeRmsProp(
    const std::vector<ParameterGroup>& groups, double lr, double momentum) {
  using torch::optim::RMSpropOptions;
  using torch::optim::RMSpropParamState;
  return std::make_unique<LibTorchOptimizer<torch::optim::RMSprop,
                                            RMSpropOptions, RMSpropParamState>>(
      groups, RMSpropOptions(lr).momentum(momentum),
      [](RMSpropOptions& options, double value) { options.momentum(value); },
      [](RMSpropParamState& state) {
        return Remembered{{{"square_avg", &state.square_avg()},
                           {kMomentumBuffer, &state.momentum_buffer()}},
                          &state.step()};
      });
}

}  // namespace

std::string OptimizerNames() {
  return "SGD, Adam, AdamW, Adamax, NAdam, RAdam or RMSProp";
}

std::unique_ptr<Optimizer> Optimizer::Make(std::string_view name,
                                           std::vector<ParameterGroup> groups,
                                           double lr, double momentum) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  });
  if (lower == "sgd") return MakeSgd(groups, lr, momentum);
  if (lower == "rmsprop") return MakeRmsProp(groups, lr, momentum);
  if (lower == "adam") {
    using torch::optim::AdamOptions;
    using torch::optim::AdamParamState;
    return std::make_unique<
        LibTorchOptimizer<torch::optim::Adam, AdamOptions, AdamParamState>>(
        groups, AdamOptions(lr).betas({momentum, kBeta2}), nullptr,
        MomentsOf<AdamParamState>);
  }
  if (lower == "adamw") {
    using torch::optim::AdamWOptions;
    using torch::optim::AdamWParamState;
    return std::make_unique<
        LibTorchOptimizer<torch::optim::AdamW, AdamWOptions, AdamWParamState>>(
        groups, AdamWOptions(lr).betas({momentum, kBeta2}), nullptr,
        MomentsOf<AdamWParamState>);
  }
  auto own = MakeMomentOptimizer(lower, std::move(groups), lr, momentum);
  if (own != nullptr) return own;
  throw Error(Code::kInvalidArgument, "optimizer must be auto, " +
                                          OptimizerNames() + ", but was '" +
                                          std::string(name) + "'.");
}

}  // namespace yolotorch::train

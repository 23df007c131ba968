// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/moment_optimizer.h"

#include <cmath>

#include "yolotorch/error.h"

namespace yolotorch::train {
namespace {

constexpr double kSecondBeta = 0.999;
constexpr double kRootEpsilon = 1e-8;

// Two running moments of a parameter's gradient.
struct Moments {
  Tensor parameter;
  std::size_t group = 0;
  Tensor first;
  Tensor second;
  double step = 0;
  double product = 1;  // NAdam: of all momenta so far
};

class MomentOptimizer : public Optimizer {
 public:
  MomentOptimizer(std::vector<ParameterGroup> groups, double lr, double beta1)
      : beta1_(beta1) {
    for (const ParameterGroup& group : groups) {
      for (const Tensor& parameter : group.parameters) {
        moments_.push_back({parameter, lrs_.size()});
      }
      lrs_.push_back(lr);
      decays_.push_back(group.weight_decay);
    }
  }

  void Step() override {
    const at::NoGradGuard no_grad;
    for (Moments& m : moments_) {
      Tensor gradient = m.parameter.grad();
      if (!gradient.defined()) continue;
      const double decay = decays_[m.group];
      if (decay != 0) gradient = gradient + m.parameter * decay;
      if (!m.first.defined()) {
        m.first = at::zeros_like(m.parameter);
        m.second = at::zeros_like(m.parameter);
      }
      ++m.step;
      m.first.mul_(beta1_).add_(gradient, 1 - beta1_);
      Change(gradient, lrs_[m.group], &m);
    }
  }

  void set_lr(std::size_t group, double lr) override { lrs_[group] = lr; }
  void set_momentum(double /*momentum*/) override {}

  [[nodiscard]] std::map<std::string, Tensor> State() const override {
    std::map<std::string, Tensor> state;
    for (std::size_t i = 0; i < moments_.size(); ++i) {
      const Moments& m = moments_[i];
      if (!m.first.defined()) continue;
      const std::string number = std::to_string(i);
      state[number + ".exp_avg"] = m.first;
      state[number + ".exp_avg_sq"] = m.second;
      state[number + ".step"] = at::tensor({m.step, m.product}, at::kDouble);
    }
    return state;
  }

  void Restore(const std::map<std::string, Tensor>& state) override {
    for (std::size_t i = 0; i < moments_.size(); ++i) {
      Moments& m = moments_[i];
      const std::string number = std::to_string(i);
      const auto any = state.lower_bound(number + ".");
      if (any == state.end() || !any->first.starts_with(number + ".")) continue;
      const auto sizes = m.parameter.sizes();
      m.first = StoredState(state, number + ".exp_avg", sizes).clone();
      m.second = StoredState(state, number + ".exp_avg_sq", sizes).clone();
      const Tensor& step = StoredState(state, number + ".step", {2});
      m.step = step[0].item<double>();
      m.product = step[1].item<double>();
    }
  }

 protected:
  // Changes m->parameter. The first moment holds this gradient already.
  virtual void Change(const Tensor& gradient, double lr, Moments* m) = 0;

  void UpdateSecond(const Tensor& gradient, Moments* m) const {
    m->second.mul_(kSecondBeta).addcmul_(gradient, gradient, 1 - kSecondBeta);
  }
  [[nodiscard]] double beta1() const { return beta1_; }

 private:
  double beta1_;
  std::vector<Moments> moments_;
  std::vector<double> lrs_;
  std::vector<double> decays_;
};

// Kingma and Ba, "Adam" (2015), section 7.1: the second moment is the decayed
// maximum.
class Adamax : public MomentOptimizer {
 public:
  using MomentOptimizer::MomentOptimizer;

 protected:
  void Change(const Tensor& gradient, double lr, Moments* m) override {
    m->second =
        at::maximum(m->second * kSecondBeta, gradient.abs() + kRootEpsilon);
    const double corrected = lr / (1 - std::pow(beta1(), m->step));
    m->parameter.addcdiv_(m->first, m->second, -corrected);
  }
};

// Dozat, "Incorporating Nesterov Momentum into Adam" (2016), with PyTorch's
// momentum decay of 0.004.
class NAdam : public MomentOptimizer {
 public:
  using MomentOptimizer::MomentOptimizer;

 protected:
  void Change(const Tensor& gradient, double lr, Moments* m) override {
    UpdateSecond(gradient, m);
    const double now = MomentumAt(m->step);
    const double next = MomentumAt(m->step + 1);
    m->product *= now;
    const Tensor root =
        (m->second / (1 - std::pow(kSecondBeta, m->step))).sqrt() +
        kRootEpsilon;
    m->parameter.addcdiv_(gradient, root, -lr * (1 - now) / (1 - m->product));
    m->parameter.addcdiv_(m->first, root, -lr * next / (1 - m->product * next));
  }

 private:
  [[nodiscard]] double MomentumAt(double step) const {
    return beta1() * (1 - 0.5 * std::pow(0.96, step * 0.004));
  }
};

// Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond"
// (2020).
class RAdam : public MomentOptimizer {
 public:
  using MomentOptimizer::MomentOptimizer;

 protected:
  void Change(const Tensor& gradient, double lr, Moments* m) override {
    UpdateSecond(gradient, m);
    const double decayed = std::pow(kSecondBeta, m->step);
    const double most = 2 / (1 - kSecondBeta) - 1;
    const double length = most - 2 * m->step * decayed / (1 - decayed);
    const double rate = lr / (1 - std::pow(beta1(), m->step));
    if (length <= 5) {
      m->parameter.add_(m->first, -rate);
      return;
    }
    const double rectified = std::sqrt((length - 4) * (length - 2) * most /
                                       ((most - 4) * (most - 2) * length)) *
                             std::sqrt(1 - decayed);
    m->parameter.addcdiv_(m->first, m->second.sqrt() + kRootEpsilon,
                          -rate * rectified);
  }
};

}  // namespace

const Tensor& StoredState(const std::map<std::string, Tensor>& state,
                          const std::string& name, at::IntArrayRef sizes) {
  const auto found = state.find(name);
  if (found == state.end() || found->second.sizes() != sizes) {
    throw Error(Code::kCorruptModel,
                "The state of a training must hold '" + name +
                    "' of the optimiser in its parameter's size, but does not; "
                    "resume from the last.pt that this training wrote.");
  }
  return found->second;
}

std::unique_ptr<Optimizer> MakeMomentOptimizer(
    std::string_view name, std::vector<ParameterGroup> groups, double lr,
    double beta1) {
  if (name == "adamax") {
    return std::make_unique<Adamax>(std::move(groups), lr, beta1);
  }
  if (name == "nadam") {
    return std::make_unique<NAdam>(std::move(groups), lr, beta1);
  }
  if (name == "radam") {
    return std::make_unique<RAdam>(std::move(groups), lr, beta1);
  }
  return nullptr;
}

}  // namespace yolotorch::train

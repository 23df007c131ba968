// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/optimizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "support.h"

namespace yolotorch::train {
namespace optimizer_test {
namespace {

constexpr double kLr = 0.01;
constexpr double kMomentum = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;
constexpr double kDecay = 0.1;

// One parameter in the optimiser's published formulas.
struct Scalar {
  double value = 0;
  double first = 0;
  double second = 0;
  double product = 1;
  int step = 0;
};
// Changes *p by its gradient.
using Rule = std::function<void(Scalar* p, double gradient, double decay)>;

void UpdateMoments(Scalar* p, double g) {
  p->first = kMomentum * p->first + (1 - kMomentum) * g;
  p->second = kBeta2 * p->second + (1 - kBeta2) * g * g;
}

double FirstCorrection(const Scalar& p) {
  return 1 - std::pow(kMomentum, p.step);
}
double SecondCorrection(const Scalar& p) {
  return 1 - std::pow(kBeta2, p.step);
}
double Root(const Scalar& p) {
  return std::sqrt(p.second / SecondCorrection(p)) + kEpsilon;
}

void Sgd(Scalar* p, double g, double decay) {
  g += decay * p->value;
  p->first = p->step == 1 ? g : kMomentum * p->first + g;
  p->value -= kLr * (g + kMomentum * p->first);
}

void Adam(Scalar* p, double g, double decay) {
  UpdateMoments(p, g + decay * p->value);
  p->value -= kLr * p->first / FirstCorrection(*p) / Root(*p);
}

void AdamW(Scalar* p, double g, double decay) {
  p->value *= 1 - kLr * decay;
  Adam(p, g, 0);
}

void Adamax(Scalar* p, double g, double decay) {
  g += decay * p->value;
  p->first = kMomentum * p->first + (1 - kMomentum) * g;
  p->second = std::max(kBeta2 * p->second, std::abs(g) + kEpsilon);
  p->value -= kLr / FirstCorrection(*p) * p->first / p->second;
}

double NesterovMomentum(int step) {
  return kMomentum * (1 - 0.5 * std::pow(0.96, step * 0.004));
}

void NAdam(Scalar* p, double g, double decay) {
  g += decay * p->value;
  UpdateMoments(p, g);
  const double now = NesterovMomentum(p->step);
  const double next = NesterovMomentum(p->step + 1);
  p->product *= now;
  p->value -= kLr *
              ((1 - now) * g / (1 - p->product) +
               next * p->first / (1 - p->product * next)) /
              Root(*p);
}

void RAdam(Scalar* p, double g, double decay) {
  UpdateMoments(p, g + decay * p->value);
  const double most = 1999;
  const double length =
      most - 2 * p->step * std::pow(kBeta2, p->step) / SecondCorrection(*p);
  double step = p->first / FirstCorrection(*p);
  if (length > 5) {
    step *= std::sqrt((length - 4) * (length - 2) * most /
                      ((most - 4) * (most - 2) * length)) *
            std::sqrt(SecondCorrection(*p)) / (std::sqrt(p->second) + kEpsilon);
  }
  p->value -= kLr * step;
}

void RmsProp(Scalar* p, double g, double decay) {
  constexpr double kSmoothing = 0.99;
  g += decay * p->value;
  p->second = kSmoothing * p->second + (1 - kSmoothing) * g * g;
  p->first = kMomentum * p->first + g / (std::sqrt(p->second) + kEpsilon);
  p->value -= kLr * p->first;
}

struct Case {
  const char* name;
  Rule rule;
  // How far the first step goes against a gradient of 2, without decay.
  double first_step;
};

// The momenta of NAdam's first two steps are 0.4500735 and 0.4501469.
const std::array<Case, 7> kCases = {{
    {"SGD", Sgd, kLr * 2 * 1.9},
    {"Adam", Adam, kLr},
    {"AdamW", AdamW, kLr},
    {"Adamax", Adamax, kLr},
    {"NAdam", NAdam, kLr*(1 + 0.1 * 0.4501469 / (1 - 0.4500735 * 0.4501469))},
    {"RAdam", RAdam, kLr * 2},
    {"RMSProp", RmsProp, kLr * 10},
}};

Tensor Pair(double a, double b) {
  return at::tensor({a, b}, at::kDouble).requires_grad_(true);
}

double At(const Tensor& values, int i) { return values[i].item<double>(); }

TEST(OptimizerTest, TheFirstStepIsAsLongAsWorkedOut) {
  for (const Case& each : kCases) {
    SCOPED_TRACE(each.name);
    Tensor parameter = Pair(1, -3);
    const auto optimizer =
        Optimizer::Make(each.name, {{{parameter}, 0}}, kLr, kMomentum);
    parameter.mutable_grad() = at::tensor({2.0, -2.0}, at::kDouble);
    optimizer->Step();
    EXPECT_NEAR(At(parameter, 0), 1 - each.first_step, 1e-8);
    EXPECT_NEAR(At(parameter, 1), -3 + each.first_step, 1e-8);
  }
}

// Eight steps: RAdam's variance is rectified from the sixth on.
TEST(OptimizerTest, StepsFollowTheFormulas) {
  for (const Case& each : kCases) {
    SCOPED_TRACE(each.name);
    Tensor parameter = Pair(1, -3);
    std::array<Scalar, 2> expected = {{{1}, {-3}}};
    const auto optimizer =
        Optimizer::Make(each.name, {{{parameter}, kDecay}}, kLr, kMomentum);
    for (int step = 1; step <= 8; ++step) {
      const std::array<double, 2> gradient = {0.5 * step, std::cos(step)};
      parameter.mutable_grad() =
          at::tensor({gradient[0], gradient[1]}, at::kDouble);
      optimizer->Step();
      for (int i = 0; i < 2; ++i) {
        expected[i].step = step;
        each.rule(&expected[i], gradient[i], kDecay);
        EXPECT_NEAR(At(parameter, i), expected[i].value, 1e-12) << step;
      }
    }
  }
}

TEST(OptimizerTest, GroupsHaveTheirOwnRateAndDecay) {
  for (const Case& each : kCases) {
    SCOPED_TRACE(each.name);
    Tensor still = Pair(1, 1);
    Tensor decaying = Pair(1, 1);
    Tensor alone = Pair(1, 1);
    const auto optimizer = Optimizer::Make(
        each.name, {{{still}, 0}, {{decaying}, kDecay}, {{alone}, kDecay}}, kLr,
        kMomentum);
    optimizer->set_lr(0, 0);
    still.mutable_grad() = at::ones({2}, at::kDouble);
    decaying.mutable_grad() = at::zeros({2}, at::kDouble);
    optimizer->Step();
    EXPECT_EQ(At(still, 0), 1);
    EXPECT_LT(At(decaying, 0), 1);
    EXPECT_EQ(At(alone, 0), 1);  // It has no gradient.
  }
}

TEST(OptimizerTest, NamesInAnyCaseAndNoOthers) {
  const Tensor parameter = Pair(1, 1);
  EXPECT_NE(Optimizer::Make("rmsPROP", {{{parameter}, 0}}, kLr, 0), nullptr);
  test::ExpectError(Code::kInvalidArgument, "'Lion'", [&] {
    Optimizer::Make("Lion", {{{parameter}, 0}}, kLr, kMomentum);
  });
  for (const Case& each : kCases) {
    EXPECT_NE(OptimizerNames().find(each.name), std::string::npos);
  }
}

// Two groups; the last parameter never has a gradient.
struct Learner {
  Learner(const char* name, std::vector<Tensor> values)
      : parameters(std::move(values)),
        optimizer(Optimizer::Make(
            name,
            {{{parameters[0]}, 0}, {{parameters[1], parameters[2]}, kDecay}},
            kLr, kMomentum)) {}

  void Learn(int step) {
    optimizer->set_lr(0, 0.1 / step);
    optimizer->set_lr(1, 0.05 / step);
    optimizer->set_momentum(0.8 + 0.01 * step);
    for (int i = 0; i < 2; ++i) {
      parameters[i].mutable_grad() = at::sin(parameters[i].detach() * step + i);
    }
    optimizer->Step();
  }

  std::vector<Tensor> parameters;
  std::unique_ptr<Optimizer> optimizer;
};

std::vector<Tensor> CopyOf(const std::vector<Tensor>& values) {
  std::vector<Tensor> copies;
  for (const Tensor& value : values) {
    copies.push_back(value.detach().clone().requires_grad_(true));
  }
  return copies;
}

TEST(OptimizerTest, ARestoredOneGoesOnToTheBit) {
  const std::vector<Tensor> begin = {at::linspace(-1, 2, 5), at::arange(4.0),
                                     at::ones({2})};
  for (const Case& each : kCases) {
    SCOPED_TRACE(each.name);
    Learner straight(each.name, CopyOf(begin));
    for (int step = 1; step <= 7; ++step) straight.Learn(step);
    Learner first(each.name, CopyOf(begin));
    for (int step = 1; step <= 4; ++step) first.Learn(step);
    Learner second(each.name, CopyOf(first.parameters));
    second.optimizer->Restore(first.optimizer->State());
    // What was restored is no longer that of the first one.
    first.Learn(5);
    for (int step = 5; step <= 7; ++step) second.Learn(step);
    Learner forgetful(each.name, CopyOf(first.parameters));
    forgetful.optimizer->Restore({});
    for (int step = 6; step <= 7; ++step) forgetful.Learn(step);
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(at::equal(second.parameters[i], straight.parameters[i]));
    }
    EXPECT_FALSE(at::equal(forgetful.parameters[0], straight.parameters[0]));
    EXPECT_EQ(second.optimizer->State().size(),
              straight.optimizer->State().size());
  }
}

TEST(OptimizerTest, AStateThatDoesNotFitIsRefused) {
  for (const Case& each : kCases) {
    Learner learner(each.name,
                    CopyOf({at::ones({5}), at::ones({4}), at::ones({2})}));
    learner.Learn(1);
    const auto state = learner.optimizer->State();
    const auto expect_refusal = [&](const auto& damaged) {
      test::ExpectError(Code::kCorruptModel, "last.pt",
                        [&] { learner.optimizer->Restore(damaged); });
    };
    for (const auto& [name, tensor] : state) {
      SCOPED_TRACE(std::string(each.name) + " " + name);
      auto wrong = state;
      wrong[name] = at::zeros({3}, tensor.options());
      expect_refusal(wrong);
      // Without its buffer a parameter begins anew, as one without a gradient.
      if (name.ends_with("momentum_buffer")) continue;
      auto lacking = state;
      lacking.erase(name);
      expect_refusal(lacking);
    }
  }
}

}  // namespace
}  // namespace optimizer_test
}  // namespace yolotorch::train

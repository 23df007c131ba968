// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/moving_average.h"

#include <gtest/gtest.h>

#include <cmath>

namespace yolotorch::train {
namespace moving_average_test {
namespace {

struct Small : torch::nn::Module {
  explicit Small(double value) {
    weight = register_parameter("weight", at::full({2}, value));
    mean = register_buffer("mean", at::full({2}, value + 1));
    count = register_buffer("count", at::full({}, 5, at::kLong));
  }
  at::Tensor weight;
  at::Tensor mean;
  at::Tensor count;
};

double Kept(int updates) { return 0.9999 * (1 - std::exp(-updates / 2000.0)); }

TEST(MovingAverageTest, BeginsWithTheModulesState) {
  const Small module(3);
  Small average(7);
  average.count.fill_(9);
  const MovingAverage ema(module, &average);
  EXPECT_TRUE(at::equal(average.weight, module.weight));
  EXPECT_TRUE(at::equal(average.mean, module.mean));
  EXPECT_TRUE(at::equal(average.count, module.count));
  EXPECT_EQ(ema.updates(), 0);
}

TEST(MovingAverageTest, KeepsMoreFromUpdateToUpdate) {
  Small module(3);
  Small average(0);
  MovingAverage ema(module, &average);
  const at::NoGradGuard no_grad;
  double weight = 3;
  double mean = 4;
  for (int i = 1; i <= 3; ++i) {
    module.weight.fill_(10 * i);
    module.mean.fill_(-i);
    module.count.fill_(100 + i);
    ema.Update();
    weight = Kept(i) * weight + (1 - Kept(i)) * 10 * i;
    mean = Kept(i) * mean + (1 - Kept(i)) * -i;
    EXPECT_NEAR(average.weight[0].item<double>(), weight, 1e-5);
    EXPECT_NEAR(average.mean[1].item<double>(), mean, 1e-5);
  }
  EXPECT_EQ(ema.updates(), 3);
  // Whole numbers stay as they were.
  EXPECT_EQ(average.count.item<std::int64_t>(), 5);
}

TEST(MovingAverageTest, GoesOnFromACountOfUpdates) {
  Small module(1);
  Small average(0);
  MovingAverage ema(module, &average);
  ema.set_updates(1'999);
  const at::NoGradGuard no_grad;
  module.weight.fill_(2);
  ema.Update();
  EXPECT_EQ(ema.updates(), 2'000);
  // 0.9999 * (1 - 1 / e) of 1, the rest of 2.
  EXPECT_NEAR(average.weight[0].item<double>(), 2 - 0.6320573, 1e-6);
}

TEST(MovingAverageTest, StateListsParametersFirst) {
  const Small module(1);
  std::vector<std::string> names;
  for (const auto& [name, tensor] : StateOf(module)) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"weight", "mean", "count"}));
}

}  // namespace
}  // namespace moving_average_test
}  // namespace yolotorch::train

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/schedule.h"

#include <gtest/gtest.h>

#include <cmath>

#include "train/trainer.h"

namespace yolotorch::train {
namespace schedule_test {
namespace {

constexpr double kTiny = 1e-12;

ScheduleOptions TenEpochs() {
  ScheduleOptions options;
  options.epochs = 10;
  options.batches = 50;
  return options;
}

void ExpectRates(const Rates& rates, const Rates& expected) {
  EXPECT_NEAR(rates.lr, expected.lr, kTiny);
  EXPECT_NEAR(rates.bias_lr, expected.bias_lr, kTiny);
  EXPECT_NEAR(rates.momentum, expected.momentum, kTiny);
  EXPECT_EQ(rates.accumulate, expected.accumulate);
}

// Its length is 3 epochs, 150 batches.
TEST(ScheduleTest, WarmUpRisesFromBatchToBatch) {
  const ScheduleOptions options = TenEpochs();
  ExpectRates(RatesAt(options, 0, 0), {0.1, 0, 0.8, 1});
  // Half of the way to 0.01 * (0.9 * 0.99 + 0.01); 2.5 batches round to even.
  ExpectRates(RatesAt(options, 1, 25),
              {0.1 - (0.1 - 0.00901) / 2, 0.00901 / 2, 0.8685, 2});
  ExpectRates(RatesAt(options, 3, 0), {0.00703, 0.00703, 0.937, 4});
  ExpectRates(RatesAt(options, 3, 1), {0.00703, 0.00703, 0.937, 4});
}

TEST(ScheduleTest, WarmUpHasAHundredBatchesAtLeast) {
  ScheduleOptions options = TenEpochs();
  options.epochs = 1000;
  options.batches = 2;
  options.lrf = 1;
  ExpectRates(RatesAt(options, 25, 0), {0.055, 0.005, 0.8685, 2});
  ExpectRates(RatesAt(options, 49, 1),
              {0.1 - 0.09 * 0.99, 0.0099, 0.8 + 0.137 * 0.99, 4});
}

TEST(ScheduleTest, WithoutWarmUpTheFirstBatchHasTheFullRate) {
  ScheduleOptions options = TenEpochs();
  options.warmup_epochs = 0;
  ExpectRates(RatesAt(options, 0, 0), {0.01, 0.01, 0.937, 4});
}

TEST(ScheduleTest, TheRateFallsOnALineOrOnHalfACosine) {
  ScheduleOptions options = TenEpochs();
  EXPECT_NEAR(RatesAt(options, 9, 0).lr, 0.00109, kTiny);
  options.lrf = 0.5;
  EXPECT_NEAR(RatesAt(options, 5, 0).lr, 0.0075, kTiny);
  // It is the same in every batch of an epoch, and does not fall below lrf.
  EXPECT_EQ(RatesAt(options, 5, 0).lr, RatesAt(options, 5, 49).lr);
  EXPECT_NEAR(RatesAt(options, 12, 0).lr, 0.005, kTiny);
  options.lrf = 0.01;
  options.cos_lr = true;
  EXPECT_NEAR(RatesAt(options, 5, 0).lr, 0.00505, kTiny);
  const double fallen = (1 + std::sqrt(0.5)) / 2;
  options.epochs = 4;
  EXPECT_NEAR(RatesAt(options, 3, 1).lr, 0.01 * (1 - 0.99 * fallen), kTiny);
}

TEST(ScheduleTest, BatchesOfAStep) {
  ScheduleOptions options;
  EXPECT_EQ(Accumulation(options), 4);
  options.batch = 24;
  EXPECT_EQ(Accumulation(options), 3);
  options.batch = 128;
  EXPECT_EQ(Accumulation(options), 1);
}

void ExpectChosen(const AutomaticOptimizer& chosen, const char* name,
                  double lr0) {
  EXPECT_EQ(chosen.name, name);
  EXPECT_DOUBLE_EQ(chosen.lr0, lr0);
  EXPECT_DOUBLE_EQ(chosen.momentum, 0.9);
}

TEST(ScheduleTest, ManyStepsChooseSgd) {
  ExpectChosen(ChooseOptimizer(128, 16, 64, 100, 80), "AdamW", 0.000119);
  ExpectChosen(ChooseOptimizer(128, 16, 64, 100, 1), "AdamW", 0.002);
  // 100 steps an epoch; a step that is begun counts.
  ExpectChosen(ChooseOptimizer(6400, 16, 64, 100, 80), "AdamW", 0.000119);
  ExpectChosen(ChooseOptimizer(6401, 16, 64, 100, 80), "SGD", 0.01);
  ExpectChosen(ChooseOptimizer(6400, 128, 64, 200, 80), "AdamW", 0.000119);
  ExpectChosen(ChooseOptimizer(6400, 128, 64, 201, 80), "SGD", 0.01);
}

}  // namespace
}  // namespace schedule_test
}  // namespace yolotorch::train

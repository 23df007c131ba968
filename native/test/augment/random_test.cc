// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <set>

namespace yolotorch::augment {
namespace {

// These numbers must never change: a training is repeated by its seed.
TEST(RandomTest, GivesTheSameNumbersEverywhere) {
  Random random(0, 0, 0, 0);
  const std::array<std::uint64_t, 3> bits = {random.Bits(), random.Bits(),
                                             random.Bits()};
  EXPECT_EQ(bits, (std::array<std::uint64_t, 3>{8695987549771912286U,
                                                13369316111306796529U,
                                                5589933395720163174U}));
  Random other(7, 3, 41, 2);
  EXPECT_EQ(other.Below(1000), 655);
  EXPECT_DOUBLE_EQ(other.Uniform(), 0.8862405572709622);
}

TEST(RandomTest, EachOfItsFourNumbersMakesAnotherStream) {
  std::set<std::uint64_t> first;
  for (int i = 0; i < 16; ++i) {
    first.insert(Random(static_cast<std::uint64_t>(i & 1), i >> 1 & 1,
                        i >> 2 & 1, i >> 3)
                     .Bits());
  }
  EXPECT_EQ(first.size(), 16U);
}

TEST(RandomTest, IntegersAreAllReachedAndNoOthers) {
  Random random(1, 2, 3, 4);
  std::array<int, 6> counts{};
  for (int i = 0; i < 6000; ++i) {
    ++counts.at(static_cast<std::size_t>(random.Between(-2, 3) + 2));
  }
  for (const int count : counts) EXPECT_NEAR(count, 1000, 150);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(random.Below(1), 0);
}

TEST(RandomTest, UniformNumbersKeepTheirRange) {
  Random random(5, 0, 0, 0);
  double sum = 0;
  for (int i = 0; i < 10'000; ++i) {
    const double value = random.Uniform(-3, 5);
    ASSERT_GE(value, -3);
    ASSERT_LT(value, 5);
    sum += value;
  }
  EXPECT_NEAR(sum / 10'000, 1, 0.1);
  EXPECT_EQ(random.Uniform(4, 4), 4);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(random.Chance(0));
    EXPECT_TRUE(random.Chance(1));
  }
}

// The variance of Beta(a, a) is 1 / (4 (2 a + 1)).
TEST(RandomTest, BetaHasItsMeanAndVariance) {
  for (const int shape : {1, 2, 32}) {
    Random random(9, 0, 0, shape);
    double sum = 0;
    double squares = 0;
    constexpr int kDraws = 20'000;
    for (int i = 0; i < kDraws; ++i) {
      const double value = random.SymmetricBeta(shape);
      sum += value;
      squares += value * value;
    }
    const double mean = sum / kDraws;
    EXPECT_NEAR(mean, 0.5, 0.01);
    const double expected = 1 / (4.0 * (2 * shape + 1));
    EXPECT_NEAR(squares / kDraws - mean * mean, expected, 0.05 * expected);
  }
}

}  // namespace
}  // namespace yolotorch::augment

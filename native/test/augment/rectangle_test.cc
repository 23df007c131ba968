// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/rectangle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "augment/random.h"

namespace yolotorch::augment {
namespace {
namespace rectangle_test {

constexpr double kRight = std::numbers::pi / 2;

// OpenCV's: an upright rectangle has a right angle, its width is vertical.
TEST(RectangleTest, AnUprightOneIsTurnedByARightAngle) {
  const Rectangle r = SmallestRectangle({0, 0, 10, 0, 10, 5, 0, 5});
  EXPECT_FLOAT_EQ(r.cx, 5);
  EXPECT_FLOAT_EQ(r.cy, 2.5F);
  EXPECT_FLOAT_EQ(r.width, 5);
  EXPECT_FLOAT_EQ(r.height, 10);
  EXPECT_NEAR(r.angle, kRight, 1e-6);
}

// Whatever the angle: the same corners again, and an angle in (0, pi / 2].
TEST(RectangleTest, FindsARotatedRectangle) {
  for (int degrees = -180; degrees <= 180; degrees += 5) {
    const double angle = degrees * std::numbers::pi / 180;
    std::vector<float> points;
    const double sides[4][2] = {{-20, -7}, {20, -7}, {20, 7}, {-20, 7}};
    for (const auto& side : sides) {
      points.push_back(static_cast<float>(50 + side[0] * std::cos(angle) -
                                          side[1] * std::sin(angle)));
      points.push_back(static_cast<float>(60 + side[0] * std::sin(angle) +
                                          side[1] * std::cos(angle)));
    }
    const Rectangle r = SmallestRectangle(points);
    EXPECT_NEAR(r.cx, 50, 1e-3);
    EXPECT_NEAR(r.cy, 60, 1e-3);
    EXPECT_NEAR(r.width * r.height, 560, 1e-2);
    EXPECT_GT(r.angle, 0);
    EXPECT_LE(r.angle, static_cast<float>(kRight) + 1e-6F);
    // The long side has the direction it was given.
    const double along = r.width > r.height ? r.angle : r.angle + kRight;
    EXPECT_NEAR(std::abs(std::cos(along - angle)), 1, 1e-5) << degrees;
  }
}

TEST(RectangleTest, HoldsAllPointsAndIsNoLargerThanTheBox) {
  for (int round = 0; round < 200; ++round) {
    Random random(1, 0, round, 0);
    std::vector<float> points;
    float low[2] = {1e9F, 1e9F};
    float high[2] = {-1e9F, -1e9F};
    for (int i = random.Between(2, 60); i >= 0; --i) {
      for (int k = 0; k < 2; ++k) {
        const auto value = static_cast<float>(random.Uniform(0, 640));
        points.push_back(value);
        low[k] = std::min(low[k], value);
        high[k] = std::max(high[k], value);
      }
    }
    const Rectangle r = SmallestRectangle(points);
    EXPECT_LE(r.width * r.height,
              (high[0] - low[0]) * (high[1] - low[1]) * 1.0001F);
    for (std::size_t i = 0; i < points.size(); i += 2) {
      const double dx = points[i] - r.cx;
      const double dy = points[i + 1] - r.cy;
      const double u = dx * std::cos(r.angle) + dy * std::sin(r.angle);
      const double v = dy * std::cos(r.angle) - dx * std::sin(r.angle);
      EXPECT_LE(std::abs(u), r.width / 2 + 1e-2);
      EXPECT_LE(std::abs(v), r.height / 2 + 1e-2);
    }
  }
}

// A triangle whose smallest rectangle lies on its longest side.
TEST(RectangleTest, LiesOnASideOfTheHull) {
  const Rectangle r = SmallestRectangle({0, 0, 40, 30, 12, 34, 20, 20});
  EXPECT_NEAR(r.angle, std::atan2(30, 40), 1e-5);
  EXPECT_NEAR(r.width, 50, 1e-3);
  EXPECT_NEAR(r.height, 20, 1e-3);
}

TEST(RectangleTest, TakesFewPoints) {
  EXPECT_EQ(SmallestRectangle({}).width, 0);
  const Rectangle dot = SmallestRectangle({3, 4, 3, 4});
  EXPECT_FLOAT_EQ(dot.cx, 3);
  EXPECT_FLOAT_EQ(dot.cy, 4);
  EXPECT_EQ(dot.width, 0);
  const Rectangle line = SmallestRectangle({0, 0, 3, 4, 6, 8});
  EXPECT_NEAR(std::max(line.width, line.height), 10, 1e-5);
  EXPECT_NEAR(std::min(line.width, line.height), 0, 1e-5);
}

}  // namespace rectangle_test
}  // namespace
}  // namespace yolotorch::augment

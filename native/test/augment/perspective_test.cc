// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/perspective.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace yolotorch::augment {
namespace {
namespace perspective_test {

Object Box(float x1, float y1, float x2, float y2) {
  return {0, x1, y1, x2, y2};
}

Options OnlyCentred() {
  Options options;
  options.translate = options.scale = 0;
  return options;
}

TEST(PerspectiveTest, KeepsByTheRulesAtTheirBorders) {
  const Object before = Box(0, 0, 100, 100);
  const Object ten = Box(0, 0, 10, 10);
  // Both sides more than 2.
  EXPECT_FALSE(IsKept(ten, 1, Box(0, 0, 2, 10), false));
  EXPECT_FALSE(IsKept(ten, 1, Box(0, 0, 10, 2), false));
  EXPECT_TRUE(IsKept(ten, 1, Box(0, 0, 2.01F, 10), false));
  // More than a tenth of the area; with an outline a hundredth.
  EXPECT_FALSE(IsKept(before, 1, Box(0, 0, 10, 100), false));
  EXPECT_TRUE(IsKept(before, 1, Box(0, 0, 10.01F, 100), false));
  EXPECT_FALSE(IsKept(before, 1, Box(0, 0, 10, 10), true));
  EXPECT_TRUE(IsKept(before, 1, Box(0, 0, 10.01F, 10), true));
  // The area before is scaled by the square of the scale.
  EXPECT_FALSE(IsKept(before, 2, Box(0, 0, 40, 100), false));
  EXPECT_TRUE(IsKept(before, 2, Box(0, 0, 40.01F, 100), false));
  EXPECT_TRUE(IsKept(before, 0.5, Box(0, 0, 2.51F, 100), false));
  // Sides of less than 100 to 1.
  EXPECT_FALSE(IsKept(ten, 1, Box(0, 0, 300, 3), false));
  EXPECT_TRUE(IsKept(ten, 1, Box(0, 0, 299, 3), false));
  EXPECT_FALSE(IsKept(ten, 1, Box(0, 0, 3, 300), false));
}

TEST(PerspectiveTest, WithoutGainsAPictureOfItsOwnSizeStays) {
  Random random(1, 0, 0, 0);
  const Change change = DrawChange(OnlyCentred(), 64, 64, 64, 64, &random);
  EXPECT_EQ(change.matrix, kIdentity);
  EXPECT_EQ(change.scale, 1);
  // A mosaic keeps its middle.
  const Change middle = DrawChange(OnlyCentred(), 128, 128, 64, 64, &random);
  EXPECT_EQ(middle.matrix, (Matrix{1, 0, -32, 0, 1, -32, 0, 0, 1}));
}

// The matrix by hand from the same draws.
TEST(PerspectiveTest, DrawsInTheOrderThatIsDescribed) {
  Options options;
  options.degrees = 30;
  options.translate = 0.2;
  options.scale = 0.4;
  options.shear = 10;
  options.perspective = 0.001;
  Random random(3, 1, 4, 1);
  const Change change = DrawChange(options, 100, 200, 64, 48, &random);
  Random again(3, 1, 4, 1);
  const double px = again.Uniform(-0.001, 0.001);
  const double py = again.Uniform(-0.001, 0.001);
  const double pi = std::acos(-1);
  const double angle = again.Uniform(-30, 30) * pi / 180;
  const double scale = again.Uniform(0.6, 1.4);
  const double shear_x = std::tan(again.Uniform(-10, 10) * pi / 180);
  const double shear_y = std::tan(again.Uniform(-10, 10) * pi / 180);
  const double tx = (0.5 + again.Uniform(-0.2, 0.2)) * 48;
  const double ty = (0.5 + again.Uniform(-0.2, 0.2)) * 64;
  EXPECT_DOUBLE_EQ(change.scale, scale);
  // One point through all of them.
  const double x0 = 170 - 100;
  const double y0 = 30 - 50;
  const double w = px * x0 + py * y0 + 1;
  const double x1 = scale * (std::cos(angle) * x0 + std::sin(angle) * y0);
  const double y1 = scale * (-std::sin(angle) * x0 + std::cos(angle) * y0);
  const double x2 = x1 + shear_x * y1;
  const double y2 = shear_y * x1 + y1;
  const Matrix& m = change.matrix;
  const double divisor = m[6] * 170 + m[7] * 30 + m[8];
  EXPECT_NEAR(divisor, w, 1e-9);
  EXPECT_NEAR((m[0] * 170 + m[1] * 30 + m[2]) / divisor, (x2 + tx * w) / w,
              1e-9);
  EXPECT_NEAR((m[3] * 170 + m[4] * 30 + m[5]) / divisor, (y2 + ty * w) / w,
              1e-9);
}

TEST(PerspectiveTest, BoxesAreTheBoxAroundTheirCorners) {
  const double half = std::sqrt(0.5);
  // 45 degrees around the origin, then to the middle.
  const Change turn{{half, -half, 50, half, half, 50, 0, 0, 1}, 1};
  const std::vector<Object> moved =
      Moved(Task::kDetect, turn, 100, 100, {Box(-10, -10, 10, 10)});
  ASSERT_EQ(moved.size(), 1U);
  const float reach = 10 * std::sqrt(2.0F);
  EXPECT_NEAR(moved[0].x1, 50 - reach, 1e-4);
  EXPECT_NEAR(moved[0].x2, 50 + reach, 1e-4);
  EXPECT_NEAR(moved[0].y1, 50 - reach, 1e-4);
  EXPECT_NEAR(moved[0].y2, 50 + reach, 1e-4);
}

TEST(PerspectiveTest, BoxesAreClippedThenJudged) {
  const Change shift{{1, 0, -95, 0, 1, 0, 0, 0, 1}, 1};
  const std::vector<Object> moved =
      Moved(Task::kDetect, shift, 100, 100,
            {Box(0, 0, 100, 50), Box(0, 0, 105, 50), Box(0, 0, 106, 50)});
  // 5 of 100 columns remain, 10 of 105, 11 of 106.
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].x1, 0);
  EXPECT_EQ(moved[0].x2, 11);
}

TEST(PerspectiveTest, OutlinesGiveTheBoxOfTheirPointsInside) {
  const Change none;
  Object triangle = Box(0, 0, 1, 1);
  triangle.points = {10, 10, 150, 40, 20, 60, 30, 30};
  std::vector<Object> moved = Moved(Task::kSegment, none, 100, 100, {triangle});
  ASSERT_EQ(moved.size(), 1U);
  // The point outside is not counted, then clipped to the box of the others.
  EXPECT_EQ(moved[0].x1, 10);
  EXPECT_EQ(moved[0].x2, 30);
  EXPECT_EQ(moved[0].y2, 60);
  EXPECT_EQ(moved[0].points,
            (std::vector<float>{10, 10, 30, 40, 20, 60, 30, 30}));
}

TEST(PerspectiveTest, OutlinesThatLeaveOnThreeSidesAreClippedFirst) {
  Object large = Box(0, 0, 100, 100);
  large.points = {-50, -50, 150, -50, 150, 60, -50, 60};
  std::vector<Object> moved =
      Moved(Task::kSegment, Change{}, 100, 100, {large});
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].x1, 0);
  EXPECT_EQ(moved[0].x2, 100);
  EXPECT_EQ(moved[0].y1, 0);
  EXPECT_EQ(moved[0].y2, 60);
  // On two sides alone they are not, and no corner is inside.
  large.points = {-50, 20, 150, 20, 150, 60, -50, 60};
  EXPECT_TRUE(Moved(Task::kSegment, Change{}, 100, 100, {large}).empty());
}

TEST(PerspectiveTest, KeypointsOutsideLoseTheirVisibility) {
  Object person = Box(10, 10, 90, 90);
  person.points = {20, 20, 2, 101, 50, 2, 50, -1, 1, 100, 100, 2};
  const std::vector<Object> moved =
      Moved(Task::kPose, Change{}, 100, 100, {person});
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].points,
            (std::vector<float>{20, 20, 2, 100, 50, 0, 50, 0, 0, 100, 100, 2}));
}

}  // namespace perspective_test
}  // namespace
}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/warp.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/scenes.h"
#include "augment/warp_kernels.h"

namespace yolotorch::augment {
namespace {
namespace warp_test {

// A canvas of one row of greys.
Canvas Row(const std::vector<std::uint8_t>& greys) {
  Canvas canvas = GreyCanvas(1, static_cast<int>(greys.size()));
  for (std::size_t i = 0; i < greys.size() * 3; ++i) {
    canvas.pixels[i] = greys[i / 3];
  }
  return canvas;
}

std::vector<int> Warped(const Canvas& canvas, const Matrix& m, int width) {
  Planes planes{1, width};
  planes.pixels.resize(static_cast<std::size_t>(width) * 3);
  WarpPixels(canvas, m, &planes);
  return {planes.pixels.begin(), planes.pixels.begin() + width};
}

TEST(WarpTest, WithoutChangeGivesTheSamePixelsAndGreyOutside) {
  EXPECT_EQ(Warped(Row({10, 20, 30}), kIdentity, 5),
            (std::vector<int>{10, 20, 30, 114, 114}));
  const Matrix shift = {1, 0, 1, 0, 1, 0, 0, 0, 1};
  EXPECT_EQ(Warped(Row({10, 20, 30}), shift, 3),
            (std::vector<int>{114, 10, 20}));
}

// Half a pixel to the right: each value is the mean of two, the first and the
// last with the border's 114.
TEST(WarpTest, MixesNeighboursByTheirDistance) {
  const Matrix half = {1, 0, 0.5, 0, 1, 0, 0, 0, 1};
  EXPECT_EQ(Warped(Row({10, 20, 30}), half, 5),
            (std::vector<int>{62, 15, 25, 72, 114}));
  const Matrix quarter = {1, 0, -0.25, 0, 1, 0, 0, 0, 1};
  EXPECT_EQ(Warped(Row({0, 100, 200}), quarter, 3),
            (std::vector<int>{25, 125, 179}));  // 200 * 3/4 + 114 / 4 = 178.5
}

TEST(WarpTest, ScalesAroundTheFirstPixel) {
  const Matrix twice = {2, 0, 0, 0, 2, 0, 0, 0, 1};
  EXPECT_EQ(Warped(Row({0, 100, 200}), twice, 5),
            (std::vector<int>{0, 50, 100, 150, 200}));
}

// x of the result is x / (1 + 0.25 x): 0, 4/5, 8/6; the source of 0.5 is
// 0.5 / (1 - 0.125) = 4/7, of 1/32 pixel 18.
TEST(WarpTest, DividesByThePerspective) {
  Canvas canvas = Row({0, 100, 200, 255});
  const Matrix m = {1, 0, 0, 0, 1, 0, 0.25, 0, 1};
  // The source of 1 is 1 / (1 - 0.25) = 4/3: 100 * 21/32 + 200 * 11/32.
  EXPECT_EQ(Warped(canvas, m, 2), (std::vector<int>{0, 134}));
  // 2 comes from 4, outside.
  EXPECT_EQ(Warped(canvas, m, 3)[2], 114);
}

TEST(WarpTest, TheInverseUndoesAMatrix) {
  const Matrix m = {1.2, 0.3, 5, -0.1, 0.8, -2, 0.001, 0.002, 1};
  const Matrix product = Product(m, Inverse(m));
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_NEAR(product[i], kIdentity[i], 1e-12);
  }
  EXPECT_EQ(Inverse(Matrix{}), Matrix{});
  EXPECT_TRUE(IsAffine(kIdentity));
  EXPECT_FALSE(IsAffine(m));
}

TEST(WarpTest, OneColourStaysItself) {
  const Picture picture = scenes::Plain(40, 30, {200, 10, 77});
  const Canvas canvas = CanvasOf(Task::kDetect, picture);
  const Matrix turned = {0.6, 0.8, 3, -0.8, 0.6, 20, 0, 0, 1};
  Planes planes{40, 40};
  planes.pixels.resize(40 * 40 * 3);
  WarpPixels(canvas, turned, &planes);
  int inside = 0;
  for (std::size_t i = 0; i < 1600; ++i) {
    if (planes.pixels[i] == 200) {
      ++inside;
      ASSERT_EQ(planes.pixels[1600 + i], 10);
      ASSERT_EQ(planes.pixels[3200 + i], 77);
    }
  }
  EXPECT_GT(inside, 500);
}

TEST(WarpTest, KernelsGiveTheSameBytes) {
  const Canvas canvas = CanvasOf(Task::kDetect, scenes::Noise(23, 37, 1));
  std::vector<std::int32_t> x;
  std::vector<std::int32_t> y;
  Random random(3, 0, 0, 0);
  for (int i = 0; i < 501; ++i) {
    x.push_back(random.Below(36 * 32));
    y.push_back(random.Below(22 * 32));
  }
  const SourcePixels source{canvas.pixels.data(), 37 * 3};
  std::vector<std::uint8_t> a(501 * 3);
  std::vector<std::uint8_t> b(501 * 3);
  WarpKernelFor(base::InstructionSet::kPortable)(
      source, x.data(), y.data(), 501, {&a[0], &a[501], &a[1002]});
  WarpKernelFor(base::ChosenInstructionSet())(source, x.data(), y.data(), 501,
                                              {&b[0], &b[501], &b[1002]});
  EXPECT_EQ(a, b);
  // One of them by hand: exact weights, rounded.
  const std::uint8_t* p =
      canvas.pixels.data() + (y[5] / 32 * 37 + x[5] / 32) * 3;
  const double right = x[5] % 32 / 32.0;
  const double lower = y[5] % 32 / 32.0;
  EXPECT_NEAR(a[5],
              (p[0] * (1 - right) + p[3] * right) * (1 - lower) +
                  (p[111] * (1 - right) + p[114] * right) * lower,
              0.5);
}

}  // namespace warp_test
}  // namespace
}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/masks.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "augment/fill.h"
#include "augment/labels.h"

namespace yolotorch::augment {
namespace {
namespace masks_test {

std::string Drawn(const Region& region, int height, int width) {
  std::string text;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) text += region.At(x, y) != 0 ? '#' : '.';
    text += '\n';
  }
  return text;
}

// As drawn by OpenCV 4.14.
TEST(FillTest, DrawsLinesAndWhatIsBetweenThem) {
  EXPECT_EQ(Drawn(Fill({1, 1, 4.9F, 1.9F, 4, 3, 1, 3}, 5, 7), 5, 7),
            ".......\n"
            ".####..\n"
            ".####..\n"
            ".####..\n"
            ".......\n");
  EXPECT_EQ(Drawn(Fill({0, 0, 6, 0, 3, 4}, 5, 7), 5, 7),
            "#######\n"
            ".#####.\n"
            ".####..\n"
            "..###..\n"
            "...#...\n");
  // Two lines that cross: outside of both triangles nothing.
  EXPECT_EQ(Drawn(Fill({0, 0, 6, 4, 6, 0, 0, 4}, 5, 7), 5, 7),
            "#.....#\n"
            "###.###\n"
            "#######\n"
            "###.###\n"
            "#.....#\n");
  EXPECT_EQ(Drawn(Fill({2, 1}, 3, 4), 3, 4), "....\n..#.\n....\n");
}

TEST(FillTest, StaysInsideOfThePicture) {
  EXPECT_EQ(Drawn(Fill({-5, -5, 3, -5, 3, 9, -5, 9}, 3, 5), 3, 5),
            "####.\n####.\n####.\n");
  EXPECT_EQ(Drawn(Fill({0, 0, 5, 0, 5, 3, 0, 3}, 3, 5), 3, 5),
            "#####\n#####\n#####\n");
  EXPECT_TRUE(Fill({10, 10, 20, 10, 20, 20}, 5, 5).values.empty());
  EXPECT_TRUE(Fill({}, 5, 5).values.empty());
  EXPECT_TRUE(Fill({1e30F, 0, 1e30F, 5, 2e30F, 2}, 5, 5).values.empty());
}

// Of each 4 x 4 pixels the four in the middle count, and half of them suffice:
// of the last ones in the second row there is one, pixel (9, 5).
TEST(MasksTest, AreScaledAsOpenCvScalesBytes) {
  EXPECT_EQ(Drawn(MaskOf({0, 0, 9, 0, 9, 5, 0, 5}, 16, 16, 4), 4, 4),
            "###.\n##..\n....\n....\n");
  EXPECT_EQ(Drawn(MaskOf({0, 0, 8, 0, 8, 5, 0, 5}, 16, 16, 4), 4, 4),
            "##..\n##..\n....\n....\n");
  EXPECT_EQ(Drawn(MaskOf({2, 2, 2, 2}, 16, 16, 1), 4, 4),
            "....\n....\n..#.\n....\n");
}

TEST(MasksTest, LaterOnesOverwriteInTheOverlapMap) {
  const std::vector<Object> objects = {
      {0, 0, 0, 0, 0, {4, 4, 11, 4, 11, 11, 4, 11}},
      {1, 0, 0, 0, 0, {0, 0, 15, 0, 15, 15, 0, 15}},
      {2, 0, 0, 0, 0, {}},
      {3, 0, 0, 0, 0, {8, 8, 15, 8, 15, 15, 8, 15}}};
  const std::vector<Region> masks = MasksOf(objects, 16, 16, 4);
  const std::vector<std::size_t> order = LargestFirst(masks);
  // Equal areas keep their order.
  EXPECT_EQ(order, (std::vector<std::size_t>{1, 0, 3, 2}));
  EXPECT_EQ(OverlapMap(masks, order, 4, 4),
            (std::vector<std::int32_t>{1, 1, 1, 1,  //
                                       1, 2, 2, 1,  //
                                       1, 2, 3, 3,  //
                                       1, 1, 3, 3}));
  const std::vector<std::uint8_t> separate = SeparateMaps(masks, 4, 4);
  ASSERT_EQ(separate.size(), 64U);
  EXPECT_EQ(std::vector<std::uint8_t>(separate.begin(), separate.begin() + 16),
            (std::vector<std::uint8_t>{0, 0, 0, 0,  //
                                       0, 1, 1, 0,  //
                                       0, 1, 1, 0,  //
                                       0, 0, 0, 0}));
}

TEST(ResampledTest, KeepsTheOutlinesOwnPoints) {
  // Four corners and the first again; of seven more two are on corners.
  const std::vector<float> square = {0, 0, 8, 0, 8, 8, 0, 8};
  const std::vector<float> points = Resampled(square, 12);
  ASSERT_EQ(points.size(), 24U);
  EXPECT_EQ((std::vector<float>{points[0], points[1]}),
            (std::vector<float>{0, 0}));
  EXPECT_EQ((std::vector<float>{points[22], points[23]}),
            (std::vector<float>{0, 0}));
  for (std::size_t corner = 0; corner < 4; ++corner) {
    bool found = false;
    for (std::size_t i = 0; i < 12; ++i) {
      found = found || (points[i * 2] == square[corner * 2] &&
                        points[i * 2 + 1] == square[corner * 2 + 1]);
    }
    EXPECT_TRUE(found);
  }
  // All on the outline, in its order.
  const std::vector<float> expected = {0, 0, 0, 0, 5.3333F, 0, 8, 0, 8, 2.6667F,
                                       8, 8, 8, 8, 2.6667F, 8, 0, 8, 0, 5.3333F,
                                       0, 0, 0, 0};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(points[i], expected[i], 1e-4) << i;
  }
  EXPECT_EQ(Resampled(square, 3).size(), 10U);
  EXPECT_TRUE(Resampled({}, 100).empty());
  EXPECT_EQ(Resampled({3, 4}, 5),
            (std::vector<float>{3, 4, 3, 4, 3, 4, 3, 4, 3, 4}));
}

}  // namespace masks_test
}  // namespace
}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/labels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/augment.h"
#include "augment/scenes.h"

namespace yolotorch::augment {
namespace {
namespace labels_test {

using scenes::At;
using scenes::ColourOf;
using scenes::PicturesOf;
using scenes::Pool;
using scenes::Still;

Options Wild(Task task, int imgsz) {
  Options options = Still(task, imgsz);
  options.translate = 0.1;
  options.scale = 0.4;
  options.degrees = 40;
  options.shear = 8;
  options.flipud = options.fliplr = 0.5;
  return options;
}

Sample Make(const Options& options, const std::vector<Picture>& all,
            int epoch) {
  const Plan plan = MakePlan(options, 11, epoch, 0,
                             Pool(static_cast<int>(all.size())), false);
  return Augment(options, plan, PicturesOf(plan, all));
}

// One object of each class, so that a colour means one row; in a mosaic its
// three partners are empty.
std::vector<Picture> Coloured(Task task) {
  return {scenes::WithBoxes(
      task, 160, 160,
      {{0, 20, 20, 80, 60}, {1, 90, 30, 140, 140}, {2, 30, 80, 70, 150}})};
}

// Whether a pixel of a map of 40 x 40 or a neighbour of it has a property.
template <typename Property>
bool Near(const Property& property, int x, int y) {
  for (int j = std::max(y - 1, 0); j <= std::min(y + 1, 39); ++j) {
    for (int i = std::max(x - 1, 0); i <= std::min(x + 1, 39); ++i) {
      if (property(i, j)) return true;
    }
  }
  return false;
}

TEST(LabelsTest, MasksFollowTheirPixels) {
  Options options = Wild(Task::kSegment, 160);
  const std::vector<Picture> all = Coloured(Task::kSegment);
  int rows = 0;
  for (int epoch = 0; epoch < 30; ++epoch) {
    options.mosaic = epoch % 2;
    options.overlap_mask = epoch % 3 != 0;
    const Plan plan = MakePlan(options, 11, epoch, 0, {0}, false);
    std::vector<Picture> pictures = PicturesOf(plan, all);
    for (std::size_t i = 1; i < pictures.size(); ++i) {
      pictures[i] = scenes::Plain(160, 160, {9, 9, 9});
    }
    const Sample sample = Augment(options, plan, pictures);
    ASSERT_EQ(sample.mask_height, 40);
    ASSERT_EQ(sample.mask_width, 40);
    for (std::size_t row = 0; row < sample.classes.size(); ++row) {
      ++rows;
      const auto set = [&](int x, int y) {
        const auto place = static_cast<std::size_t>(y * 40 + x);
        return options.overlap_mask
                   ? sample.overlap[place] == static_cast<int>(row) + 1
                   : sample.masks[row * 1600 + place] != 0;
      };
      // How many of the 16 pixels of a place have the object's colour.
      const auto count = [&](int x, int y) {
        int pixels = 0;
        for (int k = 0; k < 16; ++k) {
          pixels += At(sample, x * 4 + k % 4, y * 4 + k / 4) ==
                            ColourOf(sample.classes[row])
                        ? 1
                        : 0;
        }
        return pixels;
      };
      const auto seen = [&](int x, int y) { return count(x, y) > 0; };
      int area = 0;
      for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 40; ++x) {
          area += set(x, y) ? 1 : 0;
          EXPECT_TRUE(!set(x, y) || Near(seen, x, y)) << epoch;
          EXPECT_TRUE(count(x, y) < 16 || Near(set, x, y)) << epoch;
        }
      }
      EXPECT_GT(area, 0);
    }
  }
  EXPECT_GT(rows, 40);
}

// Rotated boxes: nearly all pixels of the colour are inside, and they fill it.
TEST(LabelsTest, RotatedBoxesFollowTheirPixels) {
  Options options = Wild(Task::kObb, 160);
  options.shear = 0;  // what stays a rectangle
  options.translate = 0;
  const std::vector<Picture> all = Coloured(Task::kObb);
  int whole = 0;
  for (int epoch = 0; epoch < 40; ++epoch) {
    const Sample sample = Make(options, all, epoch);
    ASSERT_EQ(sample.boxes.size(), sample.classes.size() * 5);
    for (std::size_t row = 0; row < sample.classes.size(); ++row) {
      const float* box = &sample.boxes[row * 5];
      const double width = box[2] * 160;
      const double height = box[3] * 160;
      EXPECT_GT(box[4], 0);
      EXPECT_LE(box[4], std::acos(0) + 1e-6);
      const double cosine = std::cos(box[4]);
      const double sine = std::sin(box[4]);
      int seen = 0;
      bool cut = false;
      for (int y = 0; y < 160; ++y) {
        for (int x = 0; x < 160; ++x) {
          if (At(sample, x, y) != ColourOf(sample.classes[row])) continue;
          ++seen;
          cut = cut || x == 0 || y == 0 || x == 159 || y == 159;
          const double dx = x + 0.5 - box[0] * 160;
          const double dy = y + 0.5 - box[1] * 160;
          EXPECT_LE(std::abs(dx * cosine + dy * sine), width / 2 + 2);
          EXPECT_LE(std::abs(dy * cosine - dx * sine), height / 2 + 2);
        }
      }
      if (cut) continue;
      ++whole;
      EXPECT_GT(seen, 0.8 * width * height) << epoch;
    }
  }
  EXPECT_GT(whole, 20);
}

// A dot of another colour at each keypoint.
TEST(LabelsTest, KeypointsFollowTheirPixels) {
  Picture picture =
      scenes::WithBoxes(Task::kPose, 160, 160, {{0, 30, 30, 130, 130}});
  const std::array<std::array<float, 2>, 3> places = {
      {{50, 50}, {100, 60}, {70, 110}}};
  for (std::size_t k = 0; k < 3; ++k) {
    const auto [x, y] = places[k];
    scenes::Paint({0, x - 5, y - 5, x + 6, y + 6},
                  ColourOf(static_cast<int>(k) + 1), &picture);
    picture.objects[0].points.insert(picture.objects[0].points.end(),
                                     {x, y, 2});
  }
  Options options = Wild(Task::kPose, 160);
  options.keypoints = 3;
  options.flip_idx = {0, 2, 1};
  int visible = 0;
  int mirrored = 0;
  for (int epoch = 0; epoch < 40; ++epoch) {
    const Sample sample = Make(options, {picture}, epoch);
    ASSERT_EQ(sample.keypoints.size(), sample.classes.size() * 9);
    // Two mirrors turn left into right and back.
    bool plain = true;
    bool swapped = true;
    int here = 0;
    for (std::size_t k = 0; k < sample.keypoints.size() / 3; ++k) {
      if (sample.keypoints[k * 3 + 2] == 0) continue;
      const int x = static_cast<int>(sample.keypoints[k * 3] * 160);
      const int y = static_cast<int>(sample.keypoints[k * 3 + 1] * 160);
      if (x < 3 || y < 3 || x > 156 || y > 156) continue;
      ++here;
      const int other = options.flip_idx[k];
      plain = plain && At(sample, x, y) == ColourOf(static_cast<int>(k) + 1);
      swapped = swapped && At(sample, x, y) == ColourOf(other + 1);
    }
    visible += here;
    if (here == 3) {
      EXPECT_NE(plain, swapped) << epoch;
      mirrored += swapped ? 1 : 0;
    } else {
      EXPECT_TRUE(plain || swapped) << epoch;
    }
  }
  EXPECT_GT(visible, 60);
  EXPECT_GT(mirrored, 5);
}

TEST(LabelsTest, AMirrorSwapsKeypointsByFlipIdx) {
  Options options;
  options.task = Task::kPose;
  options.keypoints = 3;
  options.flip_idx = {0, 2, 1};
  std::vector<Object> objects = {
      {0, 10, 20, 30, 60, {11, 21, 2, 12, 22, 1, 13, 23, 0}}};
  Mirror(options, 100, true, &objects);
  EXPECT_EQ(objects[0].x1, 70);
  EXPECT_EQ(objects[0].x2, 90);
  EXPECT_EQ(objects[0].points,
            (std::vector<float>{89, 21, 2, 87, 23, 0, 88, 22, 1}));
  options.flip_idx.clear();
  Mirror(options, 100, false, &objects);
  EXPECT_EQ(objects[0].y1, 40);
  EXPECT_EQ(objects[0].points,
            (std::vector<float>{89, 79, 2, 87, 77, 0, 88, 78, 1}));
}

TEST(LabelsTest, RowsAreSortedByAreaWithTheOverlapMap) {
  const Picture picture = scenes::WithBoxes(
      Task::kSegment, 64, 64,
      {{0, 4, 4, 20, 20}, {1, 0, 0, 64, 64}, {2, 30, 30, 60, 60}});
  Options options = Still(Task::kSegment, 64);
  const Sample sample = Letterboxed(options, picture, 64, 64);
  EXPECT_EQ(sample.classes, (std::vector<int>{1, 2, 0}));
  EXPECT_FLOAT_EQ(sample.boxes[2], 1);
  EXPECT_EQ(sample.overlap[0], 1);
  EXPECT_EQ(sample.overlap[10 * 16 + 10], 2);
  EXPECT_EQ(sample.overlap[2 * 16 + 2], 3);
  EXPECT_TRUE(sample.masks.empty());
  options.overlap_mask = false;
  const Sample separate = Letterboxed(options, picture, 64, 64);
  EXPECT_EQ(separate.classes, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(separate.masks.size(), 3U * 256);
  EXPECT_TRUE(separate.overlap.empty());
}

TEST(LabelsTest, PosesWithoutKeypointsGetInvisibleOnes) {
  const Picture picture =
      scenes::WithBoxes(Task::kPose, 64, 64, {{0, 4, 4, 20, 20}});
  Options options = Still(Task::kPose, 64);
  options.keypoints = 2;
  EXPECT_EQ(Letterboxed(options, picture, 64, 64).keypoints,
            std::vector<float>(6, 0));
}

}  // namespace labels_test
}  // namespace
}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/augment.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/scenes.h"
#include "support.h"

namespace yolotorch::augment {
namespace {
namespace augment_test {

using scenes::At;
using scenes::ColourOf;
using scenes::PicturesOf;
using scenes::Pool;
using scenes::See;
using scenes::Seen;
using scenes::Still;

Sample Make(const Options& options, const std::vector<Picture>& all, int epoch,
            int index, bool closed = false) {
  const Plan plan = MakePlan(options, 5, epoch, index,
                             Pool(static_cast<int>(all.size())), closed);
  return Augment(options, plan, PicturesOf(plan, all));
}

// Two pictures with objects of four classes, and one without.
std::vector<Picture> Three(Task task, int side) {
  const auto s = static_cast<float>(side);
  return {scenes::WithBoxes(task, side, side,
                            {{0, s / 8, s / 8, s / 2, s / 2},
                             {1, s / 2, s / 2, s - 2, s - 4}}),
          scenes::WithBoxes(task, side / 2, side,
                            {{2, 4, 4, s / 2, s / 4}, {3, s / 2, 2, s, s / 2}}),
          scenes::Plain(side, side / 2, {9, 9, 9})};
}

TEST(AugmentTest, EqualNumbersGiveEqualSamples) {
  const std::vector<Picture> all = Three(Task::kDetect, 64);
  Options options;
  options.imgsz = 64;
  for (int index = 0; index < 3; ++index) {
    const Sample a = Make(options, all, 2, index);
    const Sample b = Make(options, all, 2, index);
    EXPECT_EQ(a.pixels, b.pixels);
    EXPECT_EQ(a.boxes, b.boxes);
    EXPECT_EQ(a.classes, b.classes);
    const Sample other = Make(options, all, 3, index);
    EXPECT_NE(a.pixels, other.pixels);
  }
}

TEST(AugmentTest, AStillSampleIsThePictureWithItsLabels) {
  const std::vector<Picture> all = Three(Task::kDetect, 64);
  const Sample sample = Make(Still(Task::kDetect, 64), all, 0, 0);
  EXPECT_EQ(sample.height, 64);
  EXPECT_EQ(sample.width, 64);
  EXPECT_EQ(sample.classes, (std::vector<int>{0, 1}));
  EXPECT_EQ(sample.boxes,
            (std::vector<float>{0.3125F, 0.3125F, 0.375F, 0.375F, 47.0F / 64,
                                46.0F / 64, 30.0F / 64, 28.0F / 64}));
  EXPECT_EQ(At(sample, 8, 8), ColourOf(0));
  EXPECT_EQ(At(sample, 7, 8), scenes::kBlack);
  EXPECT_EQ(At(sample, 61, 59), ColourOf(1));
}

// Wherever a coloured rectangle goes, its label surrounds it, and when nothing
// of it is cut off, closely.
TEST(AugmentTest, LabelsFollowTheirPixels) {
  const std::vector<Picture> all = Three(Task::kDetect, 160);
  Options options = Still(Task::kDetect, 160);
  options.translate = 0.1;
  options.scale = 0.5;
  options.degrees = 30;
  options.shear = 10;
  options.flipud = options.fliplr = 0.5;
  int close = 0;
  for (int round = 0; round < 60; ++round) {
    options.mosaic = round % 2;
    options.perspective = round % 3 == 0 ? 0.0005 : 0;
    const Sample sample = Make(options, all, round, round % 3);
    for (std::size_t i = 0; i < sample.classes.size(); ++i) {
      int same = 0;
      for (const int other : sample.classes) {
        same += other == sample.classes[i] ? 1 : 0;
      }
      if (same > 1) continue;  // one picture several times in a mosaic
      const Seen seen = See(sample, ColourOf(sample.classes[i]));
      const float* row = &sample.boxes[i * 4];
      const float x1 = (row[0] - row[2] / 2) * 160;
      const float y1 = (row[1] - row[3] / 2) * 160;
      const float x2 = (row[0] + row[2] / 2) * 160;
      const float y2 = (row[1] + row[3] / 2) * 160;
      if (seen.count == 0) continue;  // a corner's box without the corner
      EXPECT_GE(static_cast<float>(seen.x1), x1 - 2);
      EXPECT_GE(static_cast<float>(seen.y1), y1 - 2);
      EXPECT_LE(static_cast<float>(seen.x2), x2 + 1);
      EXPECT_LE(static_cast<float>(seen.y2), y2 + 1);
      if (x1 < 1 || y1 < 1 || x2 > 159 || y2 > 159 || options.mosaic == 1) {
        continue;
      }
      ++close;
      EXPECT_LE(static_cast<float>(seen.x1), x1 + 4) << round;
      EXPECT_LE(static_cast<float>(seen.y1), y1 + 4) << round;
      EXPECT_GE(static_cast<float>(seen.x2), x2 - 5) << round;
      EXPECT_GE(static_cast<float>(seen.y2), y2 - 5) << round;
    }
  }
  EXPECT_GT(close, 10);
}

TEST(AugmentTest, FlipsMirrorPixelsAndBoxes) {
  const std::vector<Picture> all = Three(Task::kDetect, 64);
  Options options = Still(Task::kDetect, 64);
  const Sample still = Make(options, all, 0, 0);
  options.fliplr = 1;
  const Sample mirrored = Make(options, all, 0, 0);
  EXPECT_FLOAT_EQ(mirrored.boxes[0], 1 - still.boxes[0]);
  EXPECT_FLOAT_EQ(mirrored.boxes[1], still.boxes[1]);
  EXPECT_FLOAT_EQ(mirrored.boxes[2], still.boxes[2]);
  options.flipud = 1;
  const Sample turned = Make(options, all, 0, 0);
  EXPECT_FLOAT_EQ(turned.boxes[5], 1 - still.boxes[5]);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      ASSERT_EQ(At(mirrored, x, y), At(still, 63 - x, y));
      ASSERT_EQ(At(turned, x, y), At(still, 63 - x, 63 - y));
    }
  }
}

TEST(AugmentTest, BgrSwapsRedAndBlue) {
  const std::vector<Picture> all = Three(Task::kDetect, 64);
  Options options = Still(Task::kDetect, 64);
  options.bgr = 1;
  EXPECT_EQ(At(Make(options, all, 0, 0), 10, 10), ColourOf(2));
}

TEST(AugmentTest, ABackgroundPictureGivesNoRows) {
  const std::vector<Picture> all = Three(Task::kDetect, 64);
  const Sample sample = Make(Still(Task::kDetect, 64), all, 0, 2);
  EXPECT_TRUE(sample.classes.empty());
  EXPECT_TRUE(sample.boxes.empty());
  EXPECT_EQ(At(sample, 0, 0), (scenes::Colour{114, 114, 114}));
  EXPECT_EQ(At(sample, 32, 32), (scenes::Colour{9, 9, 9}));
}

TEST(AugmentTest, TakesTheSizeOfThePlan) {
  const std::vector<Picture> all = Three(Task::kDetect, 64);
  Options options = Still(Task::kDetect, 64);
  Plan plan = MakePlan(options, 5, 0, 1, {}, true);
  plan.height = 32;
  plan.width = 96;
  const Sample sample = Augment(options, plan, {all[1]});
  EXPECT_EQ(sample.pixels.size(), 32U * 96 * 3);
  EXPECT_FLOAT_EQ(sample.boxes[0], (4 + 32) / 2.0F / 96 + 16.0F / 96);
}

TEST(AugmentTest, LetterboxedIsTheValidationOfIt) {
  const std::vector<Picture> all = Three(Task::kDetect, 64);
  Options options;
  options.imgsz = 64;
  const Sample sample = Letterboxed(options, all[1], 64, 96);
  EXPECT_EQ(sample.height, 64);
  EXPECT_EQ(sample.width, 96);
  EXPECT_EQ(At(sample, 16 + 4, 16 + 4), ColourOf(2));
  EXPECT_EQ(At(sample, 15, 20), (scenes::Colour{114, 114, 114}));
  EXPECT_FLOAT_EQ(sample.boxes[1], (16 + 10) / 64.0F);
  EXPECT_EQ(sample.classes, (std::vector<int>{2, 3}));
}

TEST(AugmentTest, RefusesOtherPicturesThanThePlans) {
  const std::vector<Picture> all = Three(Task::kDetect, 64);
  Options options;
  options.imgsz = 64;
  const Plan plan = MakePlan(options, 5, 0, 0, Pool(3), false);
  ASSERT_EQ(plan.pictures.size(), 4U);
  test::ExpectError(Code::kInvalidArgument, "4 pictures",
                    [&] { Augment(options, plan, {all[0]}); });
}

}  // namespace augment_test
}  // namespace
}  // namespace yolotorch::augment

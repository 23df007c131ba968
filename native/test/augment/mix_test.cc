// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/mix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/augment.h"
#include "augment/copy_paste.h"
#include "augment/scenes.h"

namespace yolotorch::augment {
namespace {
namespace mix_test {

using scenes::ColourOf;
using scenes::Still;

Object WithOutline(int class_id, float x1, float y1, float x2, float y2) {
  return {class_id, x1, y1, x2, y2, {x1, y1, x2, y1, x2, y2, x1, y2}};
}

Planes Flat(int side, std::uint8_t value, std::vector<Object> objects) {
  return {side, side,
          std::vector<std::uint8_t>(static_cast<std::size_t>(side * side * 3),
                                    value),
          std::move(objects)};
}

TEST(MixUpTest, AddsPixelsAndObjects) {
  for (int round = 0; round < 20; ++round) {
    Random random(1, 0, round, 0);
    Planes planes = Flat(8, 200, {{1, 0, 0, 4, 4}});
    MixUp(Flat(8, 100, {{2, 1, 1, 5, 5}, {3, 0, 0, 8, 8}}), &random, &planes);
    ASSERT_EQ(planes.objects.size(), 3U);
    EXPECT_EQ(planes.objects[0].class_id, 1);
    EXPECT_EQ(planes.objects[2].class_id, 3);
    Random again(1, 0, round, 0);
    EXPECT_EQ(planes.pixels[0],
              static_cast<int>(100 + 100 * again.SymmetricBeta(32) + 1e-4));
  }
  // Equal pictures stay.
  Random random(2, 0, 0, 0);
  Planes planes = Flat(8, 255, {});
  MixUp(Flat(8, 255, {}), &random, &planes);
  EXPECT_EQ(planes.pixels[17], 255);
}

TEST(CutMixTest, PartsLieInThePictureAndVaryInSize) {
  int small = 0;
  int large = 0;
  for (int round = 0; round < 500; ++round) {
    Random random(3, 0, round, 0);
    const Part part = DrawPart(100, 200, &random);
    ASSERT_GE(part.x1, 0);
    ASSERT_GE(part.y1, 0);
    ASSERT_LE(part.x2, 200);
    ASSERT_LE(part.y2, 100);
    ASSERT_LE(part.x1, part.x2);
    ASSERT_LE(part.y1, part.y2);
    const int area = (part.x2 - part.x1) * (part.y2 - part.y1);
    small += area < 2000 ? 1 : 0;
    large += area > 10'000 ? 1 : 0;
  }
  EXPECT_GT(small, 50);
  EXPECT_GT(large, 50);
}

// What is taken from the other picture is white and touches no object.
TEST(CutMixTest, FillsAFreePartWithObjectsClippedToIt) {
  int happened = 0;
  for (int round = 0; round < 100; ++round) {
    Random random(4, 0, round, 0);
    Planes planes = Flat(64, 0, {{0, 0, 0, 20, 20}});
    CutMix(Task::kDetect, Flat(64, 255, {{1, 30, 30, 60, 60}}), &random,
           &planes);
    const auto white =
        std::count(planes.pixels.begin(), planes.pixels.end(), 255);
    ASSERT_EQ(white == 0, planes.objects.size() == 1);
    if (white == 0) continue;
    ++happened;
    ASSERT_EQ(planes.objects.size(), 2U);
    const Object& added = planes.objects[1];
    EXPECT_EQ(added.class_id, 1);
    // At least a tenth of it is there, and all of that is white.
    EXPECT_GE((added.x2 - added.x1) * (added.y2 - added.y1), 90);
    for (int y = static_cast<int>(added.y1); y < static_cast<int>(added.y2);
         ++y) {
      for (int x = static_cast<int>(added.x1); x < static_cast<int>(added.x2);
           ++x) {
        ASSERT_EQ(planes.pixels[static_cast<std::size_t>(y * 64 + x)], 255);
      }
    }
    for (int i = 0; i < 400; ++i) {
      ASSERT_EQ(planes.pixels[static_cast<std::size_t>(i / 20 * 64 + i % 20)],
                0);
    }
  }
  EXPECT_GT(happened, 10);
}

TEST(CutMixTest, ChangesNothingWithoutObjectsToAddOrRoomForThem) {
  for (int round = 0; round < 30; ++round) {
    Random random(5, 0, round, 0);
    Planes planes = Flat(64, 0, {});
    CutMix(Task::kDetect, Flat(64, 255, {}), &random, &planes);
    EXPECT_EQ(planes.pixels, Flat(64, 0, {}).pixels);
    planes = Flat(64, 0, {{0, 0, 0, 64, 64}});
    CutMix(Task::kDetect, Flat(64, 255, {{1, 0, 0, 64, 64}}), &random, &planes);
    EXPECT_EQ(planes.objects.size(), 1U);
    EXPECT_EQ(planes.pixels, Flat(64, 0, {}).pixels);
  }
}

// Mirrored: x 0..10 becomes 90..100, 85..95 becomes 5..15 and covers half of
// the first one, 40..50 becomes 50..60.
TEST(CopyPasteTest, TakesWhatCoversLessThanThreeTenths) {
  Options options;
  options.task = Task::kSegment;
  options.copy_paste = 1;
  const std::vector<Object> present = {WithOutline(0, 0, 0, 10, 10),
                                       WithOutline(1, 40, 0, 50, 10)};
  const auto at = [](float x) { return WithOutline(2, x, 0, x + 10, 10); };
  EXPECT_EQ(Pasted(options, {at(7.0F)}, present).size(), 0U);  // 3 of 10
  EXPECT_EQ(Pasted(options, {at(7.01F)}, present).size(), 1U);
  // A large candidate covers a small object wholly.
  EXPECT_EQ(Pasted(options, {WithOutline(2, 0, 0, 90, 90)}, present).size(),
            0U);
  // Least covering first, and the share of those that could be.
  const std::vector<Object> candidates = {at(8), at(20), at(9), at(43)};
  EXPECT_EQ(Pasted(options, candidates, present),
            (std::vector<std::size_t>{1, 2, 0}));
  options.copy_paste = 0.5;  // of three: 1.5, to even
  EXPECT_EQ(Pasted(options, candidates, present),
            (std::vector<std::size_t>{1, 2}));
  options.copy_paste = 0.1;
  EXPECT_TRUE(Pasted(options, candidates, present).empty());
  // Without an outline there is nothing to paste through.
  options.copy_paste = 1;
  EXPECT_TRUE(Pasted(options, {{2, 20, 0, 30, 10}}, present).empty());
}

TEST(CopyPasteTest, PastesMirroredPixelsThroughTheOutline) {
  Options options = Still(Task::kSegment, 64);
  options.copy_paste = 1;
  const Picture picture = scenes::WithBoxes(
      Task::kSegment, 64, 64, {{0, 4, 8, 20, 24}, {1, 24, 40, 40, 60}});
  const Plan plan = MakePlan(options, 1, 0, 0, {0}, false);
  ASSERT_TRUE(plan.scenes[0].flip_paste);
  const Sample sample = Augment(options, plan, {picture});
  // The second one covers itself when it is mirrored.
  ASSERT_EQ(sample.classes.size(), 3U);
  EXPECT_EQ(std::count(sample.classes.begin(), sample.classes.end(), 0), 2);
  EXPECT_EQ(scenes::See(sample, ColourOf(0)).x2, 59);
  EXPECT_EQ(scenes::See(sample, ColourOf(0)).count, 2 * 16 * 16);
  EXPECT_EQ(scenes::See(sample, ColourOf(1)).count, 16 * 20);
}

TEST(CopyPasteTest, TakesObjectsOfAnotherPicture) {
  Options options = Still(Task::kSegment, 64);
  options.copy_paste = 1;
  options.copy_paste_mode = CopyPasteMode::kMixup;
  const Picture own =
      scenes::WithBoxes(Task::kSegment, 64, 64, {{0, 4, 8, 20, 24}});
  const Picture other = scenes::WithBoxes(
      Task::kSegment, 64, 64, {{1, 30, 30, 60, 60}, {2, 0, 0, 24, 28}});
  const Plan plan = MakePlan(options, 1, 0, 0, {1}, false);
  ASSERT_EQ(plan.pictures, (std::vector<int>{0, 1}));
  const Sample sample = Augment(options, plan, {own, other});
  EXPECT_EQ(sample.classes, (std::vector<int>{1, 0}));  // by area
  EXPECT_EQ(scenes::See(sample, ColourOf(1)).count, 30 * 30);
  EXPECT_EQ(scenes::See(sample, ColourOf(2)).count, 0);
  EXPECT_EQ(scenes::See(sample, ColourOf(0)).count, 16 * 16);
  // A background picture gets nothing.
  const Sample empty =
      Augment(options, plan, {scenes::Plain(64, 64, {9, 9, 9}), other});
  EXPECT_TRUE(empty.classes.empty());
}

TEST(MixUpTest, APlanMixesWholeSamples) {
  Options options = Still(Task::kDetect, 64);
  options.mixup = 1;
  const Plan plan = MakePlan(options, 1, 0, 0, {1}, false);
  ASSERT_EQ(plan.pictures, (std::vector<int>{0, 1}));
  const Sample sample = Augment(
      options, plan,
      {scenes::WithBoxes(Task::kDetect, 64, 64, {{0, 4, 8, 20, 24}}),
       scenes::WithBoxes(Task::kDetect, 64, 64, {{1, 30, 30, 60, 60}})});
  EXPECT_EQ(sample.classes, (std::vector<int>{0, 1}));
  const scenes::Colour red = scenes::At(sample, 10, 10);
  const scenes::Colour green = scenes::At(sample, 40, 40);
  EXPECT_GT(red[0], 60);
  EXPECT_LT(red[0], 195);
  EXPECT_NEAR(red[0] + green[1], 254, 1);  // both truncated
}

}  // namespace mix_test
}  // namespace
}  // namespace yolotorch::augment

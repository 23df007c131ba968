// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/classify.h"
#include "augment/load.h"
#include "augment/scenes.h"
#include "support.h"

namespace yolotorch::augment {
namespace {
namespace classify_train_test {

TEST(ClassifyTrainTest, CropsWithinTheirLimits) {
  for (int round = 0; round < 500; ++round) {
    Random random(2, 0, round, 0);
    const Part part = DrawCrop(200, 300, 0.5, &random);
    ASSERT_GE(part.x1, 0);
    ASSERT_GE(part.y1, 0);
    ASSERT_LE(part.x2, 300);
    ASSERT_LE(part.y2, 200);
    const double width = part.x2 - part.x1;
    const double height = part.y2 - part.y1;
    ASSERT_GT(width * height, 0.49 * 60'000);
    ASSERT_GT(width / height, 0.74);
    ASSERT_LT(width / height, 1.35);
  }
  // No drawn part fits: the largest in the middle.
  Random random(2, 0, 0, 0);
  const Part wide = DrawCrop(30, 3000, 0.5, &random);
  EXPECT_EQ(wide.x1, 1480);
  EXPECT_EQ(wide.x2, 1520);
  EXPECT_EQ(wide.y2 - wide.y1, 30);
  const Part tall = DrawCrop(3000, 30, 0.5, &random);
  EXPECT_EQ(tall.y1, 1480);
  EXPECT_EQ(tall.y2, 1520);
}

TEST(ClassifyTrainTest, ErasesWithinTheirLimits) {
  int empty = 0;
  for (int round = 0; round < 300; ++round) {
    Random random(3, 0, round, 0);
    const Part part = DrawErasing(100, 100, &random);
    ASSERT_GE(part.x1, 0);
    ASSERT_LE(part.x2, 100);
    ASSERT_LE(part.y2, 100);
    const int area = (part.x2 - part.x1) * (part.y2 - part.y1);
    empty += area == 0 ? 1 : 0;
    ASSERT_LT(area, 3400);
    ASSERT_TRUE(area == 0 || area > 180);
  }
  EXPECT_LT(empty, 3);
}

Options Plain() {
  Options options;
  options.task = Task::kClassify;
  options.imgsz = 32;
  options.scale = options.fliplr = options.erasing = 0;
  options.auto_augment = AutoAugment::kNone;
  options.hsv_h = options.hsv_s = options.hsv_v = 0;
  return options;
}

TEST(ClassifyTrainTest, APlainSampleIsACropOfItsPicture) {
  const Picture picture = scenes::Plain(40, 50, {7, 8, 9});
  const Sample sample = ClassifyTrain(Plain(), 1, 0, 0, ViewOf(picture));
  EXPECT_EQ(sample.height, 32);
  EXPECT_EQ(sample.width, 32);
  ASSERT_EQ(sample.pixels.size(), 3U * 32 * 32);
  EXPECT_EQ(scenes::See(sample, {7, 8, 9}).count, 32 * 32);
  EXPECT_TRUE(sample.classes.empty());
}

TEST(ClassifyTrainTest, FlipsAndErases) {
  Options options = Plain();
  const Picture noise = scenes::Noise(40, 40, 8);
  const Sample still = ClassifyTrain(options, 1, 0, 0, ViewOf(noise));
  options.fliplr = 1;
  const Sample mirrored = ClassifyTrain(options, 1, 0, 0, ViewOf(noise));
  options.flipud = 1;
  const Sample turned = ClassifyTrain(options, 1, 0, 0, ViewOf(noise));
  for (int y = 0; y < 32; ++y) {
    for (int x = 0; x < 32; ++x) {
      ASSERT_EQ(scenes::At(mirrored, x, y), scenes::At(still, 31 - x, y));
      ASSERT_EQ(scenes::At(turned, x, y), scenes::At(still, 31 - x, 31 - y));
    }
  }
  options.erasing = 1;
  const Picture white = scenes::Plain(40, 40, {255, 255, 255});
  const Sample erased = ClassifyTrain(options, 1, 0, 0, ViewOf(white));
  const scenes::Seen hole = scenes::See(erased, scenes::kBlack);
  EXPECT_GT(hole.count, 15);
  EXPECT_EQ(hole.count, (hole.x2 - hole.x1 + 1) * (hole.y2 - hole.y1 + 1));
}

TEST(ClassifyTrainTest, EqualNumbersGiveEqualSamples) {
  Options options;
  options.task = Task::kClassify;
  options.imgsz = 48;
  const Picture noise = scenes::Noise(60, 90, 4);
  for (const AutoAugment policy :
       {AutoAugment::kNone, AutoAugment::kRandAugment}) {
    options.auto_augment = policy;
    const Sample a = ClassifyTrain(options, 1, 2, 3, ViewOf(noise));
    EXPECT_EQ(a.pixels, ClassifyTrain(options, 1, 2, 3, ViewOf(noise)).pixels);
    EXPECT_NE(a.pixels, ClassifyTrain(options, 1, 3, 3, ViewOf(noise)).pixels);
    EXPECT_NE(a.pixels, ClassifyTrain(options, 1, 2, 4, ViewOf(noise)).pixels);
  }
}

TEST(ClassifyTrainTest, TakesAnySizeAndFormat) {
  for (int round = 0; round < 150; ++round) {
    Random random(6, 0, round, 0);
    constexpr std::array<int, 5> kSides = {1, 2, 13, 64, 400};
    Options options;
    options.task = Task::kClassify;
    options.imgsz = random.Between(2, 70);
    options.scale = random.Uniform();
    options.hsv_h = random.Uniform();
    options.flipud = 0.5;
    options.auto_augment =
        random.Chance(0.5) ? AutoAugment::kNone : AutoAugment::kRandAugment;
    const Picture noise =
        scenes::Noise(kSides[static_cast<std::size_t>(random.Below(5))],
                      kSides[static_cast<std::size_t>(random.Below(5))], round);
    const Sample sample = ClassifyTrain(options, 1, 0, round, ViewOf(noise));
    const auto side = static_cast<std::size_t>(options.imgsz);
    ASSERT_EQ(sample.pixels.size(), 3 * side * side);
  }
  const std::vector<std::uint8_t> grey(64, 100);
  const Sample sample = ClassifyTrain(
      Plain(), 1, 0, 0, {grey.data(), 8, 8, 0, PixelFormat::kGray});
  EXPECT_EQ(scenes::See(sample, {100, 100, 100}).count, 32 * 32);
  test::ExpectError(Code::kInvalidImage, "three colours", [&grey] {
    ClassifyTrain(Plain(), 1, 0, 0,
                  {grey.data(), 4, 4, 0, PixelFormat::kChannels, 4});
  });
}

}  // namespace classify_train_test
}  // namespace
}  // namespace yolotorch::augment

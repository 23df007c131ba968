// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Any sizes, labels and options: no sample may read or write outside of its
// memory, nor have a label outside of it.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "augment/augment.h"
#include "augment/load.h"
#include "augment/random.h"
#include "augment/scenes.h"

namespace yolotorch::augment {
namespace {
namespace fuzz_test {

Object AnyObject(Task task, int keypoints, Random* random) {
  const auto share = [random] {
    // Labels may stick out a little.
    return static_cast<float>(random->Uniform(-0.01, 1.01));
  };
  Object object{random->Below(80), share(), share(), 0, 0};
  object.x2 = object.x1 + share();
  object.y2 = object.y1 + share();
  int points = task == Task::kSegment ? random->Below(40)
               : task == Task::kObb   ? 4
               : task == Task::kPose  ? keypoints
                                      : 0;
  if (random->Chance(0.02)) points = 1200;
  for (; points > 0; --points) {
    object.points.insert(object.points.end(), {share(), share()});
    if (task == Task::kPose) {
      object.points.push_back(static_cast<float>(random->Below(3)));
    }
  }
  return object;
}

Picture AnyPicture(const Options& options, Random* random) {
  constexpr std::array<int, 6> kSides = {1, 2, 10, 37, 64, 300};
  const int height = kSides[static_cast<std::size_t>(random->Below(6))];
  const int width = kSides[static_cast<std::size_t>(random->Below(6))];
  const Picture noise = scenes::Noise(height, width, random->Below(1000));
  std::vector<Object> objects;
  for (int i = random->Below(6); i > 0; --i) {
    objects.push_back(AnyObject(options.task, options.keypoints, random));
  }
  return Load(ViewOf(noise), options.imgsz, objects, options.task);
}

Options AnyOptions(Random* random) {
  Options options;
  options.task = static_cast<Task>(random->Below(4));
  options.imgsz = 32 * random->Between(1, 3);
  const auto maybe = [random](double most) {
    return random->Chance(0.5) ? 0 : random->Uniform(0, most);
  };
  options.mosaic = random->Below(2);
  options.mixup = maybe(2) > 1 ? 1 : 0;
  options.cutmix = maybe(2) > 1 ? 1 : 0;
  options.copy_paste = maybe(1);
  options.copy_paste_mode =
      random->Chance(0.5) ? CopyPasteMode::kFlip : CopyPasteMode::kMixup;
  options.degrees = maybe(180);
  options.translate = maybe(1);
  options.scale = maybe(1);
  options.shear = maybe(80);
  options.perspective = maybe(0.001);
  options.flipud = maybe(1);
  options.bgr = maybe(1);
  options.mask_ratio = random->Between(1, 5);
  options.overlap_mask = random->Chance(0.5);
  options.keypoints = options.task == Task::kPose ? 3 : 0;
  if (random->Chance(0.5) && options.keypoints == 3) {
    options.flip_idx = {1, 0, 2};
  }
  return options;
}

void ExpectSound(const Options& options, const Sample& sample) {
  const std::size_t rows = sample.classes.size();
  const std::size_t area = static_cast<std::size_t>(sample.height) *
                           static_cast<std::size_t>(sample.width);
  ASSERT_EQ(sample.pixels.size(), area * 3);
  const bool rotated = options.task == Task::kObb;
  const std::size_t columns = rotated ? 5 : 4;
  ASSERT_EQ(sample.boxes.size(), rows * columns);
  for (std::size_t i = 0; i < sample.boxes.size(); ++i) {
    ASSERT_TRUE(std::isfinite(sample.boxes[i]));
    if (rotated && i % columns == 4) {
      ASSERT_GT(sample.boxes[i], 0);
      ASSERT_LE(sample.boxes[i],
                static_cast<float>(std::numbers::pi / 2) + 1e-6F);
    } else if (!rotated) {
      ASSERT_GE(sample.boxes[i], 0);
      ASSERT_LE(sample.boxes[i], 1);
    }
  }
  ASSERT_EQ(sample.keypoints.size(),
            rows * static_cast<std::size_t>(options.keypoints) * 3);
  for (const float value : sample.keypoints) ASSERT_TRUE(std::isfinite(value));
  if (options.task != Task::kSegment) return;
  const std::size_t map = static_cast<std::size_t>(sample.mask_height) *
                          static_cast<std::size_t>(sample.mask_width);
  ASSERT_EQ(sample.overlap.size(), options.overlap_mask ? map : 0);
  ASSERT_EQ(sample.masks.size(), options.overlap_mask ? 0 : rows * map);
  for (const int value : sample.overlap) {
    ASSERT_LE(static_cast<std::size_t>(value), rows);
  }
}

TEST(AugmentFuzzTest, AnySizesAndOptionsGiveSoundSamples) {
  for (int round = 0; round < 120; ++round) {
    Random random(77, 0, round, 0);
    const Options options = AnyOptions(&random);
    Check(options);
    std::vector<Picture> all;
    for (int i = 0; i < 4; ++i) all.push_back(AnyPicture(options, &random));
    const Plan plan =
        MakePlan(options, 7, round, random.Below(4), scenes::Pool(4), false);
    const std::vector<Picture> pictures = scenes::PicturesOf(plan, all);
    const Sample sample = Augment(options, plan, pictures);
    ExpectSound(options, sample);
    if (testing::Test::HasFatalFailure()) FAIL() << "round " << round;
    EXPECT_EQ(Augment(options, plan, pictures).pixels, sample.pixels);
  }
}

TEST(AugmentFuzzTest, AnyPictureCanBeValidated) {
  for (int round = 0; round < 200; ++round) {
    Random random(78, 0, round, 0);
    const Options options = AnyOptions(&random);
    const Picture picture = AnyPicture(options, &random);
    const int height = 32 * random.Between(1, 4);
    const int width = 32 * random.Between(1, 4);
    const Sample sample = Letterboxed(options, picture, height, width);
    ASSERT_EQ(sample.pixels.size(),
              static_cast<std::size_t>(3 * height * width));
    ASSERT_EQ(sample.classes.size(), picture.objects.size());
  }
}

// The extremes by themselves: they take other paths than most.
TEST(AugmentFuzzTest, ThinPicturesGiveSamplesOfFullSize) {
  const std::vector<std::array<int, 2>> sizes = {
      {10, 3000}, {3000, 10}, {1, 500}, {500, 1}, {1, 1}, {2, 2}};
  Options options;
  options.imgsz = 320;
  std::vector<Picture> all;
  for (const auto& [height, width] : sizes) {
    const Picture noise = scenes::Noise(height, width, 5);
    all.push_back(Load(ViewOf(noise), options.imgsz,
                       {{0, 0.1F, 0.1F, 0.9F, 0.9F}}, options.task));
  }
  for (int index = 0; index < 6; ++index) {
    for (const bool closed : {false, true}) {
      const Plan plan = MakePlan(options, 7, 0, index, scenes::Pool(6), closed);
      ExpectSound(options,
                  Augment(options, plan, scenes::PicturesOf(plan, all)));
    }
  }
}

}  // namespace fuzz_test
}  // namespace
}  // namespace yolotorch::augment

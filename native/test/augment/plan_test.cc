// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/plan.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "augment/scenes.h"
#include "support.h"

namespace yolotorch::augment {
namespace {
namespace plan_test {

TEST(PlanTest, DrawsThreePartnersForAMosaicFromThePool) {
  Options options;
  const std::vector<int> pool = {3, 8, 11};
  std::set<int> partners;
  for (int index = 0; index < 30; ++index) {
    const Plan plan = MakePlan(options, 1, 0, index, pool, false);
    ASSERT_EQ(plan.pictures.size(), 4U);
    EXPECT_EQ(plan.pictures[0], index);
    partners.insert(plan.pictures.begin() + 1, plan.pictures.end());
    EXPECT_TRUE(plan.scenes[0].mosaic);
    EXPECT_EQ(plan.mixup, -1);
    EXPECT_EQ(plan.cutmix, -1);
    EXPECT_EQ(plan.height, 640);
  }
  EXPECT_EQ(partners, (std::set<int>{3, 8, 11}));
}

TEST(PlanTest, HappensByItsProbability) {
  Options options;
  options.mosaic = 0.3;
  options.mixup = 0.6;
  int mosaics = 0;
  int mixed = 0;
  for (int index = 0; index < 1000; ++index) {
    const Plan plan = MakePlan(options, 1, 0, index, scenes::Pool(10), false);
    mosaics += plan.scenes[0].mosaic ? 1 : 0;
    mixed += plan.mixup >= 0 ? 1 : 0;
  }
  EXPECT_NEAR(mosaics, 300, 60);
  EXPECT_NEAR(mixed, 600, 60);
}

TEST(PlanTest, ClosedNeedsOnlyThePictureItself) {
  Options options;
  options.task = Task::kSegment;
  options.mixup = options.cutmix = options.copy_paste = 1;
  options.copy_paste_mode = CopyPasteMode::kMixup;
  const Plan plan = MakePlan(options, 1, 0, 7, {}, true);
  EXPECT_EQ(plan.pictures, (std::vector<int>{7}));
  ASSERT_EQ(plan.scenes.size(), 1U);
  EXPECT_EQ(plan.scenes[0].pasted, -1);
  EXPECT_FALSE(plan.scenes[0].flip_paste);
  EXPECT_EQ(plan.mixup, -1);
  EXPECT_EQ(plan.cutmix, -1);
}

TEST(PlanTest, PartnersHaveMosaicsOfTheirOwn) {
  Options options;
  options.task = Task::kSegment;
  options.mixup = options.cutmix = options.copy_paste = 1;
  options.copy_paste_mode = CopyPasteMode::kMixup;
  const Plan plan = MakePlan(options, 1, 0, 7, scenes::Pool(20), false);
  // The sample, mixup's and cutmix's partner, each with one to paste from.
  ASSERT_EQ(plan.scenes.size(), 6U);
  EXPECT_EQ(plan.pictures.size(), 24U);
  EXPECT_EQ(plan.mixup, 2);
  EXPECT_EQ(plan.cutmix, 4);
  for (const int place : {0, 2, 4}) {
    const Scene& scene = plan.scenes[static_cast<std::size_t>(place)];
    EXPECT_EQ(scene.pasted, place + 1);
    EXPECT_TRUE(scene.mosaic);
    EXPECT_EQ(scene.first, static_cast<std::size_t>(place) * 4);
  }
  EXPECT_EQ(plan.scenes[1].pasted, -1);
  options.copy_paste_mode = CopyPasteMode::kFlip;
  const Plan flip = MakePlan(options, 1, 0, 7, scenes::Pool(20), false);
  ASSERT_EQ(flip.scenes.size(), 3U);
  EXPECT_TRUE(flip.scenes[2].flip_paste);
  // Without outlines there is nothing to paste.
  options.task = Task::kDetect;
  EXPECT_FALSE(
      MakePlan(options, 1, 0, 7, scenes::Pool(20), false).scenes[0].flip_paste);
}

TEST(PlanTest, AnEmptyPoolIsRefusedWhenAPartnerIsNeeded) {
  test::ExpectError(Code::kInvalidArgument, "empty pool",
                    [] { MakePlan(Options{}, 1, 0, 0, {}, false); });
}

TEST(OptionsTest, AreCheckedByName) {
  Options options;
  Check(options);
  options.mixup = 1.5;
  test::ExpectError(Code::kInvalidArgument,
                    "expected mixup from 0 to 1, found 1.5",
                    [&] { Check(options); });
  options.mixup = 0;
  options.keypoints = 3;
  options.flip_idx = {0, 2, 1};
  Check(options);
  options.flip_idx = {0, 2, 2};
  test::ExpectError(Code::kInvalidArgument, "flip_idx",
                    [&] { Check(options); });
  options.flip_idx = {0, 1};
  test::ExpectError(Code::kInvalidArgument, "flip_idx",
                    [&] { Check(options); });
}

}  // namespace plan_test
}  // namespace
}  // namespace yolotorch::augment

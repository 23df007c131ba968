// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/nms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "base/instruction_set.h"
#include "cpu_time.h"
#include "instruction_sets.h"
#include "support.h"

namespace yolotorch::vision {
namespace {

using test::WiderInstructionSets;

// Network outputs with the given rows (cx, cy, w, h, scores...) as anchors.
std::vector<float> Output(const std::vector<std::vector<float>>& anchors) {
  const std::size_t channels = anchors[0].size();
  std::vector<float> output(channels * anchors.size());
  for (std::size_t a = 0; a < anchors.size(); ++a) {
    for (std::size_t c = 0; c < channels; ++c) {
      output[c * anchors.size() + a] = anchors[a][c];
    }
  }
  return output;
}

std::vector<Candidate> RunNms(const std::vector<std::vector<float>>& anchors,
                              const NmsOptions& options) {
  return SuppressNonMaxima(
      SelectCandidates(Output(anchors).data(), static_cast<int>(anchors.size()),
                       static_cast<int>(anchors[0].size()) - 4, options),
      options);
}

TEST(BestScoresTest, AllVectorsFindTheSameClasses) {
  std::mt19937 random(13);
  constexpr int kClasses = 9;
  for (const std::size_t count : {1U, 5U, 16U, 777U, 1024U}) {
    std::vector<float> scores(kClasses * count);
    for (float& score : scores) {
      // Few values, so that many are equal, and some that are no numbers.
      const auto value = random() % 40;
      score = value == 0 ? std::numeric_limits<float>::quiet_NaN()
                         : static_cast<float>(value % 8) / 8;
    }
    BestScores expected;
    BestScoresFor(base::InstructionSet::kPortable)(
        scores.data(), count, kClasses, count, 0.5F, &expected);
    for (std::size_t i = 0; i < count; ++i) {
      std::int32_t best = -1;
      float most = 0.5F;
      for (std::int32_t c = 0; c < kClasses; ++c) {
        const float score = scores[static_cast<std::size_t>(c) * count + i];
        if (score > most) {
          most = score;
          best = c;
        }
      }
      ASSERT_EQ(expected.class_id[i], best);
      ASSERT_EQ(expected.score[i], most);
    }
    for (const base::InstructionSet instructions : WiderInstructionSets()) {
      BestScores own;
      BestScoresFor(instructions)(scores.data(), count, kClasses, count, 0.5F,
                                  &own);
      for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(own.class_id[i], expected.class_id[i]);
        ASSERT_EQ(own.score[i], expected.score[i]);
      }
    }
  }
}

TEST(NmsTest, KeepsStrictlyAboveConf) {
  const auto kept = RunNms({{10, 10, 4, 4, 0.25F}, {90, 90, 4, 4, 0.26F}}, {});
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].anchor, 1);
}

TEST(NmsTest, SuppressesOnlyAboveIou) {
  // Boxes of 10 x 10 shifted by 5: intersection 50, union 150.
  const std::vector<std::vector<float>> anchors = {{10, 10, 10, 10, 0.9F},
                                                   {15, 10, 10, 10, 0.8F}};
  NmsOptions options;
  options.iou = 50.0F / 150.0F;
  EXPECT_EQ(RunNms(anchors, options).size(), 2U);  // equal: both stay
  options.iou = 0.33F;
  EXPECT_EQ(RunNms(anchors, options).size(), 1U);
}

TEST(NmsTest, KeepsClassesApartUnlessAgnostic) {
  const std::vector<std::vector<float>> anchors = {
      {10, 10, 10, 10, 0.9F, 0.0F}, {10, 10, 10, 10, 0.0F, 0.8F}};
  NmsOptions options;
  EXPECT_EQ(RunNms(anchors, options).size(), 2U);
  options.agnostic = true;
  ASSERT_EQ(RunNms(anchors, options).size(), 1U);
  EXPECT_EQ(RunNms(anchors, options)[0].class_id, 0);
}

TEST(NmsTest, MultiLabelKeepsEveryClassAboveConf) {
  // Best first, equal ones in order of anchors and classes; a score of conf
  // itself is not above it.
  const std::vector<std::vector<float>> anchors = {
      {10, 10, 10, 10, 0.3F, 0.8F, 0.25F}, {50, 50, 10, 10, 0.3F, 0.1F, 0.3F}};
  NmsOptions options;
  options.multi_label = true;
  const auto labels = [&] {
    std::vector<std::array<int, 2>> all;
    for (const Candidate& kept : RunNms(anchors, options)) {
      all.push_back({kept.anchor, kept.class_id});
    }
    return all;
  };
  using Labels = std::vector<std::array<int, 2>>;
  EXPECT_EQ(labels(), (Labels{{0, 1}, {0, 0}, {1, 0}, {1, 2}}));
  options.classes = {0};
  EXPECT_EQ(labels(), (Labels{{0, 0}, {1, 0}}));
  options.classes = {};
  options.agnostic = true;
  EXPECT_EQ(labels(), (Labels{{0, 1}, {1, 0}}));
}

TEST(NmsTest, FirstWinsATie) {
  const auto kept =
      RunNms({{10, 10, 10, 10, 0.5F, 0.5F}, {10, 10, 10, 10, 0.5F, 0.5F}}, {});
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].anchor, 0);
  EXPECT_EQ(kept[0].class_id, 0);
}

TEST(NmsTest, FiltersClassesAndLimitsDetections) {
  std::vector<std::vector<float>> anchors;
  for (int i = 0; i < 10; ++i) {
    const float score = 0.9F - static_cast<float>(i) * 0.01F;
    anchors.push_back({static_cast<float>(100 * i), 0, 5, 5,
                       i % 2 == 0 ? score : 0, i % 2 == 0 ? 0 : score});
  }
  NmsOptions options;
  options.classes = {1};
  EXPECT_EQ(RunNms(anchors, options).size(), 5U);
  options.max_detections = 3;
  const auto kept = RunNms(anchors, options);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].anchor, 1);
  EXPECT_EQ(kept[2].anchor, 5);
}

TEST(NmsTest, LeavesOutWhatIsNotFinite) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_TRUE(RunNms({{nan, 10, 5, 5, 0.9F},
                      {10, 10, infinity, 5, 0.9F},
                      {10, 10, 5, 5, nan},
                      {10, 10, 5, 5, infinity}},
                     {})
                  .empty());
}

TEST(NmsTest, CostsNoMoreThanSortingTheCandidatesSomeTimes) {
  // Boxes in a grid, none of which overlaps another.
  constexpr std::size_t kAnchors = 400'000;
  std::vector<float> output(5 * kAnchors);
  std::vector<float> scores(kAnchors);
  for (std::size_t i = 0; i < kAnchors; ++i) {
    output[i] = static_cast<float>(i % 1000) * 10;
    output[kAnchors + i] = static_cast<float>(i / 1000) * 10;
    output[2 * kAnchors + i] = 5;
    output[3 * kAnchors + i] = 5;
    scores[i] = 0.3F + static_cast<float>(i * 7919 % kAnchors) * 1e-6F;
    output[4 * kAnchors + i] = scores[i];
  }
  const NmsOptions options;
  const auto suppress = [&] {
    const auto kept = SuppressNonMaxima(
        SelectCandidates(output.data(), static_cast<int>(kAnchors), 1, options),
        options);
    EXPECT_EQ(kept.size(), 300U);
  };
  float highest = 0;
  const auto sort = [&] {
    std::vector<float> sorted = scores;
    std::sort(sorted.begin(), sorted.end());
    highest = sorted.back();
  };
  // Comparing all pairs would cost thousands of times as much.
  test::ExpectCpuRatio("nms_over_sorting_its_scores", 50, suppress, sort);
  EXPECT_GT(highest, 0.6F);
}

TEST(NmsTest, EmptyOutputGivesNothing) {
  const NmsOptions options;
  EXPECT_TRUE(SelectCandidates(nullptr, 0, 80, options).empty());
  EXPECT_TRUE(SuppressNonMaxima({}, options).empty());
}

}  // namespace
}  // namespace yolotorch::vision

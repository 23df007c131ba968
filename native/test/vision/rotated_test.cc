// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/rotated.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "cpu_time.h"
#include "support.h"

namespace yolotorch::vision {
namespace {

TEST(RotatedTest, OverlapMatchesKnownValues) {
  const RotatedCandidate box{50, 50, 20, 10, 0.3F, 0.9F, 0};
  // The same distribution: distance 1e-7, so 1 - sqrt(2e-7).
  EXPECT_NEAR(ProbabilisticIou(box, box), 1, 1e-3);
  RotatedCandidate turned = box;  // the same rectangle, named differently
  std::swap(turned.width, turned.height);
  turned.angle += static_cast<float>(std::numbers::pi / 2);
  EXPECT_NEAR(ProbabilisticIou(box, turned), 1, 1e-3);
  RotatedCandidate far = box;
  far.cx += 500;
  EXPECT_NEAR(ProbabilisticIou(box, far), 0, 1e-3);
  // Two squares of side s, d apart: distance d^2 * 12 / (8 s^2).
  const RotatedCandidate a{0, 0, 12, 12, 0, 1, 0};
  const RotatedCandidate b{6, 0, 12, 12, 0, 1, 0};
  const double distance = 36.0 * 12 / (8 * 144);
  EXPECT_NEAR(ProbabilisticIou(a, b), 1 - std::sqrt(1 - std::exp(-distance)),
              1e-4);
}

TEST(RotatedTest, SuppressedBoxesSuppress) {
  // a overlaps b, b overlaps c, a hardly overlaps c.
  const std::vector<RotatedCandidate> chain = {{0, 0, 12, 12, 0, 0.9F, 0},
                                               {4, 0, 12, 12, 0, 0.8F, 0},
                                               {8, 0, 12, 12, 0, 0.7F, 0}};
  NmsOptions options;
  options.iou = 0.5F;
  ASSERT_GT(ProbabilisticIou(chain[0], chain[1]), 0.5F);
  ASSERT_LT(ProbabilisticIou(chain[0], chain[2]), 0.5F);
  EXPECT_EQ(SuppressRotated(chain, options).size(), 1U);
}

TEST(RotatedTest, SkippingFarPairsChangesNothing) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> unit(0, 1);
  std::vector<RotatedCandidate> boxes;
  for (int i = 0; i < 400; ++i) {
    boxes.push_back({unit(random) * 100, unit(random) * 100,
                     1 + unit(random) * 40, 1 + unit(random) * 10,
                     unit(random) * 3, 1 - static_cast<float>(i) * 1e-3F, 0});
  }
  for (const float iou : {0.0F, 0.02F, 0.3F, 0.7F, 1.0F}) {
    NmsOptions options;
    options.iou = iou;
    options.max_detections = 1000;
    std::size_t kept = 0;
    for (std::size_t j = 0; j < boxes.size(); ++j) {
      bool suppressed = false;
      for (std::size_t i = 0; i < j; ++i) {
        suppressed = suppressed || ProbabilisticIou(boxes[i], boxes[j]) >= iou;
      }
      kept += suppressed ? 0 : 1;
    }
    EXPECT_EQ(SuppressRotated(boxes, options).size(), kept) << iou;
  }
}

TEST(RotatedTest, OverlapsOfFarPairsAreNotComputed) {
  constexpr std::size_t kBoxes = 1'500;
  std::vector<RotatedCandidate> boxes;
  for (std::size_t i = 0; i < kBoxes; ++i) {
    boxes.push_back({static_cast<float>(i % 40) * 6,
                     static_cast<float>(i / 40) * 6, 5, 4, 0.5F, 0.9F, 0});
  }
  NmsOptions options;
  options.max_detections = kBoxes;
  const auto suppress = [&] {
    EXPECT_EQ(SuppressRotated(boxes, options).size(), kBoxes);
  };
  float sum = 0;
  const auto overlap_each_pair = [&] {
    for (std::size_t j = 0; j < kBoxes; ++j) {
      for (std::size_t i = 0; i < j; ++i) {
        sum += ProbabilisticIou(boxes[i], boxes[j]);
      }
    }
  };
  test::ExpectCpuRatio("rotated_nms_over_all_overlaps", 0.25, suppress,
                       overlap_each_pair);
  EXPECT_TRUE(std::isfinite(sum));
}

}  // namespace
}  // namespace yolotorch::vision

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/assigner.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "train/boxes.h"

namespace yolotorch::train {
namespace assigner_test {
namespace {

Tensor Floats(const std::vector<double>& values,
              const std::vector<std::int64_t>& shape) {
  return at::tensor(values, at::kDouble).to(at::kFloat).view(shape);
}

Tensor Wholes(const std::vector<std::int64_t>& values) {
  return at::tensor(values, at::kLong);
}

// Four anchors in a row, two objects of 2 classes that share the second one.
AssignmentInput TwoObjects() {
  AssignmentInput input;
  input.anchors = Floats({4, 4, 12, 4, 20, 4, 28, 4}, {4, 2});
  input.classes = Wholes({0, 1});
  input.objects = Floats({0, 0, 16, 8, 8, 0, 32, 8}, {2, 4});
  input.picture = Wholes({0, 0});
  // The first three anchors predict their object, the last one is 12 off.
  input.boxes =
      Floats({0, 0, 16, 8, 0, 0, 16, 8, 8, 0, 32, 8, 20, 0, 36, 8}, {1, 4, 4});
  input.scores =
      Floats({0.25, 0.9, 0.64, 0.9, 0.9, 0.81, 0.9, 0.49}, {1, 4, 2});
  return input;
}

// Rows of picture, anchor, object.
std::vector<std::vector<std::int64_t>> RowsOf(const Assignment& assignment) {
  std::vector<std::vector<std::int64_t>> rows;
  for (std::int64_t i = 0; i < assignment.anchor.size(0); ++i) {
    rows.push_back({assignment.picture[i].item<std::int64_t>(),
                    assignment.anchor[i].item<std::int64_t>(),
                    assignment.object[i].item<std::int64_t>()});
  }
  return rows;
}

using Rows = std::vector<std::vector<std::int64_t>>;

TEST(AssignerTest, AContestedAnchorGoesToWhatItOverlapsMost) {
  const Assignment found = Assign(TwoObjects());
  EXPECT_EQ(RowsOf(found), (Rows{{0, 0, 0}, {0, 1, 0}, {0, 2, 1}, {0, 3, 1}}));
  // Metrics 0.5 and 0.8; the object's best overlap is 1.
  EXPECT_NEAR(found.score[0].item<double>(), 0.5 / 0.8, 1e-5);
  EXPECT_NEAR(found.score[1].item<double>(), 1, 1e-5);
  EXPECT_NEAR(found.score[2].item<double>(), 1, 1e-5);
  // 96 of 224 pixels are shared; see BoxesTest.
  EXPECT_NEAR(found.score[3].item<double>(), 0.7 * std::pow(0.352985, 6) / 0.9,
              1e-6);
}

TEST(AssignerTest, AnObjectTakesNoMoreAnchorsThanItMay) {
  const Assignment found = Assign(TwoObjects(), 1);
  EXPECT_EQ(RowsOf(found), (Rows{{0, 1, 0}, {0, 2, 1}}));
}

// The third object's best anchor is the second one; the first, which the other
// two want, overlaps the third most.
TEST(AssignerTest, AContestedAnchorMayGoToOneThatDidNotWantIt) {
  AssignmentInput input;
  input.anchors = Floats({4, 4, 12, 4}, {2, 2});
  input.classes = Wholes({0, 0, 1});
  input.objects = Floats({0, 0, 8, 8, 0, 0, 7, 8, 0, 0, 16, 8}, {3, 4});
  input.picture = Wholes({0, 0, 0});
  input.boxes = Floats({0, 0, 16, 8, 0, 0, 16, 8}, {1, 2, 4});
  input.scores = Floats({0.9, 0.0001, 0.1, 0.9}, {1, 2, 2});
  EXPECT_EQ(RowsOf(Assign(input, 1)), (Rows{{0, 0, 2}, {0, 1, 2}}));
}

// Where no prediction overlaps, anchors inside are taken all the same.
TEST(AssignerTest, AnObjectThatNothingOverlapsHasAnchorsWithoutScore) {
  AssignmentInput input = TwoObjects();
  input.boxes = input.boxes + 1000;
  const Assignment found = Assign(input);
  ASSERT_EQ(found.anchor.size(0), 4);
  EXPECT_EQ(found.score.abs().max().item<double>(), 0);
}

TEST(AssignerTest, WithoutObjectsNothingIsAssigned) {
  AssignmentInput input = TwoObjects();
  for (Tensor* values : {&input.picture, &input.classes, &input.objects}) {
    *values = values->slice(0, 0, 0);
  }
  EXPECT_EQ(Assign(input).anchor.size(0), 0);
}

TEST(AssignerTest, ACentreOnAnEdgeIsNotInside) {
  AssignmentInput input = TwoObjects();
  input.objects = Floats({4, 0, 12, 8, 8, 0, 32, 4}, {2, 4});
  EXPECT_EQ(Assign(input).anchor.size(0), 0);
}

TEST(AssignerTest, PicturesDoNotMix) {
  AssignmentInput input = TwoObjects();
  for (Tensor* values : {&input.scores, &input.boxes}) {
    *values = at::cat({*values, *values});
  }
  input.picture = Wholes({1, 0});
  EXPECT_EQ(RowsOf(Assign(input)),
            (Rows{{0, 1, 1}, {0, 2, 1}, {0, 3, 1}, {1, 0, 0}, {1, 1, 0}}));
}

// A bar of 20 x 4 from the lower left to the upper right of its upright box.
TEST(AssignerTest, RotatedObjectsHaveAnchorsAlongTheirAxes) {
  AssignmentInput input;
  // In the middle; 8.5 along the bar; 8.5 across it; 11.3 along it.
  input.anchors = Floats({16, 16, 22, 22, 22, 10, 24, 24}, {4, 2});
  input.classes = Wholes({0});
  const double turn = std::numbers::pi / 4;
  input.objects = Floats({16, 16, 20, 4, turn}, {1, 5});
  input.picture = Wholes({0});
  input.boxes = input.objects.expand({4, 5}).unsqueeze(0);
  input.scores = Floats({0.64, 0.16, 0.9, 0.9}, {1, 4, 1});
  const Assignment found = Assign(input);
  EXPECT_EQ(RowsOf(found), (Rows{{0, 0, 0}, {0, 1, 0}}));
  EXPECT_NEAR(found.score[0].item<double>(), 1, 1e-3);
  EXPECT_NEAR(found.score[1].item<double>(), 0.5, 1e-3);
}

double Complete(const std::vector<double>& a, const std::vector<double>& b) {
  return CompleteIou(Floats(a, {1, 4}), Floats(b, {1, 4})).item<double>();
}

TEST(BoxesTest, CompleteIou) {
  EXPECT_NEAR(Complete({3, 4, 10, 20}, {3, 4, 10, 20}), 1, 1e-6);
  // Apart: 4^2 of a diagonal of 6^2 + 2^2.
  EXPECT_NEAR(Complete({0, 0, 2, 2}, {4, 0, 6, 2}), -0.4, 1e-6);
  // 96 of 224 pixels, 8^2 of 28^2 + 8^2, and ratios of 3 and 2: the penalty is
  // v^2 / (v - IoU + 1) with v = 4 / pi^2 * (atan 3 - atan 2)^2 = 0.0081604.
  const double v = 0.0081604;
  EXPECT_NEAR(Complete({8, 0, 32, 8}, {20, 0, 36, 8}),
              96.0 / 224 - 64.0 / 848 - v * v / (v - 96.0 / 224 + 1), 1e-6);
}

double Probabilistic(const std::vector<double>& a,
                     const std::vector<double>& b) {
  return ProbabilisticIou(Floats(a, {1, 5}), Floats(b, {1, 5})).item<double>();
}

TEST(BoxesTest, ProbabilisticIou) {
  const double quarter = std::numbers::pi / 2;
  EXPECT_NEAR(Probabilistic({5, 6, 12, 24, 1}, {5, 6, 12, 24, 1}), 1, 1e-3);
  // Variances of 12; the Bhattacharyya distance of centres 6 apart is 6^2 / 8 /
  // 12.
  EXPECT_NEAR(Probabilistic({0, 0, 12, 12, 0}, {6, 0, 12, 12, 0}),
              1 - std::sqrt(1 - std::exp(-0.375)), 1e-4);
  // A turn by a quarter swaps variances of 12 and 48: e^-distance is 0.8.
  EXPECT_NEAR(Probabilistic({0, 0, 12, 24, 0}, {0, 0, 12, 24, quarter}),
              1 - std::sqrt(0.2), 1e-4);
  EXPECT_NEAR(Probabilistic({0, 0, 24, 12, 0}, {0, 0, 12, 24, quarter}), 1,
              1e-3);
  EXPECT_NEAR(Probabilistic({0, 0, 4, 4, 0}, {500, 0, 4, 4, 0}), 0, 1e-4);
}

TEST(BoxesTest, AnchorsLieInTheMiddleOfTheirCells) {
  const Anchors anchors = MakeAnchors(16, 24, {8, 16}, at::kCPU);
  EXPECT_TRUE(at::equal(
      anchors.centres, Floats({0.5, 0.5, 1.5, 0.5, 2.5, 0.5, 0.5, 1.5, 1.5, 1.5,
                               2.5, 1.5, 0.5, 0.5, 1.5, 0.5},
                              {8, 2})));
  EXPECT_TRUE(
      at::equal(anchors.strides, Floats({8, 8, 8, 8, 8, 8, 16, 16}, {8, 1})));
}

TEST(BoxesTest, RotatedBoxesTurnAroundTheirAnchor) {
  const double quarter = std::numbers::pi / 2;
  // 2 to the left, 4 to the right, 3 up and down: the centre is 1 to the right,
  // which a quarter turn makes 1 down.
  const Tensor box =
      RotatedBoxes(Floats({2, 3, 4, 3}, {1, 4}), Floats({10, 20}, {1, 2}),
                   Floats({quarter}, {1, 1}));
  EXPECT_TRUE(
      at::allclose(box, Floats({10, 21, 6, 6, quarter}, {1, 5}), 0, 1e-5));
}

}  // namespace
}  // namespace assigner_test
}  // namespace yolotorch::train

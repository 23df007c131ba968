// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Losses of a head of four anchors, one feature map of 2 x 2 cells of 8 pixels.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "train/loss.h"

namespace yolotorch::train {
namespace loss_parts_test {
namespace {

constexpr double kLn2 = std::numbers::ln2;
constexpr double kNear = 1e-4;
constexpr double kSureLogit = 30;  // of the bins that a prediction is made of

// Logits (B, 64, 4) whose boxes are the whole input of 16 x 16 pixels: sides of
// half a cell and one and a half, each between two bins of equal probability.
Tensor WholeInput(std::int64_t pictures) {
  Tensor logits = at::zeros({1, 4, 16, 4});
  for (std::int64_t anchor = 0; anchor < 4; ++anchor) {
    const bool right = anchor % 2 == 1;
    const bool low = anchor / 2 == 1;
    const bool longer[] = {right, low, !right, !low};
    for (std::int64_t side = 0; side < 4; ++side) {
      const std::int64_t bin = longer[side] ? 1 : 0;
      logits[0][side]
          .select(1, anchor)
          .slice(0, bin, bin + 2)
          .fill_(kSureLogit);
    }
  }
  return logits.view({1, 64, 4}).repeat({pictures, 1, 1});
}

// One object of class 0 in the first picture, the whole input.
Batch OneObject(std::int64_t pictures) {
  Batch batch;
  batch.images = at::zeros({pictures, 3, 16, 16});
  batch.picture = at::zeros({1}, at::kLong);
  batch.classes = at::zeros({1}, at::kLong);
  batch.boxes = at::tensor({0.5F, 0.5F, 1.0F, 1.0F}).view({1, 4});
  return batch;
}

void RemoveObjects(Batch* batch) {
  for (Tensor* values :
       {&batch->picture, &batch->classes, &batch->boxes, &batch->keypoints}) {
    if (values->defined()) *values = values->slice(0, 0, 0);
  }
}

Loss LossOf(Task task, std::vector<Tensor> raw, const Batch& batch,
            int keypoints = 0) {
  const Gains gains;
  for (Tensor& tensor : raw) tensor.requires_grad_(true);
  const Loss loss =
      (*LossFunction::Make(task, gains, {8}, keypoints))(raw, batch);
  EXPECT_TRUE(loss.total.requires_grad());
  EXPECT_FALSE(loss.items.requires_grad());
  loss.total.backward();
  for (const Tensor& tensor : raw) EXPECT_TRUE(tensor.grad().defined());
  return loss;
}

void ExpectItems(const Loss& loss, const std::vector<double>& expected,
                 double factor) {
  ASSERT_EQ(static_cast<std::size_t>(loss.items.size(0)), expected.size());
  double sum = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(loss.items[static_cast<std::int64_t>(i)].item<double>(),
                expected[i], kNear)
        << i;
    sum += expected[i];
  }
  EXPECT_NEAR(loss.total.item<double>(), factor * sum, factor * 5 * kNear);
}

// Every anchor finds the object and is to reach a score of 1: 4 in all. A logit
// of 0 costs ln 2 whatever it is to reach, two equal bins ln 2 as well.
TEST(LossPartsTest, DetectOfPerfectBoxes) {
  const Tensor logits = at::zeros({1, 2, 4});
  ExpectItems(LossOf(Task::kDetect, {WholeInput(1), logits}, OneObject(1)),
              {0, 0.5 * 8 * kLn2 / 4, 1.5 * kLn2}, 1);
}

// The other picture has no object, but its logits count.
TEST(LossPartsTest, TheTotalIsMultipliedByThePictures) {
  const Tensor logits = at::zeros({2, 2, 4});
  ExpectItems(LossOf(Task::kDetect, {WholeInput(2), logits}, OneObject(2)),
              {0, 0.5 * 16 * kLn2 / 4, 1.5 * kLn2}, 2);
}

// The sum of the scores counts as 1 at least.
TEST(LossPartsTest, WithoutObjectsOnlyClassesCost) {
  Batch batch = OneObject(1);
  RemoveObjects(&batch);
  const Tensor logits = at::full({1, 2, 4}, std::log(3.0));
  ExpectItems(LossOf(Task::kDetect, {WholeInput(1), logits}, batch),
              {0, 0.5 * 8 * std::log(4.0), 0}, 1);
}

// A box as large, half of it beside the object, which is the left half.
TEST(LossPartsTest, BoxesAwayFromTheirObjectCost) {
  Batch batch = OneObject(1);
  batch.boxes = at::tensor({0.25F, 0.5F, 0.5F, 1.0F}).view({1, 4});
  const Loss loss =
      LossOf(Task::kDetect, {WholeInput(1), at::zeros({1, 1, 4})}, batch);
  // The two anchors on the left: IoU 1/2, centres 4 of sqrt(512) apart, ratios
  // of 1/2 and 1.
  const double v = 4 / (std::numbers::pi * std::numbers::pi) *
                   std::pow(std::atan(0.5) - std::atan(1.0), 2);
  const double overlap = 0.5 - 16.0 / 512 - v * v / (v + 0.5);
  // Both have the same metric; eps is not small beside it.
  const double metric = std::sqrt(0.5) * std::pow(overlap, 6);
  const double score = metric * overlap / (metric + 1e-9);
  // Together less than 1.
  EXPECT_LT(2 * score, 1);
  // BCE of a logit of 0 is ln 2. Right sides: half of bins 0 and 1 or bin 0
  // alone, predicted one more.
  EXPECT_NEAR(loss.items[0].item<double>(), 7.5 * 2 * score * (1 - overlap),
              kNear);
  EXPECT_NEAR(loss.items[1].item<double>(), 0.5 * 4 * kLn2, kNear);
  // Three of four sides fit; of the right one, 0.5 away, bin 0 is as unlikely
  // as can be and bin 1 has a half.
  const double right = (0.5 * (kSureLogit + kLn2)) + 0.5 * kLn2;
  EXPECT_NEAR(loss.items[2].item<double>(),
              1.5 * 2 * score * (3 * kLn2 + right) / 4, 1e-3);
}

TEST(LossPartsTest, KeypointsCostByDistanceAndVisibility) {
  Batch batch = OneObject(1);
  batch.keypoints = at::tensor({0.0F, 0.0F, 2.0F}).view({1, 1, 3});
  const auto loss = [&] {
    return LossOf(Task::kPose,
                  {WholeInput(1), at::zeros({1, 1, 4}), at::zeros({1, 3, 4})},
                  batch, 1);
  };
  // Anchors predict the corner of their cell: 0, 1, 1 and sqrt(2) cells off. A
  // sigma of 1 and an area of 4 make of a square d the exponent d / 32.
  const double pose =
      (2 * (1 - std::exp(-1.0 / 32)) + 1 - std::exp(-1.0 / 16)) / 4;
  ExpectItems(loss(), {0, 12 * pose, kLn2, 0.5 * kLn2, 1.5 * kLn2}, 1);
  batch.keypoints[0][0][2] = 0;  // not visible
  ExpectItems(loss(), {0, 0, kLn2, 0.5 * kLn2, 1.5 * kLn2}, 1);
  RemoveObjects(&batch);
  ExpectItems(loss(), {0, 0, 0, 0.5 * 4 * kLn2, 0}, 1);
}

// The left half is the mask; the prediction is sure of it, or of the opposite.
TEST(LossPartsTest, MasksCostByPixel) {
  Batch batch = OneObject(1);
  batch.masks = at::zeros({1, 4, 4}, at::kByte);
  batch.masks.slice(2, 0, 2).fill_(1);
  Tensor prototypes = at::zeros({1, 2, 4, 4});
  const auto loss = [&](double coefficient) {
    return LossOf(Task::kSegment,
                  {WholeInput(1), at::zeros({1, 1, 4}),
                   at::full({1, 2, 4}, coefficient), prototypes.detach()},
                  batch);
  };
  ExpectItems(loss(0), {0, 7.5 * kLn2, 0.5 * kLn2, 1.5 * kLn2}, 1);
  prototypes.slice(3, 0, 2).fill_(10);
  prototypes.slice(3, 2, 4).fill_(-10);
  ExpectItems(loss(1), {0, 0, 0.5 * kLn2, 1.5 * kLn2}, 1);
  ExpectItems(loss(-1), {0, 7.5 * 20, 0.5 * kLn2, 1.5 * kLn2}, 1);
  RemoveObjects(&batch);
  ExpectItems(loss(1), {0, 0, 0.5 * 4 * kLn2, 0}, 1);
}

TEST(LossPartsTest, RotatedBoxesOfUnderTwoPixelsTakeNoPart) {
  Batch batch = OneObject(1);
  batch.boxes = at::tensor({0.5F, 0.5F, 1.0F, 1.0F, 0.0F}).view({1, 5});
  const auto loss = [&] {
    return LossOf(Task::kObb,
                  {WholeInput(1), at::zeros({1, 1, 4}), at::zeros({1, 1, 4})},
                  batch);
  };
  // Even of equal boxes the probabilistic IoU is a little below 1.
  const double fault = std::sqrt(2e-7);
  const Loss whole = loss();
  EXPECT_NEAR(whole.items[0].item<double>(), 7.5 * fault, 3e-3);
  EXPECT_NEAR(whole.items[1].item<double>(), 0.5 * kLn2, 1e-3);
  EXPECT_NEAR(whole.items[2].item<double>(), 1.5 * kLn2, kNear);
  batch.boxes.select(1, 3).fill_(1.9 / 16);
  ExpectItems(loss(), {0, 0.5 * 4 * kLn2, 0}, 1);
}

// The mean of the pictures, and not multiplied by them.
TEST(LossPartsTest, Classify) {
  Batch batch;
  batch.images = at::zeros({2, 3, 16, 16});
  batch.classes = at::tensor({0, 1}, at::kLong);
  const Tensor logits =
      at::tensor({0.0F, 0.0F, static_cast<float>(std::log(3.0)), 0.0F})
          .view({2, 2});
  ExpectItems(LossOf(Task::kClassify, {logits}, batch),
              {(kLn2 + std::log(4.0)) / 2}, 1);
}

TEST(LossPartsTest, NamesAreAsManyAsItems) {
  EXPECT_EQ(LossNames(Task::kDetect).size(), 3U);
  EXPECT_EQ(LossNames(Task::kObb).size(), 3U);
  EXPECT_EQ(LossNames(Task::kSegment)[1], "seg_loss");
  EXPECT_EQ(LossNames(Task::kPose)[2], "kobj_loss");
  EXPECT_EQ(LossNames(Task::kClassify).size(), 1U);
}

}  // namespace
}  // namespace loss_parts_test
}  // namespace yolotorch::train

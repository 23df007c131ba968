// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// What may be taken of a temporary, and that the rest does not compile.
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "yolotorch/model.h"

namespace yolotorch {
namespace {

// Whether what Predict() found in a batch can be had of a Predictions that is
// about to be destroyed.
template <typename T>
concept GivesImages = requires(T&& found) {
  std::forward<T>(found).images()[0];
};
static_assert(GivesImages<Predictions&>);
static_assert(GivesImages<const Predictions&>);
static_assert(!GivesImages<Predictions>);
static_assert(!GivesImages<const Predictions>);

TEST(ModelLifetimeTest, ALoopMayRunOverATemporary) {
  const std::vector<std::uint8_t> grey(48 * 40 * 3, 100);
  const ImageView picture{grey.data(), 48, 40, 0, PixelFormat::kRgb};
  PredictOptions options;
  options.conf = 0;
  options.net_height = 64;
  options.net_width = 64;
  Model model = Model::Load("yolo11n.yaml");
  const ImageResult kept = model.Predict(picture, options);
  ASSERT_FALSE(kept.detections.empty());
  std::size_t i = 0;
  for (const Detection& found : model.Predict(picture, options).detections) {
    ASSERT_LT(i, kept.detections.size());
    EXPECT_EQ(found.confidence, kept.detections[i++].confidence);
  }
  EXPECT_EQ(i, kept.detections.size());
  const ModelInfo& info = Model::Load("yolo11n.yaml").info();
  EXPECT_EQ(info.names.size(), 80U);
}

}  // namespace
}  // namespace yolotorch

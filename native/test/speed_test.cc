// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// How long a prediction takes at each optimize_level. Not run with the tests:
//   yolotorch_test --gtest_also_run_disabled_tests --gtest_filter=*SpeedTest*
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch {
namespace {

constexpr int kLevels = 4;

// Milliseconds of the network alone, level by level, over and over.
void Measure(const std::string& file, std::size_t batch, int rounds) {
  std::vector<std::uint8_t> pixels(640 * 640 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>(i * 7 % 256);
  }
  const std::vector<ImageView> images(
      batch, {pixels.data(), 640, 640, 0, PixelFormat::kRgb});
  std::vector<Model> models;
  for (int level = 0; level < kLevels; ++level) {
    models.push_back(Model::Load(file, {.optimize_level = level}));
    const double first = models.back().Predict(images, {}).inference_ms;
    test::Figure("first_level_" + std::to_string(level), first, "ms");
  }
  std::vector<std::vector<double>> times(kLevels);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t level = 0; level < kLevels; ++level) {
      times[level].push_back(models[level].Predict(images, {}).inference_ms);
    }
  }
  for (std::size_t level = 0; level < kLevels; ++level) {
    std::sort(times[level].begin(), times[level].end());
    const std::string name =
        "batch_" + std::to_string(batch) + "_level_" + std::to_string(level);
    test::Figure(name + "_min", times[level].front(), "ms");
    test::Figure(name + "_median", times[level][times[level].size() / 2], "ms");
  }
}

TEST(DISABLED_SpeedTest, Levels) {
  REQUIRE_ASSETS();
  Measure(test::Asset("exported/yolo11n.torchscript"), 1, 40);
  Measure(test::Asset("exported/yolo11n.torchscript"), 8, 8);
}

}  // namespace
}  // namespace yolotorch

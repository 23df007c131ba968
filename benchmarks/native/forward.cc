// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// How long does a prediction take in C++, level by level in turns?
//   forward MODEL [BATCH [ROUNDS [THREADS]]]
// Prints, a line a level: the first prediction, which compiles the network,
// then min and median of the whole call and the median of the network alone.
#include <yolotorch/model.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

constexpr int kLevels = 4;

struct Level {
  yolotorch::Model model;
  double first = 0;
  std::vector<double> whole;
  std::vector<double> network;
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Milliseconds of a prediction as its caller sees it.
double Time(Level& level, const std::vector<yolotorch::ImageView>& images) {
  const auto start = std::chrono::steady_clock::now();
  const yolotorch::Predictions found = level.model.Predict(images);
  const auto end = std::chrono::steady_clock::now();
  level.network.push_back(found.inference_ms);
  return std::chrono::duration<double, std::milli>(end - start).count();
}

int Argument(int argc, char** argv, int at, int otherwise) {
  return std::max(1, at < argc ? std::atoi(argv[at]) : otherwise);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s MODEL [BATCH [ROUNDS [THREADS]]]\n",
                 argv[0]);
    return 2;
  }
  const int batch = Argument(argc, argv, 2, 1);
  const int rounds = Argument(argc, argv, 3, 40);
  const int threads = Argument(argc, argv, 4, 2);
  try {
    std::vector<Level> levels;
    for (int level = 0; level < kLevels; ++level) {
      levels.push_back({yolotorch::Model::Load(
          argv[1], {.threads = threads, .optimize_level = level})});
    }
    // What the pixels show makes no difference to the network.
    const yolotorch::ModelInfo& info = levels[0].model.info();
    const int width = info.net_width;
    const int height = info.net_height;
    std::vector<std::uint8_t> pixels(std::size_t(3) * width * height);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = static_cast<std::uint8_t>(i * 7 % 256);
    }
    const std::vector<yolotorch::ImageView> images(
        batch, {pixels.data(), width, height, 0, yolotorch::PixelFormat::kRgb});
    for (Level& level : levels) {
      level.first = Time(level, images);
      level.network.clear();
    }
    for (int round = 0; round < rounds; ++round) {
      for (Level& level : levels) {
        level.whole.push_back(Time(level, images));
      }
    }
    for (int i = 0; i < kLevels; ++i) {
      const Level& level = levels[i];
      std::printf(
          "level %d batch %d: first %.1f, min %.2f, median %.2f, network "
          "median %.2f ms\n",
          i, batch, level.first,
          *std::min_element(level.whole.begin(), level.whole.end()),
          Median(level.whole), Median(level.network));
    }
  } catch (const yolotorch::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

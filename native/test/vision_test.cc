// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <vector>

#include "support.h"
#include "vision/letterbox.h"
#include "vision/nms.h"

namespace yolotorch::vision {
namespace {

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

TEST(LetterboxTest, MatchesKnownExamples) {
  struct Example {
    int height, width, scaled_height, scaled_width, top, left;
  };
  for (const Example& e :
       {Example{1080, 810, 640, 480, 0, 80},
        Example{720, 1280, 360, 640, 140, 0},
        Example{427, 640, 427, 640, 106, 0}, Example{640, 639, 640, 639, 0, 0},
        Example{333, 500, 426, 640, 107, 0}}) {
    const Letterbox box = FitLetterbox(e.height, e.width, 640, 640);
    EXPECT_EQ(box.scaled_height, e.scaled_height);
    EXPECT_EQ(box.scaled_width, e.scaled_width);
    EXPECT_EQ(box.top, e.top);
    EXPECT_EQ(box.left, e.left);
  }
}

TEST(LetterboxTest, KeepsExtremePicturesVisible) {
  const Letterbox box = FitLetterbox(3, 8000, 640, 640);
  EXPECT_EQ(box.scaled_height, 1);
  EXPECT_EQ(box.scaled_width, 640);
  const std::vector<std::uint8_t> pixels(3 * 8000 * 3, 200);
  std::vector<std::uint8_t> out(640 * 640 * 3);
  LetterboxToRgb({pixels.data(), 8000, 3, 0, PixelFormat::kRgb}, box,
                 out.data());
  EXPECT_EQ(out[static_cast<std::size_t>(box.top) * 640 * 3], 200);
  EXPECT_EQ(out[0], 114);
}

TEST(LetterboxTest, ReadsEveryPixelFormat) {
  // One red pixel with alpha 9, in each order of channels.
  const std::vector<std::pair<PixelFormat, std::vector<std::uint8_t>>> cases = {
      {PixelFormat::kRgb, {250, 20, 30}},
      {PixelFormat::kBgr, {30, 20, 250}},
      {PixelFormat::kRgba, {250, 20, 30, 9}},
      {PixelFormat::kBgra, {30, 20, 250, 9}},
      {PixelFormat::kArgb, {9, 250, 20, 30}},
      {PixelFormat::kAbgr, {9, 30, 20, 250}}};
  for (const auto& [format, pixel] : cases) {
    std::array<std::uint8_t, 3> out{};
    LetterboxToRgb({pixel.data(), 1, 1, 0, format}, FitLetterbox(1, 1, 1, 1),
                   out.data());
    EXPECT_EQ(out, (std::array<std::uint8_t, 3>{250, 20, 30}));
  }
}

TEST(LetterboxTest, PlanesHoldTheSamePicture) {
  std::vector<std::uint8_t> pixels(37 * 53 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>(i * 31 % 251);
  }
  const ImageView image{pixels.data(), 53, 37, 0, PixelFormat::kBgr};
  const Letterbox box = FitLetterbox(37, 53, 96, 64);
  std::vector<std::uint8_t> rgb(96 * 64 * 3);
  std::vector<float> planes(96 * 64 * 3);
  LetterboxToRgb(image, box, rgb.data());
  LetterboxToPlanes(image, box, planes.data());
  for (std::size_t i = 0; i < 96 * 64; ++i) {
    for (std::size_t c = 0; c < 3; ++c) {
      ASSERT_EQ(planes[c * 96 * 64 + i],
                static_cast<float>(rgb[i * 3 + c]) / 255.0F);
    }
  }
}

TEST(LetterboxTest, HonoursRowsWithGaps) {
  const std::vector<std::uint8_t> pixels = {1, 2, 3, 99, 4, 5, 6, 99};
  std::array<std::uint8_t, 6> out{};
  LetterboxToRgb({pixels.data(), 1, 2, 4, PixelFormat::kRgb},
                 FitLetterbox(2, 1, 2, 1), out.data());
  EXPECT_EQ(out, (std::array<std::uint8_t, 6>{1, 2, 3, 4, 5, 6}));
}

TEST(UnletterboxTest, GoesBackAndClips) {
  const Letterbox box = FitLetterbox(1080, 810, 640, 640);
  std::array<float, 4> corners = {80, 0, 560, 640};
  UnletterboxBox(box, corners.data());
  EXPECT_EQ(corners, (std::array<float, 4>{0, 0, 810, 1080}));
  corners = {10, -5, 700, 700};
  UnletterboxBox(box, corners.data());
  EXPECT_EQ(corners, (std::array<float, 4>{0, 0, 810, 1080}));
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

TEST(NmsTest, AMillionCandidatesStayQuick) {
  std::vector<float> output(5 * 1'000'000);
  for (std::size_t i = 0; i < 1'000'000; ++i) {
    output[i] = static_cast<float>(i % 1000) * 10;
    output[1'000'000 + i] = static_cast<float>(i / 1000) * 10;
    output[2'000'000 + i] = 5;
    output[3'000'000 + i] = 5;
    output[4'000'000 + i] = 0.5F;
  }
  const NmsOptions options;
  const auto start = std::chrono::steady_clock::now();
  const auto kept = SuppressNonMaxima(
      SelectCandidates(output.data(), 1'000'000, 1, options), options);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  EXPECT_EQ(kept.size(), 300U);
  EXPECT_LE(seconds, 1.0);
}

TEST(NmsTest, EmptyOutputGivesNothing) {
  const NmsOptions options;
  EXPECT_TRUE(SelectCandidates(nullptr, 0, 80, options).empty());
  EXPECT_TRUE(SuppressNonMaxima({}, options).empty());
}

}  // namespace
}  // namespace yolotorch::vision

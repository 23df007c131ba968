// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/letterbox.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "support.h"
#include "vision/pixels.h"

namespace yolotorch::vision {
namespace {

TEST(LetterboxTest, OfValRoundsUpAndGoesBackExactly) {
  const Letterbox box = FitValLetterbox(333, 500, 640, 640);
  EXPECT_EQ(box.scaled_height, 427);  // 426.24
  EXPECT_EQ(box.scaled_width, 640);
  EXPECT_EQ(box.top, 106);
  std::array<float, 4> corners = {-64, 106, 704, 533};
  UnletterboxBox(box, corners.data());
  EXPECT_FLOAT_EQ(corners[0], -50);
  EXPECT_FLOAT_EQ(corners[1], 0);
  EXPECT_FLOAT_EQ(corners[2], 550);
  EXPECT_FLOAT_EQ(corners[3], 333);
  std::array<float, 4> rotated = {320, 319.5F, 64, 42.7F};
  UnletterboxRotated(box, rotated.data());
  EXPECT_FLOAT_EQ(rotated[0], 250);
  EXPECT_FLOAT_EQ(rotated[1], 166.5F);
  EXPECT_FLOAT_EQ(rotated[2], 50);
  EXPECT_FLOAT_EQ(rotated[3], 33.3F);
  std::array<float, 2> point = {-64, 320};
  UnletterboxPoint(box, point.data());
  EXPECT_FLOAT_EQ(point[0], -50);
  EXPECT_EQ(FitValLetterbox(1, 5000, 640, 640).scaled_height, 1);
}

TEST(LetterboxTest, OfValLeavesAMarginAroundASideOfItsOwn) {
  const Letterbox box = FitValLetterbox(333, 500, 448, 672, 640);
  EXPECT_EQ(box.scaled_height, 427);  // 426.24
  EXPECT_EQ(box.scaled_width, 640);
  EXPECT_EQ(box.top, 10);  // 10.5
  EXPECT_EQ(box.left, 16);
  std::array<float, 4> corners = {16, 10, 656, 437};
  UnletterboxBox(box, corners.data());
  EXPECT_FLOAT_EQ(corners[0], 0);
  EXPECT_FLOAT_EQ(corners[1], 0);
  EXPECT_FLOAT_EQ(corners[2], 500);
  EXPECT_FLOAT_EQ(corners[3], 333);
  // A side that the input has no room for is cut.
  EXPECT_EQ(FitValLetterbox(100, 200, 64, 64, 640).scaled_width, 64);
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

TEST(LetterboxTest, TheSmallestInputIsAsLargeAsTheStrideSays) {
  using Sides = std::array<int, 2>;
  EXPECT_EQ(SmallestInput(1080, 810, 640, 640, 32), (Sides{640, 480}));
  EXPECT_EQ(SmallestInput(720, 1280, 640, 640, 32), (Sides{384, 640}));
  EXPECT_EQ(SmallestInput(427, 640, 640, 640, 32), (Sides{448, 640}));
  EXPECT_EQ(SmallestInput(427, 640, 640, 640, 64), (Sides{448, 640}));
  EXPECT_EQ(SmallestInput(50, 8000, 640, 640, 32), (Sides{32, 640}));
  EXPECT_EQ(SmallestInput(1, 8000, 640, 640, 32), (Sides{32, 640}));
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

TEST(LetterboxTest, FloatsHoldTheSamePictureHoweverItsRowsAreShared) {
  std::vector<std::uint8_t> pixels(37 * 53 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>(i * 31 % 251);
  }
  const ImageView image{pixels.data(), 53, 37, 0, PixelFormat::kBgr};
  const Letterbox box = FitLetterbox(37, 53, 96, 64);
  std::vector<std::uint8_t> rgb(96 * 64 * 3);
  LetterboxToRgb(image, box, rgb.data());
  for (const int part : {96, 50, 7, 1}) {
    std::vector<float> planes(96 * 64 * 3, -1);
    std::vector<float> interleaved(96 * 64 * 3, -1);
    for (int begin = 0; begin < 96; begin += part) {
      const RowRange rows{begin, std::min(begin + part, 96)};
      LetterboxToPlanes(image, box, rows, planes.data());
      LetterboxToPixels(image, box, rows, interleaved.data());
    }
    for (std::size_t i = 0; i < 96 * 64; ++i) {
      for (std::size_t c = 0; c < 3; ++c) {
        ASSERT_EQ(planes[c * 96 * 64 + i],
                  static_cast<float>(rgb[i * 3 + c]) / 255.0F);
        ASSERT_EQ(interleaved[i * 3 + c], planes[c * 96 * 64 + i]);
      }
    }
  }
}

// Each channel is what it is as a picture of its own.
TEST(LetterboxTest, ManyChannelsAreScaledOneLikeTheOther) {
  for (const int channels : {2, 4, 6, 16}) {
    const auto count = static_cast<std::size_t>(channels);
    std::vector<std::uint8_t> pixels(37 * 53 * count);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = static_cast<std::uint8_t>(i * 31 % 251);
    }
    const ImageView image{pixels.data(),          53,      37, 0,
                          PixelFormat::kChannels, channels};
    const Letterbox box = FitLetterbox(37, 53, 96, 64);
    std::vector<float> planes(96 * 64 * count, -1);
    std::vector<float> interleaved(96 * 64 * count, -1);
    LetterboxToPlanes(image, box, {0, 96}, planes.data(), channels);
    LetterboxToPixels(image, box, {0, 96}, interleaved.data(), channels);
    for (std::size_t c = 0; c < count; ++c) {
      std::vector<std::uint8_t> one(37 * 53);
      for (std::size_t i = 0; i < one.size(); ++i) {
        one[i] = pixels[i * count + c];
      }
      std::vector<std::uint8_t> rgb(96 * 64 * 3);
      LetterboxToRgb({one.data(), 53, 37, 0, PixelFormat::kGray}, box,
                     rgb.data());
      for (std::size_t i = 0; i < 96 * 64; ++i) {
        ASSERT_EQ(planes[c * 96 * 64 + i],
                  static_cast<float>(rgb[i * 3]) / 255.0F);
        ASSERT_EQ(interleaved[i * count + c], planes[c * 96 * 64 + i]);
      }
    }
  }
}

// Values of OpenCV's COLOR_BGR2GRAY.
TEST(LetterboxTest, OneChannelHoldsTheGreyOfColours) {
  const std::vector<std::pair<std::vector<std::uint8_t>, int>> cases = {
      {{255, 0, 0}, 76},      {{0, 255, 0}, 150}, {{0, 0, 255}, 29},
      {{255, 255, 255}, 255}, {{1, 1, 1}, 1},     {{250, 20, 30}, 90},
      {{0, 0, 0}, 0}};
  for (const auto& [rgb, grey] : cases) {
    float out = -1;
    LetterboxToPixels({rgb.data(), 1, 1, 0, PixelFormat::kRgb},
                      FitLetterbox(1, 1, 1, 1), {0, 1}, &out, 1);
    EXPECT_EQ(out, static_cast<float>(grey) / 255.0F);
    const std::vector<std::uint8_t> abgr = {9, rgb[2], rgb[1], rgb[0]};
    LetterboxToPlanes({abgr.data(), 1, 1, 0, PixelFormat::kAbgr},
                      FitLetterbox(1, 1, 1, 1), {0, 1}, &out, 1);
    EXPECT_EQ(out, static_cast<float>(grey) / 255.0F);
  }
  for (int value = 0; value < 4096; ++value) {
    const int red = value % 16 * 17;
    const int green = value / 16 % 16 * 17;
    const int blue = value / 256 * 17;
    EXPECT_NEAR(GreyOf(red, green, blue),
                0.299 * red + 0.587 * green + 0.114 * blue, 0.51);
  }
}

// Converted before it is scaled, as OpenCV reads a file in grey.
TEST(LetterboxTest, GreyIsScaledAfterItsConversion) {
  std::vector<std::uint8_t> pixels(37 * 53 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>(i * i * 31 % 251);
  }
  std::vector<std::uint8_t> grey;
  for (std::size_t i = 0; i < pixels.size(); i += 3) {
    grey.push_back(GreyOf(pixels[i], pixels[i + 1], pixels[i + 2]));
  }
  const Letterbox box = FitLetterbox(37, 53, 96, 64);
  std::vector<float> expected(96 * 64);
  std::vector<float> actual(96 * 64);
  LetterboxToPlanes({grey.data(), 53, 37, 0, PixelFormat::kGray}, box, {0, 96},
                    expected.data(), 1);
  LetterboxToPixels({pixels.data(), 53, 37, 0, PixelFormat::kRgb}, box, {0, 96},
                    actual.data(), 1);
  EXPECT_EQ(actual, expected);
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

}  // namespace
}  // namespace yolotorch::vision

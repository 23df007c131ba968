// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/classify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "cpu_time.h"
#include "support.h"

namespace yolotorch::vision {
namespace {

TEST(ClassifyTest, FlatPicturesStayFlat) {
  const std::vector<std::uint8_t> pixels(300 * 200 * 3, 77);
  std::vector<std::uint8_t> out(50 * 50 * 3);
  ClassifyCropToRgb({pixels.data(), 300, 200, 0, PixelFormat::kRgb}, 50, 50,
                    out.data());
  EXPECT_EQ(out, std::vector<std::uint8_t>(50 * 50 * 3, 77));
}

TEST(ClassifyTest, PlanesAndPixelsHoldTheSamePicture) {
  std::vector<std::uint8_t> pixels(70 * 40 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>(i * 31 % 251);
  }
  const ImageView image{pixels.data(), 70, 40, 0, PixelFormat::kBgr};
  std::vector<float> planes(32 * 48 * 3);
  std::vector<float> interleaved(32 * 48 * 3);
  ClassifyCropToPlanes(image, 32, 48, planes.data());
  ClassifyCropToPixels(image, 32, 48, interleaved.data());
  for (std::size_t i = 0; i < interleaved.size(); ++i) {
    ASSERT_EQ(interleaved[i], planes[i % 3 * 32 * 48 + i / 3]);
  }
}

TEST(ClassifyTest, ManyChannelsAreScaledOneLikeTheOther) {
  for (const std::size_t count : {2U, 4U, 16U}) {
    const auto channels = static_cast<int>(count);
    std::vector<std::uint8_t> pixels(70 * 40 * count);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = static_cast<std::uint8_t>(i * 31 % 251);
    }
    const ImageView image{pixels.data(),          70,      40, 0,
                          PixelFormat::kChannels, channels};
    std::vector<float> planes(32 * 32 * count);
    std::vector<float> interleaved(32 * 32 * count);
    ClassifyCropToPlanes(image, 32, 32, planes.data(), channels);
    ClassifyCropToPixels(image, 32, 32, interleaved.data(), channels);
    for (std::size_t c = 0; c < count; ++c) {
      std::vector<std::uint8_t> one(70 * 40);
      for (std::size_t i = 0; i < one.size(); ++i) {
        one[i] = pixels[i * count + c];
      }
      std::vector<std::uint8_t> rgb(32 * 32 * 3);
      ClassifyCropToRgb({one.data(), 70, 40, 0, PixelFormat::kGray}, 32, 32,
                        rgb.data());
      for (std::size_t i = 0; i < 32 * 32; ++i) {
        ASSERT_EQ(planes[c * 32 * 32 + i],
                  static_cast<float>(rgb[i * 3]) / 255.0F);
        ASSERT_EQ(interleaved[i * count + c], planes[c * 32 * 32 + i]);
      }
    }
  }
}

TEST(ClassifyTest, ExtremePicturesCostNoMoreThanTheirCrop) {
  // Scaled as a whole this one would be 14.7 million pixels long.
  std::vector<std::uint8_t> pixels(65'535 * 3, 77);
  std::vector<std::uint8_t> crop(224 * 224 * 3);
  for (const bool wide : {true, false}) {
    const ImageView image{pixels.data(), wide ? 65'535 : 1, wide ? 1 : 65'535,
                          0, PixelFormat::kRgb};
    // As many pixels in a square; scaling the whole would cost 65,536 times it.
    const ImageView square{pixels.data(), 255, 257, 0, PixelFormat::kRgb};
    test::ExpectCpuRatio(
        "classify_crop_of_extreme_over_square", 50,
        [&] { ClassifyCropToRgb(image, 224, 224, crop.data()); },
        [&] { ClassifyCropToRgb(square, 224, 224, crop.data()); });
    ClassifyCropToRgb(image, 224, 224, crop.data());
    EXPECT_EQ(crop, std::vector<std::uint8_t>(crop.size(), 77));
  }
}

}  // namespace
}  // namespace yolotorch::vision

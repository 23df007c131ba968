// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Pictures of any size, format and row length into any input: letterboxed, and
// cut for classifiers. Numbers of the input choose all of them.
#include "vision/letterbox.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "fuzz/support.h"
#include "vision/classify.h"
#include "vision/pixels.h"

namespace yolotorch::fuzz {
namespace {

using vision::Letterbox;

constexpr int kMaxImageSide = 48;
constexpr int kMaxNetSide = 40;

// Planes and pixels are the same values in another order.
void RequireSame(const std::vector<float>& planes,
                 const std::vector<float>& pixels, std::size_t channels) {
  const std::size_t plane = planes.size() / channels;
  for (std::size_t i = 0; i < plane; ++i) {
    for (std::size_t c = 0; c < channels; ++c) {
      Require(planes[c * plane + i] == pixels[i * channels + c],
              "planes and pixels of the same values");
    }
  }
}

void RequireBytes(const std::vector<std::uint8_t>& bytes,
                  const std::vector<float>& pixels) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Require(vision::UnitValues()[bytes[i]] == pixels[i],
            "bytes and floats of the same values");
  }
}

// Boxes are mapped from the input to the picture.
void MapBack(const Letterbox& box, FuzzedDataProvider* in) {
  std::array<float, 4> place{};
  for (float& value : place) value = in->ConsumeFloatingPoint<float>();
  std::array<float, 4> corners = place;
  vision::UnletterboxBox(box, corners.data());
  if (!box.exact) {
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const int side = i % 2 == 0 ? box.image_width : box.image_height;
      Require(corners[i] >= 0 && corners[i] <= static_cast<float>(side),
              "a box inside the picture");
    }
  }
  vision::UnletterboxRotated(box, place.data());
  vision::UnletterboxPoint(box, place.data());
}

void RequireInside(const Letterbox& box) {
  Require(box.scaled_height >= 1 && box.scaled_width >= 1, "a pixel");
  Require(box.top >= 0 && box.top + box.scaled_height <= box.net_height &&
              box.left >= 0 && box.left + box.scaled_width <= box.net_width,
          "the picture inside the input");
}

// Sizes alone, as large as they may be.
void FitLargest(FuzzedDataProvider* in) {
  constexpr int kMaxInt = 0x7FFFFFFF;
  const auto image_height = in->ConsumeIntegralInRange<int>(1, kMaxInt);
  const auto image_width = in->ConsumeIntegralInRange<int>(1, kMaxInt);
  const auto height = in->ConsumeIntegralInRange<int>(1, YOLOTORCH_MAX_SIDE);
  const auto width = in->ConsumeIntegralInRange<int>(1, YOLOTORCH_MAX_SIDE);
  const auto side = in->ConsumeIntegralInRange<int>(0, YOLOTORCH_MAX_SIDE);
  const auto stride = in->ConsumeIntegralInRange<int>(1, 1024);
  RequireInside(vision::FitLetterbox(image_height, image_width, height, width));
  RequireInside(
      vision::FitValLetterbox(image_height, image_width, height, width, side));
  const auto [least_height, least_width] =
      vision::SmallestInput(image_height, image_width, height, width, stride);
  Require(least_height >= 1 && least_height < height + stride &&
              least_width >= 1 && least_width < width + stride,
          "an input no larger than the model's");
}

void Convert(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider in(data, size);
  FitLargest(&in);
  ImageView image;
  image.width = in.ConsumeIntegralInRange<int>(1, kMaxImageSide);
  image.height = in.ConsumeIntegralInRange<int>(1, kMaxImageSide);
  image.format = static_cast<PixelFormat>(in.ConsumeIntegralInRange<int>(0, 7));
  image.channels = in.ConsumeIntegralInRange<int>(1, YOLOTORCH_MAX_CHANNELS);
  const std::int64_t least =
      std::int64_t{image.width} *
      vision::ChannelsOf(image.format, image.channels).pixel_bytes;
  const auto gap = in.ConsumeIntegralInRange<std::int64_t>(0, 40);
  if (gap > 0) image.row_bytes = least + gap;
  int channels = vision::ChannelsOf(image.format, image.channels).count;
  if (channels == 3 && in.ConsumeBool()) channels = 1;
  Require(vision::Suits(image, channels));
  const auto height = in.ConsumeIntegralInRange<int>(1, kMaxNetSide);
  const auto width = in.ConsumeIntegralInRange<int>(1, kMaxNetSide);
  const Letterbox box =
      in.ConsumeBool()
          ? vision::FitLetterbox(image.height, image.width, height, width)
          : vision::FitValLetterbox(image.height, image.width, height, width,
                                    in.ConsumeIntegralInRange<int>(0, 200));
  const auto middle = in.ConsumeIntegralInRange<int>(0, height);
  MapBack(box, &in);

  // No byte more than a caller has to give.
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(
      vision::RowBytes(image) * (image.height - 1) + least));
  const std::vector<std::uint8_t> given =
      in.ConsumeRemainingBytes<std::uint8_t>();
  for (std::size_t i = 0; i < pixels.size() && !given.empty(); ++i) {
    pixels[i] = given[i % given.size()];
  }
  image.pixels = pixels.data();

  const std::size_t count =
      static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  std::vector<float> planes(count * static_cast<std::size_t>(channels), -1);
  std::vector<float> packed(planes.size(), -2);
  for (const vision::RowRange rows :
       {vision::RowRange{0, middle}, vision::RowRange{middle, height}}) {
    vision::LetterboxToPlanes(image, box, rows, planes.data(), channels);
    vision::LetterboxToPixels(image, box, rows, packed.data(), channels);
  }
  RequireSame(planes, packed, static_cast<std::size_t>(channels));
  const bool of_colours = vision::Suits(image, 3);
  std::vector<std::uint8_t> rgb(count * 3);
  if (of_colours) {
    vision::LetterboxToRgb(image, box, rgb.data());
    if (channels == 3) RequireBytes(rgb, packed);
  }
  vision::ClassifyCropToPlanes(image, height, width, planes.data(), channels);
  vision::ClassifyCropToPixels(image, height, width, packed.data(), channels);
  RequireSame(planes, packed, static_cast<std::size_t>(channels));
  if (of_colours) {
    vision::ClassifyCropToRgb(image, height, width, rgb.data());
    if (channels == 3) RequireBytes(rgb, packed);
  }
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) { yolotorch::fuzz::Convert(data, size); }

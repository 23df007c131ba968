// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/classify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "augment/canvas.h"
#include "augment/colour.h"
#include "augment/format.h"
#include "augment/load.h"
#include "augment/rand_augment.h"
#include "augment/streams.h"
#include "vision/classify.h"
#include "vision/pixels.h"

namespace yolotorch::augment {
namespace {

constexpr int kTries = 10;

struct Sides {
  int width;
  int height;
};

// The sides of an area with a drawn ratio of width to height.
Sides DrawSides(double area, double low, double high, Random* random) {
  const double ratio = std::exp(random->Uniform(std::log(low), std::log(high)));
  return {vision::RoundHalfEven(std::sqrt(area * ratio)),
          vision::RoundHalfEven(std::sqrt(area / ratio))};
}

Part DrawPlace(const Sides& sides, int height, int width, Random* random) {
  const int y = random->Between(0, height - sides.height);
  const int x = random->Between(0, width - sides.width);
  return {x, y, x + sides.width, y + sides.height};
}

ImageView PartOf(const ImageView& image, const Part& part) {
  ImageView view = image;
  view.row_bytes = vision::RowBytes(image);
  const int pixel_bytes =
      vision::ChannelsOf(image.format, image.channels).pixel_bytes;
  view.pixels +=
      part.y1 * view.row_bytes + std::ptrdiff_t{part.x1} * pixel_bytes;
  view.width = part.x2 - part.x1;
  view.height = part.y2 - part.y1;
  return view;
}

void MirrorColumns(Canvas* canvas) {
  std::uint8_t* row = canvas->pixels.data();
  for (int y = 0; y < canvas->height; ++y) {
    std::uint8_t* left = row;
    row += std::ptrdiff_t{canvas->width} * 3;
    for (std::uint8_t* right = row - 3; left < right; left += 3, right -= 3) {
      std::swap_ranges(left, left + 3, right);
    }
  }
}

void MirrorRows(Canvas* canvas) {
  const std::ptrdiff_t bytes = std::ptrdiff_t{canvas->width} * 3;
  std::uint8_t* upper = canvas->pixels.data();
  std::uint8_t* lower = upper + (canvas->height - 1) * bytes;
  for (; upper < lower; upper += bytes, lower -= bytes) {
    std::swap_ranges(upper, upper + bytes, lower);
  }
}

// torchvision's: factors around 1, in a drawn order; each is drawn.
void ColorJitter(const Options& options, Random* random, Canvas* canvas) {
  std::array<int, 4> order = {0, 1, 2, 3};
  for (int i = 3; i > 0; --i) {
    std::swap(order[static_cast<std::size_t>(i)],
              order[static_cast<std::size_t>(random->Below(i + 1))]);
  }
  const auto factor = [random](double gain) {
    return random->Uniform(std::max(0.0, 1 - gain), 1 + gain);
  };
  const double brightness = factor(options.hsv_v);
  const double contrast = factor(options.hsv_v);
  const double saturation = factor(options.hsv_s);
  const double most = std::min(options.hsv_h, 0.5);
  const double hue = random->Uniform(-most, most);
  for (const int step : order) {
    if (step == 0 && options.hsv_v > 0) AdjustBrightness(brightness, canvas);
    if (step == 1 && options.hsv_v > 0) AdjustContrast(contrast, canvas);
    if (step == 2 && options.hsv_s > 0) AdjustSaturation(saturation, canvas);
    if (step == 3 && options.hsv_h > 0) AdjustHue(hue, canvas);
  }
}

void Erase(const Part& part, Planes* planes) {
  const std::ptrdiff_t width = planes->width;
  for (std::ptrdiff_t c = 0; c < 3; ++c) {
    for (std::ptrdiff_t y = part.y1; y < part.y2; ++y) {
      std::fill_n(
          planes->pixels.begin() + (c * planes->height + y) * width + part.x1,
          part.x2 - part.x1, std::uint8_t{0});
    }
  }
}

}  // namespace

Part DrawCrop(int height, int width, double least, Random* random) {
  constexpr double kLow = 3.0 / 4;
  constexpr double kHigh = 4.0 / 3;
  const double area = static_cast<double>(height) * width;
  for (int i = 0; i < kTries; ++i) {
    const double share = random->Uniform(least, 1);
    const Sides sides = DrawSides(area * share, kLow, kHigh, random);
    if (sides.width > 0 && sides.width <= width && sides.height > 0 &&
        sides.height <= height) {
      return DrawPlace(sides, height, width, random);
    }
  }
  Sides sides{width, height};
  const double ratio = static_cast<double>(width) / height;
  if (ratio < kLow) sides.height = vision::RoundHalfEven(width / kLow);
  if (ratio > kHigh) sides.width = vision::RoundHalfEven(height * kHigh);
  const int x = (width - sides.width) / 2;
  const int y = (height - sides.height) / 2;
  return {x, y, x + sides.width, y + sides.height};
}

Part DrawErasing(int height, int width, Random* random) {
  const double area = static_cast<double>(height) * width;
  for (int i = 0; i < kTries; ++i) {
    const double share = random->Uniform(0.02, 0.33);
    const Sides drawn = DrawSides(area * share, 0.3, 3.3, random);
    // Here the ratio is that of height to width.
    const Sides sides{drawn.height, drawn.width};
    if (sides.width < width && sides.height < height) {
      return DrawPlace(sides, height, width, random);
    }
  }
  return {};
}

Sample ClassifyTrain(const Options& options, std::uint64_t seed, int epoch,
                     int index, const ImageView& image) {
  RequireColours(image);
  Random random(seed, epoch, index, kClassifyStream);
  const Part crop =
      DrawCrop(image.height, image.width, 1 - options.scale, &random);
  Canvas canvas = GreyCanvas(options.imgsz, options.imgsz);
  vision::ResizeToRgb(PartOf(image, crop), options.imgsz, options.imgsz,
                      canvas.pixels.data());
  if (random.Chance(options.fliplr)) MirrorColumns(&canvas);
  if (random.Chance(options.flipud)) MirrorRows(&canvas);
  if (options.auto_augment == AutoAugment::kRandAugment) {
    RandAugment(&random, &canvas);
  } else {
    ColorJitter(options, &random, &canvas);
  }
  Planes planes = PlanesOf(std::move(canvas));
  if (random.Chance(options.erasing)) {
    Erase(DrawErasing(planes.height, planes.width, &random), &planes);
  }
  return SampleOf(options, std::move(planes));
}

Sample ClassifyVal(const Options& options, const ImageView& image) {
  RequireColours(image);
  Canvas canvas = GreyCanvas(options.imgsz, options.imgsz);
  vision::ClassifyCropToRgb(image, options.imgsz, options.imgsz,
                            canvas.pixels.data());
  return SampleOf(options, PlanesOf(std::move(canvas)));
}

}  // namespace yolotorch::augment

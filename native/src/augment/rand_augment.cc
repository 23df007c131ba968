// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/rand_augment.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

#include "augment/colour.h"

namespace yolotorch::augment {
namespace {

constexpr int kPlace = 9;
constexpr int kLastPlace = 30;
constexpr double kShare = static_cast<double>(kPlace) / kLastPlace;

// The value between the four pixels around a place; false if the place is
// outside of the picture.
class PillowSampler {
 public:
  PillowSampler(const std::uint8_t* pixels, int height, int width)
      : pixels_(pixels), height_(height), width_(width) {}

  bool Read(double x, double y, std::uint8_t* rgb) const {
    if (!(x >= 0 && x < width_ && y >= 0 && y < height_)) return false;
    x -= 0.5;
    y -= 0.5;
    const int left = static_cast<int>(std::floor(x));
    const int upper = static_cast<int>(std::floor(y));
    const double dx = x - left;
    const double dy = y - upper;
    for (int c = 0; c < 3; ++c) {
      const double first = Along(left, upper, c, dx);
      const double second = Along(left, upper + 1, c, dx);
      rgb[c] = static_cast<std::uint8_t>(first + (second - first) * dy);
    }
    return true;
  }

 private:
  // Places beyond the border have the value of the border.
  [[nodiscard]] double Along(int x, int y, int c, double dx) const {
    const double first = At(x, y, c);
    return first + (At(x + 1, y, c) - first) * dx;
  }

  [[nodiscard]] double At(int x, int y, int c) const {
    const std::ptrdiff_t row = std::clamp(y, 0, height_ - 1);
    return pixels_[(row * width_ + std::clamp(x, 0, width_ - 1)) * 3 + c];
  }

  const std::uint8_t* pixels_;
  int height_;
  int width_;
};

// Around the middle of the picture, anticlockwise.
void Rotate(double degrees, Canvas* canvas) {
  const double angle = -degrees * std::numbers::pi / 180;
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  const double cx = canvas->width / 2.0;
  const double cy = canvas->height / 2.0;
  AffinePillow({cosine, sine, cx - cosine * cx - sine * cy, -sine, cosine,
                cy + sine * cx - cosine * cy},
               canvas);
}

}  // namespace

double MagnitudeOf(Operation operation, int side) {
  switch (operation) {
    case Operation::kShearX:
    case Operation::kShearY:
      return 0.3 * kShare;
    case Operation::kTranslateX:
    case Operation::kTranslateY:
      return 150.0 / 331 * side * kShare;
    case Operation::kRotate:
      return 30 * kShare;
    case Operation::kBrightness:
    case Operation::kColor:
    case Operation::kContrast:
    case Operation::kSharpness:
      return 0.9 * kShare;
    case Operation::kPosterize:
      return 8 - std::nearbyint(kPlace / (kLastPlace / 4.0));
    case Operation::kSolarize:
      return 255 * (1 - kShare);
    case Operation::kIdentity:
    case Operation::kAutoContrast:
    case Operation::kEqualize:
      break;
  }
  return 0;
}

bool IsSigned(Operation operation) {
  return operation >= Operation::kShearX && operation <= Operation::kSharpness;
}

void Apply(Operation operation, double magnitude, Canvas* canvas) {
  switch (operation) {
    case Operation::kIdentity:
      return;
    case Operation::kShearX:
      return AffinePillow({1, magnitude, 0, 0, 1, 0}, canvas);
    case Operation::kShearY:
      return AffinePillow({1, 0, 0, magnitude, 1, 0}, canvas);
    case Operation::kTranslateX:
      return AffinePillow({1, 0, -std::trunc(magnitude), 0, 1, 0}, canvas);
    case Operation::kTranslateY:
      return AffinePillow({1, 0, 0, 0, 1, -std::trunc(magnitude)}, canvas);
    case Operation::kRotate:
      return Rotate(magnitude, canvas);
    case Operation::kBrightness:
      return AdjustBrightness(1 + magnitude, canvas);
    case Operation::kColor:
      return AdjustSaturation(1 + magnitude, canvas);
    case Operation::kContrast:
      return AdjustContrast(1 + magnitude, canvas);
    case Operation::kSharpness:
      return AdjustSharpness(1 + magnitude, canvas);
    case Operation::kPosterize:
      return Posterize(static_cast<int>(magnitude), canvas);
    case Operation::kSolarize:
      return Solarize(magnitude, canvas);
    case Operation::kAutoContrast:
      return AutoContrast(canvas);
    case Operation::kEqualize:
      return Equalize(canvas);
  }
}

void RandAugment(Random* random, Canvas* canvas) {
  constexpr int kTimes = 2;
  for (int i = 0; i < kTimes; ++i) {
    const auto operation = static_cast<Operation>(random->Below(kOperations));
    const int side =
        operation == Operation::kTranslateY ? canvas->height : canvas->width;
    double magnitude = MagnitudeOf(operation, side);
    if (IsSigned(operation) && random->Below(2) == 1) magnitude = -magnitude;
    Apply(operation, magnitude, canvas);
  }
}

void AffinePillow(const std::array<double, 6>& m, Canvas* canvas) {
  const std::vector<std::uint8_t> before = canvas->pixels;
  const PillowSampler sampler(before.data(), canvas->height, canvas->width);
  std::uint8_t* out = canvas->pixels.data();
  for (int row = 0; row < canvas->height; ++row) {
    const double y = row + 0.5;
    for (int column = 0; column < canvas->width; ++column, out += 3) {
      const double x = column + 0.5;
      if (!sampler.Read(m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5],
                        out)) {
        std::fill_n(out, 3, std::uint8_t{0});
      }
    }
  }
}

}  // namespace yolotorch::augment

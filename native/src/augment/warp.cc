// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/warp.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/warp_kernels.h"
#include "base/instruction_set.h"

namespace yolotorch::augment {
namespace {

// OpenCV's fixed point of the terms of a place.
constexpr int kTermBits = 10;
constexpr int kTermOne = 1 << kTermBits;
// No place inside of a canvas is that far, and two of them can be added.
constexpr double kFar = (1 << 30) - 64;

// Rounded half to even. The sum has no room for bits after the point.
inline std::int32_t FixedPoint(double value) {
  constexpr double kMagic = 0x1.8p52;
  const double near = std::min(std::max(value, -kFar), kFar);
  return static_cast<std::int32_t>((near + kMagic) - kMagic);
}

// Reads a canvas at the places of a row of the result, in 1/32 pixel.
class Sampler {
 public:
  Sampler(const Canvas& canvas, Planes* result)
      : canvas_(canvas),
        source_{canvas.pixels.data(), canvas.width * 3},
        result_(*result),
        x_(static_cast<std::size_t>(result->width)),
        y_(x_.size()) {}

  [[nodiscard]] std::vector<std::int32_t>& x() { return x_; }
  [[nodiscard]] std::vector<std::int32_t>& y() { return y_; }

  void WriteRow(int row) {
    static const WarpKernel kernel =
        WarpKernelFor(base::ChosenInstructionSet());
    const std::ptrdiff_t plane = std::ptrdiff_t{result_.height} * result_.width;
    std::uint8_t* red =
        result_.pixels.data() + std::ptrdiff_t{row} * result_.width;
    const PlanePlaces out = {red, red + plane, red + 2 * plane};
    std::size_t i = 0;
    while (i < x_.size()) {
      const std::size_t begin = i;
      while (i < x_.size() && IsInside(i)) ++i;
      if (i > begin) {
        kernel(source_, &x_[begin], &y_[begin], i - begin,
               {out[0] + begin, out[1] + begin, out[2] + begin});
      } else {
        WriteAtBorder(i, {out[0] + i, out[1] + i, out[2] + i});
        ++i;
      }
    }
  }

 private:
  // Whether all four pixels around a place are there.
  [[nodiscard]] bool IsInside(std::size_t i) const {
    return static_cast<std::uint32_t>(x_[i] >> kPlaceBits) <
               static_cast<std::uint32_t>(canvas_.width - 1) &&
           static_cast<std::uint32_t>(y_[i] >> kPlaceBits) <
               static_cast<std::uint32_t>(canvas_.height - 1);
  }

  void WriteAtBorder(std::size_t i, const PlanePlaces& out) const {
    const std::int32_t x = x_[i] >> kPlaceBits;
    const std::int32_t y = y_[i] >> kPlaceBits;
    if (x < -1 || y < -1 || x >= canvas_.width || y >= canvas_.height) {
      for (std::uint8_t* value : out) *value = kGrey;
      return;
    }
    for (int c = 0; c < 3; ++c) {
      *out[static_cast<std::size_t>(c)] = Mixed(
          At(x, y, c), At(x + 1, y, c), At(x, y + 1, c), At(x + 1, y + 1, c),
          x_[i] & (kPlaces - 1), y_[i] & (kPlaces - 1));
    }
  }

  [[nodiscard]] int At(std::int32_t x, std::int32_t y, int c) const {
    if (x < 0 || y < 0 || x >= canvas_.width || y >= canvas_.height) {
      return kGrey;
    }
    return source_.data[y * std::ptrdiff_t{source_.row_bytes} + x * 3 + c];
  }

  const Canvas& canvas_;
  SourcePixels source_;
  Planes& result_;
  std::vector<std::int32_t> x_;
  std::vector<std::int32_t> y_;
};

// As warpAffine: the terms of x are rounded once for all rows.
void WarpAffine(const Matrix& back, int height, Sampler* sampler) {
  std::vector<std::int32_t>& xs = sampler->x();
  std::vector<std::int32_t>& ys = sampler->y();
  std::vector<std::int32_t> terms_x(xs.size());
  std::vector<std::int32_t> terms_y(xs.size());
  for (std::size_t i = 0; i < xs.size(); ++i) {
    terms_x[i] = FixedPoint(back[0] * static_cast<double>(i) * kTermOne);
    terms_y[i] = FixedPoint(back[3] * static_cast<double>(i) * kTermOne);
  }
  constexpr int kShift = kTermBits - kPlaceBits;
  constexpr int kHalf = 1 << (kShift - 1);
  for (int y = 0; y < height; ++y) {
    const std::int32_t x0 = FixedPoint((back[1] * y + back[2]) * kTermOne);
    const std::int32_t y0 = FixedPoint((back[4] * y + back[5]) * kTermOne);
    for (std::size_t i = 0; i < xs.size(); ++i) {
      xs[i] = (terms_x[i] + (x0 + kHalf)) >> kShift;
      ys[i] = (terms_y[i] + (y0 + kHalf)) >> kShift;
    }
    sampler->WriteRow(y);
  }
}

void WarpPerspective(const Matrix& back, int height, Sampler* sampler) {
  std::vector<std::int32_t>& xs = sampler->x();
  std::vector<std::int32_t>& ys = sampler->y();
  for (int y = 0; y < height; ++y) {
    for (std::size_t i = 0; i < xs.size(); ++i) {
      const auto x = static_cast<double>(i);
      const double w = back[6] * x + back[7] * y + back[8];
      const double share = w != 0 ? kPlaces / w : 0;
      xs[i] = FixedPoint((back[0] * x + back[1] * y + back[2]) * share);
      ys[i] = FixedPoint((back[3] * x + back[4] * y + back[5]) * share);
    }
    sampler->WriteRow(y);
  }
}

}  // namespace

Matrix Product(const Matrix& a, const Matrix& b) {
  Matrix product{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      for (std::size_t k = 0; k < 3; ++k) {
        product[i * 3 + j] += a[i * 3 + k] * b[k * 3 + j];
      }
    }
  }
  return product;
}

Matrix Inverse(const Matrix& m) {
  // Each element is a determinant of the four that are in other rows and
  // columns, counted around, which gives its sign as well.
  Matrix adjugate{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      const std::size_t r1 = (j + 1) % 3;
      const std::size_t r2 = (j + 2) % 3;
      const std::size_t c1 = (i + 1) % 3;
      const std::size_t c2 = (i + 2) % 3;
      adjugate[i * 3 + j] =
          m[r1 * 3 + c1] * m[r2 * 3 + c2] - m[r1 * 3 + c2] * m[r2 * 3 + c1];
    }
  }
  const double determinant =
      m[0] * adjugate[0] + m[1] * adjugate[3] + m[2] * adjugate[6];
  const double share = determinant != 0 ? 1 / determinant : 0;
  for (double& value : adjugate) value *= share;
  return adjugate;
}

bool IsAffine(const Matrix& m) { return m[6] == 0 && m[7] == 0 && m[8] == 1; }

void WarpPixels(const Canvas& source, const Matrix& m, Planes* result) {
  const Matrix back = Inverse(m);
  Sampler sampler(source, result);
  if (IsAffine(m)) {
    WarpAffine(back, result->height, &sampler);
  } else {
    WarpPerspective(back, result->height, &sampler);
  }
}

}  // namespace yolotorch::augment

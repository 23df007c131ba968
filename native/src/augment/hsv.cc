// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/hsv.h"

#include <algorithm>
#include <cmath>

namespace yolotorch::augment {
namespace {

constexpr int kHues = 180;
constexpr int kShift = 12;       // OpenCV's fixed point of quotients
constexpr int kFactorBits = 15;  // of HsvChange

struct Rgb {
  std::int32_t red;
  std::int32_t green;
  std::int32_t blue;
};

// The nearest integer, of two the even one. REQUIRES: 0 <= value < 2^22.
YOLOTORCH_INLINE std::int32_t NearestInt(float value) {
  constexpr float kMagic = 12'582'912.0F;  // 1.5 * 2^23
  return static_cast<std::int32_t>((value + kMagic) - kMagic);
}

// `a` where the mask is -1, `b` where it is 0: without branches, which keep a
// loop from vectors.
YOLOTORCH_INLINE std::int32_t Select(std::int32_t mask, std::int32_t a,
                                     std::int32_t b) {
  return (a & mask) | (b & ~mask);
}

// Each colour of HSV is the value V or one of three mixtures of V and grey: p,
// q, t, depending on the sixth of the circle of hues. As OpenCV's vectors do
// it, results are truncated.
YOLOTORCH_INLINE Rgb ToRgb(std::int32_t hue, std::int32_t saturation,
                           std::int32_t value) {
  const float h = static_cast<float>(hue) * (6.0F / kHues);
  const float s = static_cast<float>(saturation) * (1.0F / 255);
  const float v = static_cast<float>(value) * (1.0F / 255);
  const auto sector = static_cast<std::int32_t>(h);
  const float f = h - static_cast<float>(sector);
  const float low = v * (1.0F - s);
  const float falling = v * (1.0F - s * f);
  const float rising = v * (1.0F - s * (1.0F - f));
  const auto top = static_cast<std::int32_t>(v * 255);
  const auto p = static_cast<std::int32_t>(low * 255);
  const auto q = static_cast<std::int32_t>(falling * 255);
  const auto t = static_cast<std::int32_t>(rising * 255);
  const auto is = [sector](std::int32_t a, std::int32_t b) {
    return (sector == a ? -1 : 0) | (sector == b ? -1 : 0);
  };
  Rgb rgb;
  rgb.red = Select(is(0, 5), top, Select(is(1, 1), q, Select(is(4, 4), t, p)));
  rgb.green =
      Select(is(1, 2), top, Select(is(0, 0), t, Select(is(3, 3), q, p)));
  rgb.blue = Select(is(3, 4), top, Select(is(2, 2), t, Select(is(5, 5), q, p)));
  return rgb;
}

// OpenCV's table of numerator / i in fixed point: float divides it exactly
// enough.
YOLOTORCH_INLINE std::int32_t Quotient(int numerator, std::int32_t i) {
  return NearestInt(static_cast<float>(numerator << kShift) /
                    static_cast<float>(i));
}

YOLOTORCH_INLINE std::int32_t Scaled(std::int32_t value, std::int32_t factor) {
  return std::min((value * factor) >> kFactorBits, 255);
}

YOLOTORCH_INLINE Rgb Changed(const HsvChange& change, Rgb in) {
  const std::int32_t value = std::max(std::max(in.red, in.green), in.blue);
  const std::int32_t least = std::min(std::min(in.red, in.green), in.blue);
  const std::int32_t range = value - least;
  constexpr std::int32_t kHalf = 1 << (kShift - 1);
  // Black has no range, grey no sixths: any quotient will do.
  const std::int32_t saturation =
      (range * Quotient(255, std::max(value, 1)) + kHalf) >> kShift;
  const std::int32_t from_red = in.green - in.blue;
  const std::int32_t from_green = in.blue - in.red + 2 * range;
  const std::int32_t from_blue = in.red - in.green + 4 * range;
  const std::int32_t sixths =
      Select(value == in.red ? -1 : 0, from_red,
             Select(value == in.green ? -1 : 0, from_green, from_blue));
  std::int32_t hue =
      (sixths * Quotient(kHues / 6, std::max(range, 1)) + kHalf) >> kShift;
  hue += (hue >> 31) & kHues;
  hue += change.hue;
  hue -= ~((hue - kHues) >> 31) & kHues;
  return ToRgb(hue, Scaled(saturation, change.saturation),
               Scaled(value, change.value));
}

// Blocks of integers, so that the compiler vectorises the arithmetic whatever
// the planes overlap with.
YOLOTORCH_INLINE void HsvLoop(const HsvChange& given, std::size_t count,
                              std::uint8_t* red, std::uint8_t* green,
                              std::uint8_t* blue) {
  const HsvChange change = given;
  constexpr std::size_t kBlock = 256;
  std::array<std::int32_t, kBlock> r;
  std::array<std::int32_t, kBlock> g;
  std::array<std::int32_t, kBlock> b;
  for (std::size_t begin = 0; begin < count; begin += kBlock) {
    const std::size_t n = std::min(kBlock, count - begin);
    for (std::size_t i = 0; i < n; ++i) r[i] = red[begin + i];
    for (std::size_t i = 0; i < n; ++i) g[i] = green[begin + i];
    for (std::size_t i = 0; i < n; ++i) b[i] = blue[begin + i];
    for (std::size_t i = 0; i < n; ++i) {
      const Rgb out = Changed(change, {r[i], g[i], b[i]});
      r[i] = out.red;
      g[i] = out.green;
      b[i] = out.blue;
    }
    const auto byte = [](std::int32_t v) {
      return static_cast<std::uint8_t>(v);
    };
    for (std::size_t i = 0; i < n; ++i) red[begin + i] = byte(r[i]);
    for (std::size_t i = 0; i < n; ++i) green[begin + i] = byte(g[i]);
    for (std::size_t i = 0; i < n; ++i) blue[begin + i] = byte(b[i]);
  }
}

void HsvPortable(const HsvChange& change, std::size_t count, std::uint8_t* red,
                 std::uint8_t* green, std::uint8_t* blue) {
  HsvLoop(change, count, red, green, blue);
}

#if YOLOTORCH_X86
// No wider: those instructions include FMA, whose bits are others.
YOLOTORCH_AVX2 void HsvAvx2(const HsvChange& change, std::size_t count,
                            std::uint8_t* red, std::uint8_t* green,
                            std::uint8_t* blue) {
  HsvLoop(change, count, red, green, blue);
}
#endif

}  // namespace

HsvChange HsvChangeOf(const std::array<double, 3>& r) {
  const auto factor = [](double gain) {
    return static_cast<std::int32_t>(
        std::nearbyint((1 + gain) * (1 << kFactorBits)));
  };
  // H is an integer: the part of the sum after the point is always cut off.
  const int hue = static_cast<int>(std::floor(r[0] * kHues)) % kHues;
  return {hue < 0 ? hue + kHues : hue, factor(r[1]), factor(r[2])};
}

HsvChange DrawHsv(const Options& options, Random* random) {
  std::array<double, 3> r{};
  r[0] = random->Uniform(-1, 1) * options.hsv_h;
  r[1] = random->Uniform(-1, 1) * options.hsv_s;
  r[2] = random->Uniform(-1, 1) * options.hsv_v;
  return HsvChangeOf(r);
}

HsvKernel HsvKernelFor(base::InstructionSet instructions) {
#if YOLOTORCH_X86
  if (instructions != base::InstructionSet::kPortable) return HsvAvx2;
#else
  static_cast<void>(instructions);
#endif
  return HsvPortable;
}

void ChangeHsv(const HsvChange& change, std::size_t count, std::uint8_t* red,
               std::uint8_t* green, std::uint8_t* blue) {
  static const HsvKernel kernel = HsvKernelFor(base::ChosenInstructionSet());
  kernel(change, count, red, green, blue);
}

}  // namespace yolotorch::augment

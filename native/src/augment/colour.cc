// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace yolotorch::augment {
namespace {

using Histogram = std::array<std::int64_t, 256>;
using Table = std::array<std::uint8_t, 256>;

std::size_t Values(const Canvas& canvas) {
  return canvas.pixels.size() - kCanvasSlack;
}

// Pillow's grey of a pixel.
int Luma(const std::uint8_t* rgb) {
  return (rgb[0] * 19'595 + rgb[1] * 38'470 + rgb[2] * 7471 + 0x8000) >> 16;
}

// Pillow's blend: from `a` to `b` by a factor, truncated.
std::uint8_t Blended(int a, int b, float factor) {
  const float value =
      static_cast<float>(a) + factor * static_cast<float>(b - a);
  return static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F));
}

// Blends each pixel with what `base(pixel, colour)` gives for its colours.
template <typename Base>
void Blend(const Base& base, double factor, Canvas* canvas) {
  const auto share = static_cast<float>(factor);
  for (std::size_t i = 0; i < Values(*canvas); i += 3) {
    std::uint8_t* rgb = canvas->pixels.data() + i;
    const std::array<int, 3> from = base(rgb);
    for (std::size_t c = 0; c < 3; ++c)
      rgb[c] = Blended(from[c], rgb[c], share);
  }
}

std::array<int, 3> Grey(int value) { return {value, value, value}; }

// Replaces the values of one colour.
void Replace(const Table& table, std::size_t colour, Canvas* canvas) {
  for (std::size_t i = colour; i < Values(*canvas); i += 3) {
    canvas->pixels[i] = table[canvas->pixels[i]];
  }
}

Histogram HistogramOf(const Canvas& canvas, std::size_t colour) {
  Histogram histogram{};
  for (std::size_t i = colour; i < Values(canvas); i += 3) {
    ++histogram[canvas.pixels[i]];
  }
  return histogram;
}

Table Identity() {
  Table table{};
  std::iota(table.begin(), table.end(), std::uint8_t{0});
  return table;
}

// A value between its eight neighbours, of which each counts 1 and it 5.
int Smoothed(const std::uint8_t* value, std::ptrdiff_t row_bytes) {
  int sum = 4 * value[0];
  for (std::ptrdiff_t dy = -1; dy <= 1; ++dy) {
    for (std::ptrdiff_t dx = -1; dx <= 1; ++dx) {
      sum += value[dy * row_bytes + dx * 3];
    }
  }
  constexpr float kWeights = 13;
  return static_cast<int>(static_cast<float>(sum) / kWeights + 0.5F);
}

// Pillow's HSV: hues are 0 to 255 as well.
struct Hsv {
  int hue;
  int saturation;
  int value;
};

Hsv ToHsv(const std::uint8_t* rgb) {
  const int most = std::max({rgb[0], rgb[1], rgb[2]});
  const int least = std::min({rgb[0], rgb[1], rgb[2]});
  if (most == least) return {0, 0, most};
  const auto range = static_cast<float>(most - least);
  const auto below = [&](int c) {
    return static_cast<float>(most - rgb[c]) / range;
  };
  const auto sixths =
      static_cast<float>(rgb[0] == most   ? below(2) - below(1)
                         : rgb[1] == most ? 2.0 + below(0) - below(2)
                                          : 4.0 + below(1) - below(0));
  const auto hue = static_cast<float>(std::fmod(sixths / 6.0 + 1.0, 1.0));
  const float saturation = range / static_cast<float>(most);
  return {static_cast<int>(hue * 255.0), static_cast<int>(saturation * 255.0),
          most};
}

void FromHsv(const Hsv& hsv, std::uint8_t* rgb) {
  const auto v = static_cast<float>(hsv.value);
  const auto h = static_cast<float>(hsv.hue * 6.0 / 255.0);
  const auto s = static_cast<float>(hsv.saturation / 255.0);
  const int sector = static_cast<int>(h);
  const float f = h - static_cast<float>(sector);
  const auto byte = [](double value) {
    return static_cast<std::uint8_t>(
        std::clamp(static_cast<int>(std::round(value)), 0, 255));
  };
  const std::uint8_t top = byte(v);
  const std::uint8_t p = byte(v * (1.0 - s));
  const std::uint8_t q = byte(v * (1.0 - s * f));
  const std::uint8_t t = byte(v * (1.0 - s * (1.0 - f)));
  const std::array<std::array<std::uint8_t, 3>, 6> sectors = {{{top, t, p},
                                                               {q, top, p},
                                                               {p, top, t},
                                                               {p, q, top},
                                                               {t, p, top},
                                                               {top, p, q}}};
  std::copy_n(sectors[static_cast<std::size_t>(sector % 6)].begin(), 3, rgb);
}

}  // namespace

void AdjustBrightness(double factor, Canvas* canvas) {
  Blend([](const std::uint8_t*) { return Grey(0); }, factor, canvas);
}

void AdjustSaturation(double factor, Canvas* canvas) {
  Blend([](const std::uint8_t* rgb) { return Grey(Luma(rgb)); }, factor,
        canvas);
}

void AdjustContrast(double factor, Canvas* canvas) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < Values(*canvas); i += 3) {
    sum += Luma(canvas->pixels.data() + i);
  }
  const double mean =
      static_cast<double>(sum) / (static_cast<double>(Values(*canvas)) / 3);
  const int grey = static_cast<int>(mean + 0.5);
  Blend([grey](const std::uint8_t*) { return Grey(grey); }, factor, canvas);
}

void AdjustSharpness(double factor, Canvas* canvas) {
  const std::vector<std::uint8_t> before = canvas->pixels;
  const std::ptrdiff_t row_bytes = std::ptrdiff_t{canvas->width} * 3;
  const auto share = static_cast<float>(factor);
  for (int y = 1; y < canvas->height - 1; ++y) {
    for (std::ptrdiff_t x = 3; x < row_bytes - 3; ++x) {
      const std::ptrdiff_t i = y * row_bytes + x;
      std::uint8_t& value = canvas->pixels[static_cast<std::size_t>(i)];
      value = Blended(Smoothed(before.data() + i, row_bytes), value, share);
    }
  }
}

void AdjustHue(double share, Canvas* canvas) {
  const int shift = static_cast<int>(share * 255) & 255;
  for (std::size_t i = 0; i < Values(*canvas); i += 3) {
    std::uint8_t* rgb = canvas->pixels.data() + i;
    Hsv hsv = ToHsv(rgb);
    hsv.hue = (hsv.hue + shift) & 255;
    FromHsv(hsv, rgb);
  }
}

void Posterize(int bits, Canvas* canvas) {
  const int kept = 0xff & ~((1 << (8 - bits)) - 1);
  for (std::size_t i = 0; i < Values(*canvas); ++i) {
    canvas->pixels[i] = static_cast<std::uint8_t>(canvas->pixels[i] & kept);
  }
}

void Solarize(double threshold, Canvas* canvas) {
  for (std::size_t i = 0; i < Values(*canvas); ++i) {
    std::uint8_t& value = canvas->pixels[i];
    if (value >= threshold) value = static_cast<std::uint8_t>(255 - value);
  }
}

void AutoContrast(Canvas* canvas) {
  for (std::size_t c = 0; c < 3; ++c) {
    const Histogram histogram = HistogramOf(*canvas, c);
    int low = 0;
    while (low < 255 && histogram[static_cast<std::size_t>(low)] == 0) ++low;
    int high = 255;
    while (high > 0 && histogram[static_cast<std::size_t>(high)] == 0) --high;
    if (high <= low) continue;
    const double scale = 255.0 / (high - low);
    const double offset = -low * scale;
    Table table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
      table[i] = static_cast<std::uint8_t>(std::clamp(
          static_cast<int>(static_cast<double>(i) * scale + offset), 0, 255));
    }
    Replace(table, c, canvas);
  }
}

void Equalize(Canvas* canvas) {
  for (std::size_t c = 0; c < 3; ++c) {
    const Histogram histogram = HistogramOf(*canvas, c);
    std::int64_t sum = 0;
    std::int64_t last = 0;
    for (const std::int64_t count : histogram) {
      sum += count;
      if (count != 0) last = count;
    }
    // A colour of one value has no step.
    const std::int64_t step = (sum - last) / 255;
    if (step == 0) continue;
    Table table = Identity();
    std::int64_t n = step / 2;
    for (std::size_t i = 0; i < table.size(); ++i) {
      table[i] =
          static_cast<std::uint8_t>(std::min<std::int64_t>(n / step, 255));
      n += histogram[i];
    }
    Replace(table, c, canvas);
  }
}

}  // namespace yolotorch::augment

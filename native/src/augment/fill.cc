// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/fill.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace yolotorch::augment {
namespace {

struct Dot {
  int x;
  int y;
};

// Where a line crosses the middle of a row, in 1/65536 pixel.
struct Crossing {
  int y;
  std::int64_t x;
  bool operator<(const Crossing& other) const {
    return y != other.y ? y < other.y : x < other.x;
  }
};

constexpr int kCrossingBits = 16;

std::vector<Dot> Truncated(const std::vector<float>& outline) {
  // Far beyond any picture, so that no sum below overflows.
  constexpr float kFar = 1 << 24;
  std::vector<Dot> dots;
  for (std::size_t i = 0; i + 2 <= outline.size(); i += 2) {
    dots.push_back({static_cast<int>(std::clamp(outline[i], -kFar, kFar)),
                    static_cast<int>(std::clamp(outline[i + 1], -kFar, kFar))});
  }
  return dots;
}

// The part of a picture that holds the dots and the lines between them.
Region PartOf(const std::vector<Dot>& dots, int height, int width) {
  if (dots.empty()) return {};
  Dot low = dots[0];
  Dot high = dots[0];
  for (const Dot& dot : dots) {
    low = {std::min(low.x, dot.x), std::min(low.y, dot.y)};
    high = {std::max(high.x, dot.x), std::max(high.y, dot.y)};
  }
  low = {std::max(low.x, 0), std::max(low.y, 0)};
  high = {std::min(high.x, width - 1), std::min(high.y, height - 1)};
  if (low.x > high.x || low.y > high.y) return {};
  Region part{low.x, low.y, high.x - low.x + 1, high.y - low.y + 1};
  part.values.resize(static_cast<std::size_t>(part.width) *
                     static_cast<std::size_t>(part.height));
  return part;
}

// Bresenham's line from left to right, as OpenCV draws it: a pixel for each
// step along the longer side.
void DrawLine(Dot from, Dot to, Region* part) {
  if (to.x < from.x) std::swap(from, to);
  const int across = to.x - from.x;
  const int down = std::abs(to.y - from.y);
  const int step_y = to.y < from.y ? -1 : 1;
  const bool steep = down > across;
  const int longer = std::max(across, down);
  const int shorter = std::min(across, down);
  int error = longer - 2 * shorter;
  Dot dot = from;
  for (int i = 0; i <= longer; ++i) {
    if (dot.x >= part->left && dot.x < part->left + part->width &&
        dot.y >= part->top && dot.y < part->top + part->height) {
      part->Row(dot.y)[dot.x - part->left] = 1;
    }
    const bool both = error < 0;
    error += (both ? 2 * longer : 0) - 2 * shorter;
    if (steep || both) dot.y += step_y;
    if (!steep || both) ++dot.x;
  }
}

void AddCrossings(Dot from, Dot to, const Region& part,
                  std::vector<Crossing>* crossings) {
  if (from.y == to.y) return;
  if (to.y < from.y) std::swap(from, to);
  const std::int64_t start = std::int64_t{from.x} << kCrossingBits;
  const std::int64_t step =
      ((std::int64_t{to.x} << kCrossingBits) - start) / (to.y - from.y);
  const int begin = std::max(from.y, part.top);
  const int end = std::min(to.y, part.top + part.height);
  for (int y = begin; y < end; ++y) {
    crossings->push_back({y, start + step * (y - from.y)});
  }
}

// Fills from every odd crossing of a row to the next one.
void FillBetween(std::vector<Crossing> crossings, Region* part) {
  std::sort(crossings.begin(), crossings.end());
  for (std::size_t i = 0; i + 2 <= crossings.size(); i += 2) {
    constexpr std::int64_t kUp = (1 << kCrossingBits) - 1;
    const std::int64_t right = part->left + std::int64_t{part->width} - 1;
    const std::int64_t first = std::max<std::int64_t>(
        (crossings[i].x + kUp) >> kCrossingBits, part->left);
    const std::int64_t last =
        std::min(crossings[i + 1].x >> kCrossingBits, right);
    std::uint8_t* row = part->Row(crossings[i].y) - part->left;
    if (first <= last) std::fill(row + first, row + last + 1, 1);
  }
}

}  // namespace

Region Fill(const std::vector<float>& outline, int height, int width) {
  const std::vector<Dot> dots = Truncated(outline);
  Region part = PartOf(dots, height, width);
  if (part.values.empty()) return {};
  std::vector<Crossing> crossings;
  for (std::size_t i = 0; i < dots.size(); ++i) {
    const Dot& from = dots[i];
    const Dot& to = dots[(i + 1) % dots.size()];
    DrawLine(from, to, &part);
    AddCrossings(from, to, part, &crossings);
  }
  FillBetween(std::move(crossings), &part);
  return part;
}

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/masks.h"

#include <algorithm>
#include <numeric>

#include "vision/taps.h"

namespace yolotorch::augment {
namespace {

// Output indices whose source indices may lie from `begin` to `end` - 1.
struct Span {
  int begin;
  int end;
};

Span Touching(int begin, int end, int ratio, int target) {
  // A little wider than needed: what does not touch becomes 0.
  return {std::clamp(begin / ratio - 2, 0, target),
          std::clamp(end / ratio + 2, 0, target)};
}

// A value of the scaled mask as OpenCV computes it from bytes.
class Shrinker {
 public:
  Shrinker(const Region& full, int height, int width, int small_height,
           int small_width)
      : full_(full),
        height_(height),
        width_(width),
        small_height_(small_height),
        small_width_(small_width) {}

  void Fill(Region* small) const {
    std::vector<vision::Tap> columns;
    for (int x = small->left; x < small->left + small->width; ++x) {
      columns.push_back(vision::TapOf(x, width_, small_width_, true));
    }
    for (int y = small->top; y < small->top + small->height; ++y) {
      const vision::Tap row = vision::TapOf(y, height_, small_height_, false);
      const int upper_weight = vision::WeightOf(1.0F - row.fraction);
      const int lower_weight = vision::WeightOf(row.fraction);
      std::uint8_t* out = small->Row(y);
      for (const vision::Tap& column : columns) {
        const int upper = upper_weight * Along(column, row.first) >> 16;
        const int lower = lower_weight * Along(column, row.second) >> 16;
        *out++ = static_cast<std::uint8_t>((upper + lower + 2) >> 2);
      }
    }
  }

 private:
  [[nodiscard]] int Along(const vision::Tap& column, int y) const {
    return (full_.At(column.first, y) *
                vision::WeightOf(1.0F - column.fraction) +
            full_.At(column.second, y) * vision::WeightOf(column.fraction)) >>
           4;
  }

  const Region& full_;
  int height_;
  int width_;
  int small_height_;
  int small_width_;
};

int AreaOf(const Region& mask) {
  return std::accumulate(mask.values.begin(), mask.values.end(), 0);
}

template <typename Value>
void Draw(const Region& mask, Value value, int width, Value* map) {
  for (int y = mask.top; y < mask.top + mask.height; ++y) {
    const std::uint8_t* row = mask.Row(y);
    Value* out = map + std::ptrdiff_t{y} * width + mask.left;
    for (int x = 0; x < mask.width; ++x) {
      if (row[x] != 0) out[x] = value;
    }
  }
}

}  // namespace

Region MaskOf(const std::vector<float>& outline, int height, int width,
              int ratio) {
  const Region full = Fill(outline, height, width);
  if (full.values.empty()) return {};
  const int small_height = height / ratio;
  const int small_width = width / ratio;
  const Span rows =
      Touching(full.top, full.top + full.height, ratio, small_height);
  const Span columns =
      Touching(full.left, full.left + full.width, ratio, small_width);
  Region small{columns.begin, rows.begin, columns.end - columns.begin,
               rows.end - rows.begin};
  small.values.resize(static_cast<std::size_t>(small.width) *
                      static_cast<std::size_t>(small.height));
  Shrinker(full, height, width, small_height, small_width).Fill(&small);
  return small;
}

std::vector<Region> MasksOf(const std::vector<Object>& objects, int height,
                            int width, int ratio) {
  std::vector<Region> masks;
  for (const Object& object : objects) {
    masks.push_back(MaskOf(object.points, height, width, ratio));
  }
  return masks;
}

std::vector<std::size_t> LargestFirst(const std::vector<Region>& masks) {
  std::vector<int> areas;
  for (const Region& mask : masks) areas.push_back(AreaOf(mask));
  std::vector<std::size_t> order(masks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(
      order.begin(), order.end(),
      [&areas](std::size_t a, std::size_t b) { return areas[a] > areas[b]; });
  return order;
}

std::vector<std::int32_t> OverlapMap(const std::vector<Region>& masks,
                                     const std::vector<std::size_t>& order,
                                     int height, int width) {
  std::vector<std::int32_t> map(static_cast<std::size_t>(height) *
                                static_cast<std::size_t>(width));
  for (std::size_t i = 0; i < order.size(); ++i) {
    Draw(masks[order[i]], static_cast<std::int32_t>(i + 1), width, map.data());
  }
  return map;
}

std::vector<std::uint8_t> SeparateMaps(const std::vector<Region>& masks,
                                       int height, int width) {
  const std::size_t size =
      static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  std::vector<std::uint8_t> maps(masks.size() * size);
  for (std::size_t i = 0; i < masks.size(); ++i) {
    Draw(masks[i], std::uint8_t{1}, width, maps.data() + i * size);
  }
  return maps;
}

}  // namespace yolotorch::augment

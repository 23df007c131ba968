// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/contours.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace yolotorch::vision {
namespace {

struct Pixel {
  int x = 0;
  int y = 0;
  bool operator==(const Pixel&) const = default;
};

// The eight neighbours, clockwise on the screen from the right one.
constexpr std::array<Pixel, 8> kSteps = {
    {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};

// A mask with a black margin of one pixel, and what is known of each pixel.
class Canvas {
 public:
  explicit Canvas(const BitRegion& mask)
      : width_(mask.width() + 2), height_(mask.height() + 2) {
    set_.resize(static_cast<std::size_t>(width_) *
                static_cast<std::size_t>(height_));
    seen_.resize(set_.size());
    for (int y = 0; y < mask.height(); ++y) {
      for (int x = 0; x < mask.width(); ++x) {
        set_[Index({x + 1, y + 1})] =
            mask.Get(mask.left() + x, mask.top() + y) ? 1 : 0;
      }
    }
  }

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] bool IsSet(Pixel p) const { return set_[Index(p)] != 0; }
  [[nodiscard]] bool IsSeen(Pixel p) const { return seen_[Index(p)] != 0; }

  // Marks the connected area of equal pixels around `start`: all eight
  // neighbours connect for `step` 1, the four straight ones for `step` 2.
  void MarkArea(Pixel start, std::size_t step) {
    const bool wanted = IsSet(start);
    std::vector<Pixel> open = {start};
    seen_[Index(start)] = 1;
    while (!open.empty()) {
      const Pixel p = open.back();
      open.pop_back();
      for (std::size_t i = 0; i < kSteps.size(); i += step) {
        const Pixel next{p.x + kSteps[i].x, p.y + kSteps[i].y};
        if (next.x < 0 || next.y < 0 || next.x >= width_ || next.y >= height_ ||
            IsSeen(next) || IsSet(next) != wanted) {
          continue;
        }
        seen_[Index(next)] = 1;
        open.push_back(next);
      }
    }
  }

 private:
  [[nodiscard]] std::size_t Index(Pixel p) const {
    return static_cast<std::size_t>(p.y) * static_cast<std::size_t>(width_) +
           static_cast<std::size_t>(p.x);
  }

  int width_;
  int height_;
  std::vector<std::uint8_t> set_;
  std::vector<std::uint8_t> seen_;
};

// Follows the outer border from its topmost, then leftmost pixel until it
// would leave that pixel as it first did (Moore's neighbourhood). Pixels in a
// straight run are left out.
std::vector<Pixel> FollowBorder(const Canvas& canvas, Pixel start) {
  std::vector<Pixel> border;
  const auto next_from = [&](Pixel p, std::size_t first) {
    for (std::size_t i = 0; i < kSteps.size(); ++i) {
      const std::size_t direction = (first + i) % kSteps.size();
      if (canvas.IsSet(
              {p.x + kSteps[direction].x, p.y + kSteps[direction].y})) {
        return direction;
      }
    }
    return kSteps.size();
  };
  // Nothing lies above or to the left of the start, so the search may begin at
  // the upper right.
  const std::size_t first = next_from(start, 7);
  if (first == kSteps.size()) return {start};
  Pixel p = start;
  std::size_t direction = first;
  std::size_t previous = kSteps.size();
  do {
    if (direction != previous) border.push_back(p);
    previous = direction;
    p = {p.x + kSteps[direction].x, p.y + kSteps[direction].y};
    // Begin behind the pixel we come from.
    direction = next_from(p, (direction + 6) % kSteps.size());
  } while (!(p == start && direction == first));
  return border;
}

float SquaredDistance(Point a, Point b) {
  const float dx = a[0] - b[0];
  const float dy = a[1] - b[1];
  return dx * dx + dy * dy;
}

// Inserts `part` into `polygon` at the nearest pair of points, there and back.
void Join(const std::vector<Point>& part, std::vector<Point>* polygon) {
  std::size_t at = 0;
  std::size_t from = 0;
  float nearest = std::numeric_limits<float>::max();
  for (std::size_t i = 0; i < polygon->size(); ++i) {
    for (std::size_t j = 0; j < part.size(); ++j) {
      const float distance = SquaredDistance((*polygon)[i], part[j]);
      if (distance < nearest) {
        nearest = distance;
        at = i;
        from = j;
      }
    }
  }
  std::vector<Point> detour;
  for (std::size_t k = 0; k <= part.size(); ++k) {
    detour.push_back(part[(from + k) % part.size()]);
  }
  detour.push_back((*polygon)[at]);
  polygon->insert(polygon->begin() + static_cast<std::ptrdiff_t>(at) + 1,
                  detour.begin(), detour.end());
}

}  // namespace

std::vector<Point> Outline(const BitRegion& mask) {
  Canvas canvas(mask);
  // The background that reaches the margin; what it does not reach is a hole.
  canvas.MarkArea({0, 0}, 2);
  std::vector<Point> polygon;
  for (int y = 1; y + 1 < canvas.height(); ++y) {
    for (int x = 1; x + 1 < canvas.width(); ++x) {
      const Pixel p{x, y};
      if (!canvas.IsSet(p) || canvas.IsSeen(p)) continue;
      const bool outermost = canvas.IsSeen({x - 1, y});
      canvas.MarkArea(p, 1);
      if (!outermost) continue;
      std::vector<Point> part;
      for (const Pixel& corner : FollowBorder(canvas, p)) {
        part.push_back({static_cast<float>(mask.left() + corner.x - 1),
                        static_cast<float>(mask.top() + corner.y - 1)});
      }
      if (polygon.empty()) {
        polygon = std::move(part);
      } else {
        Join(part, &polygon);
      }
    }
  }
  return polygon;
}

}  // namespace yolotorch::vision

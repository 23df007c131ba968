// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/contours.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

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

// A mask with a black margin of one pixel, and the borders found in it.
class Canvas {
 public:
  // What is known of a pixel.
  enum : std::uint8_t { kSet = 1, kBorder = 2, kLeaving = 4 };

  explicit Canvas(const BitRegion& mask)
      : width_(mask.width() + 2),
        height_(mask.height() + 2),
        pixels_(static_cast<std::size_t>(width_) *
                    static_cast<std::size_t>(height_) +
                sizeof(std::uint64_t)) {
    for (int y = 0; y < mask.height(); ++y) {
      const std::uint8_t* bits = mask.Row(mask.top() + y);
      std::uint8_t* row = &pixels_[Index({1, y + 1})];
      for (int x = 0; x < mask.width(); ++x) {
        row[x] = (bits[x / 8] >> (x % 8)) & 1;
      }
    }
  }

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] std::uint8_t At(Pixel p) const { return pixels_[Index(p)]; }
  [[nodiscard]] bool IsSet(Pixel p) const { return (At(p) & kSet) != 0; }
  void Mark(Pixel p, std::uint8_t what) {
    pixels_[Index(p)] = static_cast<std::uint8_t>(pixels_[Index(p)] | what);
  }

  // The first pixel from `p` on in its row that is not, as the seven behind it,
  // like `alike` throughout; it may lie in the margin.
  [[nodiscard]] int SkipAlike(Pixel p, std::uint8_t alike) const {
    const std::uint64_t eight = alike * 0x0101010101010101U;
    for (; p.x + 8 < width_; p.x += 8) {
      std::uint64_t next = 0;
      std::memcpy(&next, &pixels_[Index(p)], sizeof(next));
      if (next != eight) break;
    }
    return p.x;
  }

 private:
  [[nodiscard]] std::size_t Index(Pixel p) const {
    return static_cast<std::size_t>(p.y) * static_cast<std::size_t>(width_) +
           static_cast<std::size_t>(p.x);
  }

  int width_;
  int height_;
  std::vector<std::uint8_t> pixels_;
};

// Follows the outer border from its topmost, then leftmost pixel until it
// would leave that pixel as it first did (Moore's neighbourhood), and marks its
// pixels; those with black on the right, where a row leaves the area, as such.
// Pixels in a straight run are left out.
std::vector<Pixel> FollowBorder(Pixel start, Canvas* canvas) {
  std::vector<Pixel> border;
  const auto next_from = [&](Pixel p, std::size_t first) {
    canvas->Mark(p, Canvas::kBorder);
    for (std::size_t i = 0; i < kSteps.size(); ++i) {
      const std::size_t direction = (first + i) % kSteps.size();
      if (canvas->IsSet(
              {p.x + kSteps[direction].x, p.y + kSteps[direction].y})) {
        return direction;
      }
      if (direction == 0) canvas->Mark(p, Canvas::kLeaving);
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
    // Begin behind the pixel we come from; after a straight step the next but
    // one, so that corners are cut.
    direction = next_from(p, (direction + 6 - direction % 2) % kSteps.size());
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

// Suzuki and Abe's border following, "Topological structural analysis of
// digitized binary images by border following" (1985), algorithm 2: a row that
// passed a border pixel is inside that area until a pixel where it leaves it.
std::vector<Point> Outline(const BitRegion& mask) {
  Canvas canvas(mask);
  std::vector<Point> polygon;
  for (int y = 1; y + 1 < canvas.height(); ++y) {
    bool inside = false;
    std::uint8_t left = 0;
    for (int x = 1; x + 1 < canvas.width(); ++x) {
      x = canvas.SkipAlike({x, y}, left & Canvas::kSet);
      const Pixel p{x, y};
      if (canvas.At(p) == Canvas::kSet && left == 0 && !inside) {
        std::vector<Point> part;
        for (const Pixel& corner : FollowBorder(p, &canvas)) {
          part.push_back({static_cast<float>(mask.left() + corner.x - 1),
                          static_cast<float>(mask.top() + corner.y - 1)});
        }
        if (polygon.empty()) {
          polygon = std::move(part);
        } else {
          Join(part, &polygon);
        }
      }
      left = canvas.At(p);
      if ((left & Canvas::kBorder) != 0) {
        inside = (left & Canvas::kLeaving) == 0;
      }
    }
  }
  return polygon;
}

}  // namespace yolotorch::vision

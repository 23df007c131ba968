// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/rectangle.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <utility>

namespace yolotorch::augment {
namespace {

struct Corner {
  double x;
  double y;
  bool operator<(const Corner& other) const {
    return x != other.x ? x < other.x : y < other.y;
  }
  bool operator==(const Corner& other) const {
    return x == other.x && y == other.y;
  }
};

// Positive if a, b, c turn from x towards y.
double Turn(const Corner& a, const Corner& b, const Corner& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// Andrew's monotone chain: the corners around, none on a straight side.
std::vector<Corner> Hull(std::vector<Corner> corners) {
  std::sort(corners.begin(), corners.end());
  corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
  if (corners.size() < 3) return corners;
  std::vector<Corner> hull;
  const auto add = [&hull](const Corner& corner, std::size_t first) {
    while (hull.size() >= first + 2 &&
           Turn(hull[hull.size() - 2], hull.back(), corner) <= 0) {
      hull.pop_back();
    }
    hull.push_back(corner);
  };
  for (const Corner& corner : corners) add(corner, 0);
  const std::size_t last = hull.size() - 1;
  for (auto it = corners.rbegin() + 1; it != corners.rend(); ++it) {
    add(*it, last);
  }
  hull.pop_back();
  return hull;
}

// The direction of a side in (0, pi / 2], of itself or its normal.
double AngleOf(const Corner& from, const Corner& to) {
  constexpr double kRight = std::numbers::pi / 2;
  constexpr double kNoise = 1e-7;
  double angle = std::fmod(std::atan2(to.y - from.y, to.x - from.x), kRight);
  if (angle < 0) angle += kRight;
  return angle < kNoise ? kRight : angle;
}

// The rectangle of this angle around the corners.
Rectangle Around(const std::vector<Corner>& hull, double angle) {
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double low_u = kInfinity;
  double high_u = -kInfinity;
  double low_v = kInfinity;
  double high_v = -kInfinity;
  for (const Corner& corner : hull) {
    const double u = corner.x * cosine + corner.y * sine;
    const double v = corner.y * cosine - corner.x * sine;
    low_u = std::min(low_u, u);
    high_u = std::max(high_u, u);
    low_v = std::min(low_v, v);
    high_v = std::max(high_v, v);
  }
  const double u = (low_u + high_u) / 2;
  const double v = (low_v + high_v) / 2;
  return {static_cast<float>(u * cosine - v * sine),
          static_cast<float>(u * sine + v * cosine),
          static_cast<float>(high_u - low_u),
          static_cast<float>(high_v - low_v), static_cast<float>(angle)};
}

}  // namespace

Rectangle SmallestRectangle(const std::vector<float>& points) {
  std::vector<Corner> corners;
  for (std::size_t i = 0; i + 2 <= points.size(); i += 2) {
    corners.push_back({points[i], points[i + 1]});
  }
  if (corners.empty()) return {};
  const std::vector<Corner> hull = Hull(std::move(corners));
  if (hull.size() == 1) return Around(hull, std::numbers::pi / 2);
  Rectangle smallest;
  double area = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const Rectangle rectangle =
        Around(hull, AngleOf(hull[i], hull[(i + 1) % hull.size()]));
    const double own = static_cast<double>(rectangle.width) * rectangle.height;
    if (own < area) {
      area = own;
      smallest = rectangle;
    }
  }
  return smallest;
}

}  // namespace yolotorch::augment

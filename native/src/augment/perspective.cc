// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/perspective.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include "augment/labels.h"

namespace yolotorch::augment {
namespace {

double Radians(double degrees) { return degrees * std::numbers::pi / 180; }

// Maps points in place.
class PointMap {
 public:
  explicit PointMap(const Matrix& m) : m_(m) {}

  void Move(float* xy) const {
    const double x = xy[0];
    const double y = xy[1];
    double w = m_[6] * x + m_[7] * y + m_[8];
    // Points on the horizon have no place; any place far outside will do.
    constexpr double kNear = 1e-6;
    if (std::abs(w) < kNear) w = std::copysign(kNear, w);
    xy[0] = static_cast<float>((m_[0] * x + m_[1] * y + m_[2]) / w);
    xy[1] = static_cast<float>((m_[3] * x + m_[4] * y + m_[5]) / w);
  }

 private:
  const Matrix& m_;
};

// The box around the four corners of a box.
void MoveBox(const PointMap& map, Object* object) {
  std::vector<float> corners = {object->x1, object->y1, object->x2, object->y2,
                                object->x1, object->y2, object->x2, object->y1};
  for (std::size_t i = 0; i < corners.size(); i += 2) map.Move(&corners[i]);
  SetBoxAround(corners, object);
}

// The box around the points that are inside. When the outline leaves the result
// on three sides or four, its points are first clipped. No point inside: an
// empty box.
void SetBoxInside(int height, int width, Object* object) {
  const auto right = static_cast<float>(width);
  const auto bottom = static_cast<float>(height);
  Object all;
  SetBoxAround(object->points, &all);
  const int sides_out = (all.x1 < 0 ? 1 : 0) + (all.y1 < 0 ? 1 : 0) +
                        (all.x2 > right ? 1 : 0) + (all.y2 > bottom ? 1 : 0);
  std::vector<float> inside;
  for (std::size_t i = 0; i + 2 <= object->points.size(); i += 2) {
    float x = object->points[i];
    float y = object->points[i + 1];
    if (sides_out >= 3) {
      x = std::clamp(x, 0.0F, right);
      y = std::clamp(y, 0.0F, bottom);
    }
    if (x >= 0 && y >= 0 && x <= right && y <= bottom) {
      inside.insert(inside.end(), {x, y});
    }
  }
  if (inside.empty()) inside = {0, 0};
  SetBoxAround(inside, object);
}

void ClipOutlineToBox(Object* object) {
  std::vector<float>& points = object->points;
  for (std::size_t i = 0; i + 2 <= points.size(); i += 2) {
    points[i] = std::clamp(points[i], object->x1, object->x2);
    points[i + 1] = std::clamp(points[i + 1], object->y1, object->y2);
  }
}

bool HasOutline(Task task, const Object& object) {
  return (task == Task::kSegment || task == Task::kObb) &&
         object.points.size() >= 2;
}

Object MovedOne(Task task, const PointMap& map, int height, int width,
                Object object) {
  const std::size_t stride = PointStride(task);
  for (std::size_t i = 0; i + stride <= object.points.size(); i += stride) {
    map.Move(&object.points[i]);
  }
  if (HasOutline(task, object)) {
    SetBoxInside(height, width, &object);
    ClipOutlineToBox(&object);
  } else {
    MoveBox(map, &object);
  }
  return object;
}

}  // namespace

Change DrawChange(const Options& options, int height, int width,
                  int result_height, int result_width, Random* random) {
  const auto symmetric = [random](double limit) {
    return random->Uniform(-limit, limit);
  };
  Matrix centre = kIdentity;
  centre[2] = -width / 2.0;
  centre[5] = -height / 2.0;
  Matrix perspective = kIdentity;
  perspective[6] = symmetric(options.perspective);
  perspective[7] = symmetric(options.perspective);
  const double angle = Radians(symmetric(options.degrees));
  const double scale = random->Uniform(1 - options.scale, 1 + options.scale);
  Matrix rotation = kIdentity;
  rotation[0] = rotation[4] = scale * std::cos(angle);
  rotation[1] = scale * std::sin(angle);
  rotation[3] = -rotation[1];
  Matrix shear = kIdentity;
  shear[1] = std::tan(Radians(symmetric(options.shear)));
  shear[3] = std::tan(Radians(symmetric(options.shear)));
  Matrix translation = kIdentity;
  translation[2] = (0.5 + symmetric(options.translate)) * result_width;
  translation[5] = (0.5 + symmetric(options.translate)) * result_height;
  return {
      Product(translation,
              Product(shear, Product(rotation, Product(perspective, centre)))),
      scale};
}

bool IsKept(const Object& before, double scale, const Object& after,
            bool has_outline) {
  constexpr double kSide = 2;
  constexpr double kRatio = 100;
  constexpr double kTiny = 1e-16;
  const double share = has_outline ? 0.01 : 0.1;
  const double width = after.x2 - after.x1;
  const double height = after.y2 - after.y1;
  const double before_area =
      (before.x2 - before.x1) * scale * ((before.y2 - before.y1) * scale);
  const double ratio =
      std::max(width / (height + kTiny), height / (width + kTiny));
  return width > kSide && height > kSide &&
         width * height / (before_area + kTiny) > share && ratio < kRatio;
}

std::vector<Object> Moved(Task task, const Change& change, int height,
                          int width, std::vector<Object> objects) {
  const PointMap map(change.matrix);
  std::vector<Object> before;
  for (Object& object : objects) {
    before.push_back({0, object.x1, object.y1, object.x2, object.y2});
    object = MovedOne(task, map, height, width, std::move(object));
  }
  ClipTo(task, height, width, &objects);
  std::vector<Object> kept;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (IsKept(before[i], change.scale, objects[i],
               HasOutline(task, objects[i]))) {
      kept.push_back(std::move(objects[i]));
    }
  }
  return kept;
}

}  // namespace yolotorch::augment

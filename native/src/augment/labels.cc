// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/labels.h"

#include <algorithm>
#include <array>
#include <utility>

namespace yolotorch::augment {
namespace {

constexpr std::size_t kKeypointValues = 3;

bool IsOutside(float value, float limit) { return value < 0 || value > limit; }

// Puts keypoints to the places that `order` names.
void Reorder(const std::vector<int>& order, std::vector<float>* points) {
  if (points->size() != order.size() * kKeypointValues) return;
  const std::vector<float> before = *points;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t from =
        static_cast<std::size_t>(order[k]) * kKeypointValues;
    std::copy_n(
        before.begin() + static_cast<std::ptrdiff_t>(from), kKeypointValues,
        points->begin() + static_cast<std::ptrdiff_t>(k * kKeypointValues));
  }
}

}  // namespace

std::size_t PointStride(Task task) {
  return task == Task::kPose ? kKeypointValues : 2;
}

void ScaleAndShift(Task task, const Placement& placement,
                   std::vector<Object>* objects) {
  const auto [scale_x, scale_y, shift_x, shift_y] = placement;
  const std::size_t stride = PointStride(task);
  for (Object& object : *objects) {
    object.x1 = object.x1 * scale_x + shift_x;
    object.x2 = object.x2 * scale_x + shift_x;
    object.y1 = object.y1 * scale_y + shift_y;
    object.y2 = object.y2 * scale_y + shift_y;
    std::vector<float>& points = object.points;
    for (std::size_t i = 0; i + stride <= points.size(); i += stride) {
      points[i] = points[i] * scale_x + shift_x;
      points[i + 1] = points[i + 1] * scale_y + shift_y;
    }
  }
}

void ClipTo(Task task, int height, int width, std::vector<Object>* objects) {
  const auto right = static_cast<float>(width);
  const auto bottom = static_cast<float>(height);
  const std::size_t stride = PointStride(task);
  for (Object& object : *objects) {
    object.x1 = std::clamp(object.x1, 0.0F, right);
    object.x2 = std::clamp(object.x2, 0.0F, right);
    object.y1 = std::clamp(object.y1, 0.0F, bottom);
    object.y2 = std::clamp(object.y2, 0.0F, bottom);
    std::vector<float>& points = object.points;
    for (std::size_t i = 0; i + stride <= points.size(); i += stride) {
      if (task == Task::kPose &&
          (IsOutside(points[i], right) || IsOutside(points[i + 1], bottom))) {
        points[i + 2] = 0;
      }
      points[i] = std::clamp(points[i], 0.0F, right);
      points[i + 1] = std::clamp(points[i + 1], 0.0F, bottom);
    }
  }
}

void DropEmpty(std::vector<Object>* objects) {
  std::erase_if(*objects, [](const Object& object) {
    return !(object.x2 > object.x1 && object.y2 > object.y1);
  });
}

void Mirror(const Options& options, int side, bool horizontal,
            std::vector<Object>* objects) {
  const auto far = static_cast<float>(side);
  const std::size_t stride = PointStride(options.task);
  const std::size_t axis = horizontal ? 0 : 1;
  for (Object& object : *objects) {
    float& low = horizontal ? object.x1 : object.y1;
    float& high = horizontal ? object.x2 : object.y2;
    low = far - std::exchange(high, far - low);
    std::vector<float>& points = object.points;
    for (std::size_t i = axis; i < points.size(); i += stride) {
      points[i] = far - points[i];
    }
    if (options.task == Task::kPose && !options.flip_idx.empty()) {
      Reorder(options.flip_idx, &points);
    }
  }
}

int OutlinePoints(Task task) { return task == Task::kObb ? 100 : 1000; }

std::vector<float> Resampled(const std::vector<float>& outline, int count) {
  const std::size_t corners = outline.size() / 2;
  if (corners == 0) return {};
  // The closed outline has one point more. The others are at equal steps of the
  // index, the two ends among them.
  const std::size_t wanted =
      std::max(static_cast<std::size_t>(count), corners + 1);
  const std::size_t between = wanted - (corners + 1);
  const double step = between > 1 ? static_cast<double>(corners) /
                                        static_cast<double>(between - 1)
                                  : 0;
  std::vector<float> result;
  result.reserve(wanted * 2);
  std::size_t next = 0;
  for (std::size_t corner = 0; corner <= corners; ++corner) {
    const float* from = outline.data() + corner % corners * 2;
    const float* to = outline.data() + (corner + 1) % corners * 2;
    result.insert(result.end(), {from[0], from[1]});
    const bool last = corner == corners;
    for (; next < between; ++next) {
      const double place = static_cast<double>(next) * step;
      if (!last && place >= static_cast<double>(corner + 1)) break;
      const auto share =
          static_cast<float>(last ? 0 : place - static_cast<double>(corner));
      result.insert(result.end(), {from[0] + (to[0] - from[0]) * share,
                                   from[1] + (to[1] - from[1]) * share});
    }
  }
  return result;
}

void ResampleAll(Task task, std::vector<Object>* objects) {
  if (task != Task::kSegment && task != Task::kObb) return;
  for (Object& object : *objects) {
    object.points = Resampled(object.points, OutlinePoints(task));
  }
}

void SetBoxAround(const std::vector<float>& points, Object* object) {
  object->x1 = object->x2 = points[0];
  object->y1 = object->y2 = points[1];
  for (std::size_t i = 2; i + 2 <= points.size(); i += 2) {
    object->x1 = std::min(object->x1, points[i]);
    object->x2 = std::max(object->x2, points[i]);
    object->y1 = std::min(object->y1, points[i + 1]);
    object->y2 = std::max(object->y2, points[i + 1]);
  }
}

float Intersection(const Object& a, const Object& b) {
  const float width = std::min(a.x2, b.x2) - std::max(a.x1, b.x1);
  const float height = std::min(a.y2, b.y2) - std::max(a.y1, b.y1);
  return std::max(width, 0.0F) * std::max(height, 0.0F);
}

float Area(const Object& object) {
  return std::max(object.x2 - object.x1, 0.0F) *
         std::max(object.y2 - object.y1, 0.0F);
}

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "augment/sample.h"

namespace yolotorch::augment {

/// Numbers per point of Object::points: 3 for pose, else 2.
std::size_t PointStride(Task task);

/// x becomes x * scale_x + shift_x, y becomes y * scale_y + shift_y.
struct Placement {
  float scale_x = 1;
  float scale_y = 1;
  float shift_x = 0;
  float shift_y = 0;
};

/// Moves boxes and points.
void ScaleAndShift(Task task, const Placement& placement,
                   std::vector<Object>* objects);

/// Clips boxes and points to [0, width] x [0, height]. Keypoints outside lose
/// their visibility (Instances.clip of Ultralytics 8.3 as described).
void ClipTo(Task task, int height, int width, std::vector<Object>* objects);

/// Drops objects whose box has no area.
void DropEmpty(std::vector<Object>* objects);

/// Mirrors left and right in a picture of `side` pixels of width, or, if not
/// `horizontal`, top and bottom in one of that height. Keypoints change places
/// by options.flip_idx, unless it is empty.
void Mirror(const Options& options, int side, bool horizontal,
            std::vector<Object>* objects);

/// Points of outlines that the pipeline works with: segment 1000, obb 100.
int OutlinePoints(Task task);

/// The closed outline with `count` points or one more than it has, whichever
/// are more: all points of the outline, the first one once more at its end, and
/// points by linear interpolation between them, at equal steps of the index
/// (resample_segments of Ultralytics 8.3 as described). An empty outline stays
/// empty.
std::vector<float> Resampled(const std::vector<float>& outline, int count);

/// Resamples the outlines of segment and obb.
void ResampleAll(Task task, std::vector<Object>* objects);

/// The box around points.
/// REQUIRES: at least one point of two numbers.
void SetBoxAround(const std::vector<float>& points, Object* object);

/// Area of the intersection of two boxes.
float Intersection(const Object& a, const Object& b);

/// Area of a box; 0 if its sides are not positive.
float Area(const Object& object);

}  // namespace yolotorch::augment

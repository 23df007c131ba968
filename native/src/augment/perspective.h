// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "augment/random.h"
#include "augment/sample.h"
#include "augment/warp.h"

namespace yolotorch::augment {

/// A random change of a picture's geometry.
struct Change {
  Matrix matrix = kIdentity;
  double scale = 1;  ///< the part of it that is a scale
};

/// Draws a change of a picture of height x width into a result of result_height
/// x result_width: T * S * R * P * C, where C moves the centre to 0, P is a
/// perspective, R a rotation with a scale, S a shear, and T moves 0 near the
/// middle of the result. Draws in this order: perspective of x and y, angle,
/// scale, shear of x and y, translation of x and y (RandomPerspective of
/// Ultralytics 8.3 as described).
Change DrawChange(const Options& options, int height, int width,
                  int result_height, int result_width, Random* random);

/// Moves objects with their pixels into a result of height x width, clips them
/// and drops those of which too little remains. Boxes become the box around
/// their moved corners, or around those points of a moved outline that are
/// inside of the result; see IsKept for what remains (RandomPerspective,
/// segment2box and box_candidates of Ultralytics 8.3 as described).
std::vector<Object> Moved(Task task, const Change& change, int height,
                          int width, std::vector<Object> objects);

/// Whether enough of an object is left: more than 2 pixels of both sides, sides
/// of less than 100 to 1, and more than a share of the area that it had
/// `before` times the square of `scale`: 0.01 if it has an outline, else 0.1.
bool IsKept(const Object& before, double scale, const Object& after,
            bool has_outline);

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "augment/canvas.h"

namespace yolotorch::augment {

/// A 3 x 3 matrix, row after row, that maps x, y, 1 of a source to x * w, y *
/// w, w of a result.
using Matrix = std::array<double, 9>;

inline constexpr Matrix kIdentity = {1, 0, 0, 0, 1, 0, 0, 0, 1};

/// a * b: what b does, then what a does.
Matrix Product(const Matrix& a, const Matrix& b);

/// The opposite way. A matrix that has none gives zeros.
Matrix Inverse(const Matrix& m);

/// Whether the last row is 0, 0, 1.
bool IsAffine(const Matrix& m);

/// Writes planes of height x width of what `m` makes of the pixels of a canvas;
/// places that it does not fill are kGrey. Objects are left as they are.
///
/// An affine matrix gives the bytes of OpenCV 4's warpAffine, another one those
/// of its warpPerspective, both INTER_LINEAR with a constant border: source
/// places are rounded to 1/32 pixel, weights are exact, results are rounded.
/// Places that lie within 1e-9 of the middle between two 1/32 may be rounded
/// another way.
void WarpPixels(const Canvas& source, const Matrix& m, Planes* result);

}  // namespace yolotorch::augment

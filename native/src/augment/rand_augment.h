// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "augment/canvas.h"
#include "augment/random.h"

namespace yolotorch::augment {

/// The operations of torchvision's RandAugment.
enum class Operation {
  kIdentity,
  kShearX,
  kShearY,
  kTranslateX,
  kTranslateY,
  kRotate,
  kBrightness,
  kColor,
  kContrast,
  kSharpness,
  kPosterize,
  kSolarize,
  kAutoContrast,
  kEqualize,
};
inline constexpr int kOperations = 14;

/// The magnitude of an operation at place 9 of 31, as torchvision's table has
/// it; 0 for those that have none. `side` is that of the picture along which it
/// moves.
double MagnitudeOf(Operation operation, int side);

/// Whether a magnitude is drawn with either sign.
bool IsSigned(Operation operation);

/// Applies an operation: the bytes of torchvision with a Pillow picture and
/// bilinear interpolation; places outside of the picture become 0.
void Apply(Operation operation, double magnitude, Canvas* canvas);

/// Two operations at magnitude 9 of 31 (RandAugment of torchvision with its
/// defaults).
void RandAugment(Random* random, Canvas* canvas);

/// Pillow's transform AFFINE with BILINEAR: pixel (x, y) is what lies at a x +
/// b y + c, d x + e y + f, where `m` is a to f and pixels have their centres at
/// one half.
void AffinePillow(const std::array<double, 6>& m, Canvas* canvas);

}  // namespace yolotorch::augment

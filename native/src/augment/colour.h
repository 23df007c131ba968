// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "augment/canvas.h"

namespace yolotorch::augment {

// Changes of the colours of a picture, each with the bytes that Pillow gives
// for an RGB picture, as torchvision's transforms call it.

/// Each value times `factor`.
void AdjustBrightness(double factor, Canvas* canvas);

/// Between the grey of each pixel (0) and itself (1), or beyond.
void AdjustSaturation(double factor, Canvas* canvas);

/// Between the mean grey of the picture (0) and itself (1), or beyond.
void AdjustContrast(double factor, Canvas* canvas);

/// Between a smoothed picture (0) and itself (1), or beyond. Pixels at the
/// border are not smoothed.
void AdjustSharpness(double factor, Canvas* canvas);

/// Turns hues by a share of the circle, -0.5 to 0.5, in steps of 1/255.
void AdjustHue(double share, Canvas* canvas);

/// Keeps the upper bits of each value.
void Posterize(int bits, Canvas* canvas);

/// Inverts the values that are not below the threshold.
void Solarize(double threshold, Canvas* canvas);

/// Stretches each colour, so that its least value becomes 0 and its greatest
/// 255.
void AutoContrast(Canvas* canvas);

/// Spreads the values of each colour evenly.
void Equalize(Canvas* canvas);

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "augment/canvas.h"
#include "augment/random.h"
#include "augment/sample.h"

namespace yolotorch::augment {

/// Mixes two pictures of one size: the sample's has a share drawn from Beta(32,
/// 32), in multiples of 2^-16, the other one the rest; results are truncated.
/// Objects of both remain (MixUp of Ultralytics 8.3 as described).
void MixUp(const Planes& other, Random* random, Planes* planes);

/// A part of a picture: columns x1 to x2, rows y1 to y2, the last excluded.
struct Part {
  int x1 = 0;
  int y1 = 0;
  int x2 = 0;
  int y2 = 0;
};

/// Draws a part: its share of the area is uniform (Beta(1, 1)), its sides have
/// the ratio of the picture's, its centre is uniform; it is clipped.
Part DrawPart(int height, int width, Random* random);

/// Fills a part of the sample's picture from another one. Of three drawn parts
/// one is taken that touches no object; if there is none, or if no object of
/// the other picture has enough of its area there (0.1; with an outline 0.01),
/// nothing changes. Those objects are added, clipped to the part (CutMix of
/// Ultralytics 8.3 as described).
void CutMix(Task task, const Planes& other, Random* random, Planes* planes);

}  // namespace yolotorch::augment

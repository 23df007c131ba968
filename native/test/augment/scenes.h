// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "augment/plan.h"
#include "augment/sample.h"

namespace yolotorch::augment::scenes {

using Colour = std::array<std::uint8_t, 3>;

inline constexpr Colour kBlack = {0, 0, 0};

/// The colour of an object's class: none has a channel of kGrey or of another
/// class's in the middle.
Colour ColourOf(int class_id);

/// A picture of one colour.
Picture Plain(int height, int width, const Colour& colour);

/// A picture whose every byte differs from its neighbours.
Picture Noise(int height, int width, int seed);

/// Fills x1 to x2, y1 to y2 of a picture, both ends whole numbers.
void Paint(const Object& box, const Colour& colour, Picture* picture);

/// A black picture with a filled rectangle in the colour of each object; for
/// segment and obb objects get its four corners as points.
Picture WithBoxes(Task task, int height, int width,
                  const std::vector<Object>& boxes);

/// The pixels of a sample that have exactly this colour.
struct Seen {
  int count = 0;
  int x1 = 0;  ///< of the leftmost
  int y1 = 0;
  int x2 = 0;  ///< of the rightmost
  int y2 = 0;
};
Seen See(const Sample& sample, const Colour& colour);

Colour At(const Sample& sample, int x, int y);

/// Options without any change of colours and geometry.
Options Still(Task task, int imgsz);

/// The pictures of a plan.
std::vector<Picture> PicturesOf(const Plan& plan,
                                const std::vector<Picture>& all);

/// 0 to count - 1.
std::vector<int> Pool(int count);

}  // namespace yolotorch::augment::scenes

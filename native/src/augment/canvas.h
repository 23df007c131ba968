// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/random.h"
#include "augment/sample.h"

namespace yolotorch::augment {

/// The value of all colours where there is no picture.
inline constexpr std::uint8_t kGrey = 114;
/// Bytes after the last pixel of a canvas, so that any pixel can be read with
/// its right neighbour as 8 bytes.
inline constexpr std::size_t kCanvasSlack = 8;

/// A picture that is being put together: RGB, one pixel after the other.
struct Canvas {
  int height = 0;
  int width = 0;
  /// height x width x 3 and kCanvasSlack more.
  std::vector<std::uint8_t> pixels;
  std::vector<Object> objects = {};
};

/// A picture after its geometric changes: planes of red, green and blue.
struct Planes {
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> pixels;  ///< 3 x height x width
  std::vector<Object> objects = {};
};

/// A canvas of kGrey without objects.
Canvas GreyCanvas(int height, int width);

/// The picture as it is, its outlines resampled.
Canvas CanvasOf(Task task, const Picture& picture);

/// Four pictures around one point of a canvas of 2 S x 2 S, S = options.imgsz:
/// the first one left above it, the second right above, the third left below,
/// the fourth right below, cut off at the canvas. The point is drawn in
/// [S / 2, 3 S / 2), y first. Boxes are clipped to the canvas and dropped when
/// nothing remains (Mosaic of Ultralytics 8.3 with n = 4 as described).
Canvas MosaicOf(const Options& options,
                const std::array<const Picture*, 4>& pictures, Random* random);

/// Scales a canvas to fit height x width, centres it and fills the rest with
/// kGrey. Without `enlarge` it never becomes larger. Objects move with their
/// pixels (LetterBox of Ultralytics 8.3 as described).
Canvas LetterboxOf(Task task, Canvas canvas, int height, int width,
                   bool enlarge);

/// The planes of a canvas.
Planes PlanesOf(Canvas canvas);

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "yolotorch/image.h"

namespace yolotorch::vision {

/// The position of a picture in the network's input: scaled by one factor,
/// centred, padded with grey (114, 114, 114).
struct Letterbox {
  int image_height = 0;
  int image_width = 0;
  int net_height = 0;
  int net_width = 0;
  int scaled_height = 0;  ///< the picture's size inside the input; at least 1
  int scaled_width = 0;
  int top = 0;   ///< grey rows above
  int left = 0;  ///< grey columns to the left
  /// As Ultralytics' val: coordinates are mapped back exactly and not clipped.
  bool exact = false;
};

/// The letterbox of Ultralytics' predict for a fixed input size: sizes are
/// rounded half to even, an odd grey row or column goes to the bottom or the
/// right. A side has at least one pixel.
Letterbox FitLetterbox(int image_height, int image_width, int net_height,
                       int net_width);

/// Height and width of the smallest network input, in multiples of `stride`,
/// that holds the picture scaled to fit net_height x net_width: what
/// Ultralytics' predict pads to where a model takes any size.
std::array<int, 2> SmallestInput(int image_height, int image_width,
                                 int net_height, int net_width, int stride);

/// The letterbox of Ultralytics' val, whose sizes are rounded up: the picture's
/// longer side gets `side` pixels or, if that is 0 or does not fit, as many as
/// fit.
Letterbox FitValLetterbox(int image_height, int image_width, int net_height,
                          int net_width, int side = 0);

/// Writes the letterboxed picture as RGB bytes, net_height x net_width x 3.
/// The bilinear resize gives the same bytes as OpenCV's INTER_LINEAR.
void LetterboxToRgb(const ImageView& image, const Letterbox& box,
                    std::uint8_t* out);

/// A range of rows of the network's input, `end` excluded, so that several
/// threads can share one picture.
struct RowRange {
  int begin = 0;
  int end = 0;
};

/// As LetterboxToRgb, but some rows of planes of floats in [0, 1], value / 255,
/// for a network of `channels` channels: see Suits. `out` has room for the
/// whole input, channels x net_height x net_width.
void LetterboxToPlanes(const ImageView& image, const Letterbox& box,
                       RowRange rows, float* out, int channels = 3);

/// The values of LetterboxToPlanes in channels_last order: net_height x
/// net_width x channels.
void LetterboxToPixels(const ImageView& image, const Letterbox& box,
                       RowRange rows, float* out, int channels = 3);

/// Input pixels per picture pixel, not rounded.
double Gain(const Letterbox& box);

/// Grey columns to the left and rows above by the rule of Ultralytics'
/// scale_boxes, which starts from the unrounded scaled size; `top` and `left`
/// may differ by one.
struct Padding {
  int x = 0;
  int y = 0;
};
Padding RoundedPadding(const Letterbox& box);

/// Maps a box from the network's input to the picture and clips it:
/// the rule of Ultralytics' scale_boxes, whose padding is derived from the
/// unrounded scaled size. `xyxy` holds x1, y1, x2, y2 and is changed.
void UnletterboxBox(const Letterbox& box, float* xyxy);

/// As UnletterboxBox for a rotated box: centre x, centre y, width, height. Not
/// clipped.
void UnletterboxRotated(const Letterbox& box, float* xywh);

/// Maps a point (x, y) to the picture and clips it, with unrounded padding: the
/// rule of Ultralytics' scale_coords for keypoints and polygons.
void UnletterboxPoint(const Letterbox& box, float* xy);

}  // namespace yolotorch::vision

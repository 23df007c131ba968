// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "augment/sample.h"
#include "yolotorch/image.h"

namespace yolotorch::augment {

/// A picture as training keeps it: its long side is `imgsz`, the other one is
/// rounded up, no padding (load_image of Ultralytics 8.3 as described). The
/// bytes are those of OpenCV's INTER_LINEAR. Coordinates of `objects` are
/// shares of the picture's width and height; those of the result are pixels.
/// Throws an Error of kInvalidImage for a picture that has no three colours.
Picture Load(const ImageView& image, int imgsz, std::vector<Object> objects,
             Task task);

/// Throws an Error of kInvalidImage for a picture that has no pixel or no three
/// colours.
void RequireColours(const ImageView& image);

/// A view of the pixels. `picture` must outlive it. Throws an Error of
/// kInvalidArgument if there are not as many as its sides say.
ImageView ViewOf(const Picture& picture);

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

namespace yolotorch::train {

using at::Tensor;

/// Complete IoU of pairs of boxes x1, y1, x2, y2 in the last dimension, (N, 4)
/// both: (N). At most 1; negative where boxes lie far apart. Zheng et al.,
/// "Distance-IoU Loss" (2020): IoU less the squared distance of the centres in
/// parts of the enclosing box's diagonal, less a penalty for the aspect ratio,
/// whose weight carries no gradient.
Tensor CompleteIou(const Tensor& a, const Tensor& b);

/// Probabilistic IoU of pairs of rotated boxes cx, cy, w, h, theta, (N, 5)
/// both: (N), in [0, 1]. Llerena et al., "Gaussian Bounding Boxes and
/// Probabilistic Intersection-over-Union" (2021): 1 less the Hellinger distance
/// of the Gaussian distributions with the boxes' means and covariances.
Tensor ProbabilisticIou(const Tensor& a, const Tensor& b);

/// Centres and sizes, (N, 4 or more), as corners x1, y1, x2, y2: (N, 4).
Tensor CornersOf(const Tensor& centred);

/// Anchors of feature maps: centres in cells (A, 2), x first, and input pixels
/// per cell (A, 1).
struct Anchors {
  Tensor centres;
  Tensor strides;
};

/// Anchors of an input of height x width pixels, over the feature maps in their
/// order, in each row by row.
Anchors MakeAnchors(std::int64_t height, std::int64_t width,
                    const std::vector<double>& level_strides,
                    const at::Device& device);

/// Distances left, top, right, bottom in cells, the expected values of
/// distributions over bins: from logits (B, 4 bins, A) to (B, A, 4).
Tensor ExpectedSides(const Tensor& logits);

/// The same from logits (N, 4 bins) to (N, 4).
Tensor ExpectedSidesOfRows(const Tensor& logits);

/// Rotated boxes cx, cy, w, h, theta in cells, (N, 5), of sides (N, 4) at
/// anchors (N, 2) turned by angles (N, 1).
Tensor RotatedBoxes(const Tensor& sides, const Tensor& anchors,
                    const Tensor& angles);

}  // namespace yolotorch::train

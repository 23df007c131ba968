// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "vision/nms.h"

namespace yolotorch::vision {

/// A rotated box in the network's input: centre, size, and the angle of its
/// width against the x axis in radians, clockwise on the screen.
struct RotatedCandidate {
  float cx = 0;
  float cy = 0;
  float width = 0;
  float height = 0;
  float angle = 0;
  float score = 0;
  std::int32_t class_id = 0;
};

/// As SelectCandidates, from (4 + classes + 1) x anchors floats whose last
/// channel is the angle.
std::vector<RotatedCandidate> SelectRotatedCandidates(
    const float* output, int anchors, int classes, const NmsOptions& options);

/// Overlap of two rotated boxes, taken as Gaussian distributions (probabilistic
/// IoU: 1 minus the Hellinger distance), in [0, 1].
float ProbabilisticIou(const RotatedCandidate& a, const RotatedCandidate& b);

/// Fast non-maximum suppression: a box is dropped when any better box of its
/// class, kept or not, overlaps it by options.iou or more. Memory grows
/// linearly with the number of candidates.
std::vector<RotatedCandidate> SuppressRotated(
    std::vector<RotatedCandidate> candidates, const NmsOptions& options);

}  // namespace yolotorch::vision

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace yolotorch::train {

using at::Tensor;

/// What the assignment of anchors to labelled objects needs. B pictures, A
/// anchors, C classes, N objects of all pictures. No gradients.
struct AssignmentInput {
  Tensor scores;   ///< (B, A, C): class probabilities
  Tensor boxes;    ///< (B, A, 4), corners in input pixels, or rotated (B, A, 5)
  Tensor anchors;  ///< (A, 2): centres in input pixels
  Tensor picture;  ///< (N), int64
  Tensor classes;  ///< (N), int64
  Tensor objects;  ///< (N, 4) or (N, 5), in the form of `boxes`
};

/// The anchors that are to find an object: P of them, by picture and anchor.
struct Assignment {
  Tensor picture;  ///< (P), int64
  Tensor anchor;   ///< (P), int64
  Tensor object;   ///< (P), int64: among the N
  Tensor score;    ///< (P): the class probability to reach, in [0, 1]
};

/// Task-aligned assignment (Feng et al., "TOOD: Task-aligned One-stage Object
/// Detection", 2021): every object gets the `candidates` anchors inside of it
/// with the largest p^0.5 * o^6, p being the probability of its class and o the
/// overlap with the predicted box, complete IoU, or probabilistic IoU for
/// rotated boxes; an anchor that several objects want goes to the one that it
/// overlaps most, to the first of equals. Takes two float32 tensors of N x A.
Assignment Assign(const AssignmentInput& input, std::int64_t candidates = 10);

}  // namespace yolotorch::train

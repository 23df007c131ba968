// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/instruction_set.h"

namespace yolotorch::vision {

/// What to keep of a network's output.
struct NmsOptions {
  float conf = 0.25F;  ///< keep scores strictly above this; [0, 1]
  float iou = 0.7F;    ///< drop boxes that overlap a better one by more
  int max_detections = 300;
  bool agnostic = false;  ///< boxes of different classes compete, too
  std::vector<std::int32_t> classes = {};  ///< ids to keep; empty: all
  /// Every class of an anchor that scores above conf is a candidate.
  bool multi_label = false;
};

/// Maximum number of candidates that take part in suppression.
inline constexpr std::size_t kMaxCandidates = 30'000;
/// Offset between classes in pixels, so that they do not overlap.
inline constexpr float kClassShift = 7680;

/// Sorts by score, stable, and keeps the best kMaxCandidates.
template <typename Scored>
void KeepBest(std::vector<Scored>* candidates) {
  std::stable_sort(
      candidates->begin(), candidates->end(),
      [](const Scored& a, const Scored& b) { return a.score > b.score; });
  if (candidates->size() > kMaxCandidates) candidates->resize(kMaxCandidates);
}

/// One anchor's box, in the network's input pixels, with one of its classes.
struct Candidate {
  float x1 = 0;
  float y1 = 0;
  float x2 = 0;
  float y2 = 0;
  float score = 0;
  std::int32_t class_id = 0;
  std::int32_t anchor = 0;  ///< where its other channels are found
};

/// Anchors whose scores are processed together; their state fits the L1 cache.
inline constexpr std::size_t kScoreBlock = 1024;

/// The best class of each anchor of a group.
struct BestScores {
  std::array<float, kScoreBlock> score;
  std::array<std::int32_t, kScoreBlock> class_id;  ///< -1: none above
};

/// Finds the best class of `count` anchors, at most kScoreBlock, whose score is
/// above `above`; of equal scores the lower class wins. The scores of a class
/// begin `stride` floats after those of the class before. Equal for all
/// instruction sets.
using BestScoresKernel = void (*)(const float* scores, std::size_t stride,
                                  int classes, std::size_t count, float above,
                                  BestScores* best);

/// REQUIRES: this machine has these instructions.
BestScoresKernel BestScoresFor(base::InstructionSet instructions);

/// Anchors of a raw output whose best class scores above options.conf. `output`
/// holds one picture's (4 + classes + extra) x anchors floats, channel after
/// channel: centre x, centre y, width, height, class scores. Of equal scores
/// the lower class id wins. With options.multi_label all of an anchor's classes
/// above options.conf, ascending. Anchors with a value that is not finite are
/// skipped.
std::vector<Candidate> SelectCandidates(const float* output, int anchors,
                                        int classes, const NmsOptions& options);

/// Greedy non-maximum suppression, best first, at most options.max_detections.
/// As Ultralytics does it: at most the 30,000 best candidates, classes kept
/// apart by shifting boxes by 7,680 px per class in float32, equal scores in
/// order of anchors.
std::vector<Candidate> SuppressNonMaxima(std::vector<Candidate> candidates,
                                         const NmsOptions& options);

}  // namespace yolotorch::vision

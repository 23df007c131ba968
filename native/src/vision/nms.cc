// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/nms.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace yolotorch::vision {
namespace {

struct ShiftedBox {
  float x1;
  float y1;
  float x2;
  float y2;
  float area;
};

ShiftedBox Shift(const Candidate& candidate, bool agnostic) {
  const float shift =
      agnostic ? 0 : static_cast<float>(candidate.class_id) * kClassShift;
  ShiftedBox box{candidate.x1 + shift, candidate.y1 + shift,
                 candidate.x2 + shift, candidate.y2 + shift, 0};
  box.area = (box.x2 - box.x1) * (box.y2 - box.y1);
  return box;
}

// Whether two boxes overlap by more than `limit`, which is not negative.
bool OverlapMore(const ShiftedBox& a, const ShiftedBox& b, float limit) {
  const float width = std::min(a.x2, b.x2) - std::max(a.x1, b.x1);
  const float height = std::min(a.y2, b.y2) - std::max(a.y1, b.y1);
  // Most pairs end here, without the division.
  if (!(width > 0) || !(height > 0)) return false;
  const float intersection = width * height;
  return intersection / (a.area + b.area - intersection) > limit;
}

}  // namespace

std::vector<Candidate> SelectCandidates(const float* output, int anchors,
                                        int classes,
                                        const NmsOptions& options) {
  const auto count = static_cast<std::size_t>(anchors);
  // Class by class along the anchors, so that the loop runs over memory in
  // order and the compiler can vectorise it.
  std::vector<float> best(count, options.conf);
  std::vector<std::int32_t> best_class(count, -1);
  for (int c = 0; c < classes; ++c) {
    const float* scores = output + (4 + static_cast<std::size_t>(c)) * count;
    for (std::size_t i = 0; i < count; ++i) {
      const bool better = scores[i] > best[i];
      best[i] = better ? scores[i] : best[i];
      best_class[i] = better ? c : best_class[i];
    }
  }
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < count; ++i) {
    if (best_class[i] < 0) continue;
    if (!options.classes.empty() &&
        std::find(options.classes.begin(), options.classes.end(),
                  best_class[i]) == options.classes.end()) {
      continue;
    }
    const float x = output[i];
    const float y = output[count + i];
    const float half_width = output[2 * count + i] / 2;
    const float half_height = output[3 * count + i] / 2;
    Candidate candidate{x - half_width,
                        y - half_height,
                        x + half_width,
                        y + half_height,
                        best[i],
                        best_class[i],
                        static_cast<std::int32_t>(i)};
    if (std::isfinite(candidate.x1) && std::isfinite(candidate.y1) &&
        std::isfinite(candidate.x2) && std::isfinite(candidate.y2) &&
        std::isfinite(candidate.score)) {
      candidates.push_back(candidate);
    }
  }
  return candidates;
}

std::vector<Candidate> SuppressNonMaxima(std::vector<Candidate> candidates,
                                         const NmsOptions& options) {
  KeepBest(&candidates);
  std::vector<Candidate> kept;
  std::vector<ShiftedBox> kept_boxes;
  for (const Candidate& candidate : candidates) {
    if (kept.size() >= static_cast<std::size_t>(options.max_detections)) break;
    const ShiftedBox box = Shift(candidate, options.agnostic);
    const bool suppressed = std::any_of(
        kept_boxes.begin(), kept_boxes.end(), [&](const ShiftedBox& better) {
          return OverlapMore(better, box, options.iou);
        });
    if (suppressed) continue;
    kept.push_back(candidate);
    kept_boxes.push_back(box);
  }
  return kept;
}

}  // namespace yolotorch::vision

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
  if (!(width > 0) || !(height > 0)) return false;
  const float intersection = width * height;
  return intersection / (a.area + b.area - intersection) > limit;
}

// The boxes kept so far, as a structure of arrays: most of them do not overlap
// a new box, which a vectorised comparison finds for many at once.
class KeptBoxes {
 public:
  void Add(const ShiftedBox& box) {
    boxes_.push_back(box);
    x1_.push_back(box.x1);
    y1_.push_back(box.y1);
    x2_.push_back(box.x2);
    y2_.push_back(box.y2);
  }

  [[nodiscard]] bool Suppress(const ShiftedBox& box, float limit) const {
    constexpr std::size_t kBlock = 256;
    for (std::size_t begin = 0; begin < boxes_.size(); begin += kBlock) {
      const std::size_t end = std::min(begin + kBlock, boxes_.size());
      int touched = 0;
      for (std::size_t i = begin; i < end; ++i) {
        touched |= static_cast<int>(x2_[i] > box.x1) &
                   static_cast<int>(x1_[i] < box.x2) &
                   static_cast<int>(y2_[i] > box.y1) &
                   static_cast<int>(y1_[i] < box.y2);
      }
      for (std::size_t i = begin; touched != 0 && i < end; ++i) {
        if (OverlapMore(boxes_[i], box, limit)) return true;
      }
    }
    return false;
  }

 private:
  std::vector<ShiftedBox> boxes_;
  std::vector<float> x1_;
  std::vector<float> y1_;
  std::vector<float> x2_;
  std::vector<float> y2_;
};

// Class by class along the anchors, so that the loop runs over memory in order.
YOLOTORCH_INLINE void BestScoresLoop(const float* scores, std::size_t stride,
                                     int classes, std::size_t count,
                                     float above, BestScores* best) {
  std::fill_n(best->score.data(), count, above);
  std::fill_n(best->class_id.data(), count, -1);
  for (std::int32_t c = 0; c < classes; ++c, scores += stride) {
    for (std::size_t i = 0; i < count; ++i) {
      const bool better = scores[i] > best->score[i];
      best->score[i] = better ? scores[i] : best->score[i];
      best->class_id[i] = better ? c : best->class_id[i];
    }
  }
}

void BestScoresPortable(const float* scores, std::size_t stride, int classes,
                        std::size_t count, float above, BestScores* best) {
  BestScoresLoop(scores, stride, classes, count, above, best);
}

#if YOLOTORCH_X86
YOLOTORCH_AVX2 void BestScoresAvx2(const float* scores, std::size_t stride,
                                   int classes, std::size_t count, float above,
                                   BestScores* best) {
  BestScoresLoop(scores, stride, classes, count, above, best);
}

YOLOTORCH_AVX512 void BestScoresAvx512(const float* scores, std::size_t stride,
                                       int classes, std::size_t count,
                                       float above, BestScores* best) {
  BestScoresLoop(scores, stride, classes, count, above, best);
}
#endif

// Adds anchor `i` with a class, unless that class is not wanted or a number is
// not finite.
void AddCandidate(const float* output, std::size_t count, std::size_t i,
                  std::int32_t class_id, float score, const NmsOptions& options,
                  std::vector<Candidate>* candidates) {
  if (!options.classes.empty() &&
      std::find(options.classes.begin(), options.classes.end(), class_id) ==
          options.classes.end()) {
    return;
  }
  const float x = output[i];
  const float y = output[count + i];
  const float half_width = output[2 * count + i] / 2;
  const float half_height = output[3 * count + i] / 2;
  const Candidate candidate{x - half_width,
                            y - half_height,
                            x + half_width,
                            y + half_height,
                            score,
                            class_id,
                            static_cast<std::int32_t>(i)};
  if (std::isfinite(candidate.x1) && std::isfinite(candidate.y1) &&
      std::isfinite(candidate.x2) && std::isfinite(candidate.y2) &&
      std::isfinite(candidate.score)) {
    candidates->push_back(candidate);
  }
}

}  // namespace

BestScoresKernel BestScoresFor(base::InstructionSet instructions) {
#if YOLOTORCH_X86
  if (instructions == base::InstructionSet::kAvx512) return BestScoresAvx512;
  if (instructions == base::InstructionSet::kAvx2) return BestScoresAvx2;
#endif
  return BestScoresPortable;
}

std::vector<Candidate> SelectCandidates(const float* output, int anchors,
                                        int classes,
                                        const NmsOptions& options) {
  const BestScoresKernel best_scores =
      BestScoresFor(base::ChosenInstructionSet());
  const auto count = static_cast<std::size_t>(anchors);
  BestScores best;
  std::vector<Candidate> candidates;
  for (std::size_t begin = 0; begin < count; begin += kScoreBlock) {
    const std::size_t size = std::min(kScoreBlock, count - begin);
    best_scores(output + 4 * count + begin, count, classes, size, options.conf,
                &best);
    for (std::size_t k = 0; k < size; ++k) {
      if (best.class_id[k] < 0) continue;
      const std::size_t i = begin + k;
      if (!options.multi_label) {
        AddCandidate(output, count, i, best.class_id[k], best.score[k], options,
                     &candidates);
        continue;
      }
      for (int c = 0; c < classes; ++c) {
        const float score =
            output[(4 + static_cast<std::size_t>(c)) * count + i];
        if (score > options.conf) {
          AddCandidate(output, count, i, c, score, options, &candidates);
        }
      }
    }
  }
  return candidates;
}

std::vector<Candidate> SuppressNonMaxima(std::vector<Candidate> candidates,
                                         const NmsOptions& options) {
  KeepBest(&candidates);
  std::vector<Candidate> kept;
  KeptBoxes boxes;
  for (const Candidate& candidate : candidates) {
    if (kept.size() >= static_cast<std::size_t>(options.max_detections)) break;
    const ShiftedBox box = Shift(candidate, options.agnostic);
    if (boxes.Suppress(box, options.iou)) continue;
    kept.push_back(candidate);
    boxes.Add(box);
  }
  return kept;
}

}  // namespace yolotorch::vision

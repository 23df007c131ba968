// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/rotated.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace yolotorch::vision {
namespace {

constexpr float kEpsilon = 1e-7F;

// Covariance of the Gaussian that stands for a box: [[a, c], [c, b]].
struct Gaussian {
  float x;
  float y;
  float a;
  float b;
  float c;
  float largest;  // variance along the longer side
};

Gaussian GaussianOf(const RotatedCandidate& box) {
  const float along = box.width * box.width / 12;
  const float across = box.height * box.height / 12;
  const float cosine = std::cos(box.angle);
  const float sine = std::sin(box.angle);
  return {box.cx,
          box.cy,
          along * cosine * cosine + across * sine * sine,
          along * sine * sine + across * cosine * cosine,
          (along - across) * cosine * sine,
          std::max(along, across)};
}

// The Bhattacharyya distance, turned into 1 - Hellinger distance.
float Overlap(const Gaussian& p, const Gaussian& q) {
  const float a = p.a + q.a;
  const float b = p.b + q.b;
  const float c = p.c + q.c;
  const float dx = p.x - q.x;
  const float dy = p.y - q.y;
  const float determinant = a * b - c * c;
  const float t1 =
      (a * dy * dy + b * dx * dx) / (determinant + kEpsilon) * 0.25F;
  const float t2 = (c * -dx * dy) / (determinant + kEpsilon) * 0.5F;
  const float own = std::max(p.a * p.b - p.c * p.c, 0.0F) *
                    std::max(q.a * q.b - q.c * q.c, 0.0F);
  const float t3 =
      0.5F * std::log(determinant / (4 * std::sqrt(own) + kEpsilon) + kEpsilon);
  const float distance = std::clamp(t1 + t2 + t3, kEpsilon, 100.0F);
  return 1 - std::sqrt(1 - std::exp(-distance) + kEpsilon);
}

// Distance of the centres, squared, from which two boxes cannot overlap by
// `iou`: the part of the Bhattacharyya distance that comes from the centres is
// at least |d|^2 / (4 (largest variances)).
class FarApart {
 public:
  explicit FarApart(float iou) {
    // 1 - sqrt(1 - exp(-x)) = iou at this x; a little more for rounding.
    const double gap = 1.0 - std::min(static_cast<double>(iou), 1.0);
    limit_ = iou > 0.01F
                 ? static_cast<float>(-std::log(1.0 - gap * gap + 1e-9) + 0.01)
                 : 101.0F;
  }
  [[nodiscard]] bool operator()(const Gaussian& p, const Gaussian& q) const {
    const float dx = p.x - q.x;
    const float dy = p.y - q.y;
    return dx * dx + dy * dy > 4 * limit_ * (p.largest + q.largest);
  }

 private:
  float limit_;
};

}  // namespace

float ProbabilisticIou(const RotatedCandidate& a, const RotatedCandidate& b) {
  return Overlap(GaussianOf(a), GaussianOf(b));
}

std::vector<RotatedCandidate> SelectRotatedCandidates(
    const float* output, int anchors, int classes, const NmsOptions& options) {
  const auto count = static_cast<std::size_t>(anchors);
  const float* angles =
      output + (4 + static_cast<std::size_t>(classes)) * count;
  std::vector<RotatedCandidate> rotated;
  for (const Candidate& candidate :
       SelectCandidates(output, anchors, classes, options)) {
    const auto i = static_cast<std::size_t>(candidate.anchor);
    if (!std::isfinite(angles[i])) continue;
    rotated.push_back({output[i], output[count + i], output[2 * count + i],
                       output[3 * count + i], angles[i], candidate.score,
                       candidate.class_id});
  }
  return rotated;
}

std::vector<RotatedCandidate> SuppressRotated(
    std::vector<RotatedCandidate> candidates, const NmsOptions& options) {
  KeepBest(&candidates);
  std::vector<Gaussian> gaussians;
  for (const RotatedCandidate& candidate : candidates) {
    Gaussian gaussian = GaussianOf(candidate);
    if (!options.agnostic) {
      const float shift = static_cast<float>(candidate.class_id) * kClassShift;
      gaussian.x += shift;
      gaussian.y += shift;
    }
    gaussians.push_back(gaussian);
  }
  const FarApart far_apart(options.iou);
  std::vector<RotatedCandidate> kept;
  for (std::size_t j = 0; j < candidates.size(); ++j) {
    if (kept.size() >= static_cast<std::size_t>(options.max_detections)) break;
    bool suppressed = false;
    for (std::size_t i = 0; i < j && !suppressed; ++i) {
      suppressed = !far_apart(gaussians[i], gaussians[j]) &&
                   Overlap(gaussians[i], gaussians[j]) >= options.iou;
    }
    if (!suppressed) kept.push_back(candidates[j]);
  }
  return kept;
}

}  // namespace yolotorch::vision

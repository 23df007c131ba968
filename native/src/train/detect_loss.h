// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "train/assigner.h"
#include "train/boxes.h"
#include "train/loss.h"

namespace yolotorch::train {

/// The parts that all tasks with boxes have in common, and the whole of detect.
class DetectLoss : public LossFunction {
 public:
  DetectLoss(const Gains& gains, std::vector<double> strides)
      : gains_(gains), strides_(std::move(strides)) {}

  Loss operator()(const std::vector<Tensor>& raw,
                  const Batch& batch) const override;

 protected:
  /// The anchors that are to find objects, P of them, and what they are to
  /// find.
  struct Targets {
    Anchors anchors;          ///< all, A
    Assignment assignment;    ///< P
    Tensor row;               ///< (P), int64: the object among the batch's N
    Tensor centres;           ///< (P, 2): of the anchors, in cells
    Tensor strides;           ///< (P, 1)
    Tensor boxes;             ///< (P, 4), corners in cells, or (P, 5) rotated
    Tensor score_sum;         ///< of all scores to reach; 1 at least
    std::int64_t height = 0;  ///< of the input
    std::int64_t width = 0;
  };

  /// What a task adds: its items after their gains.
  virtual std::vector<Tensor> Extra(const std::vector<Tensor>& /*raw*/,
                                    const Batch& /*batch*/,
                                    const Targets& /*targets*/) const {
    return {};
  }
  /// Predicted boxes of all anchors in input pixels, (B, A, 4) or (B, A, 5).
  virtual Tensor Boxes(const std::vector<Tensor>& raw,
                       const Anchors& anchors) const;
  /// 1 less the overlap of predicted and labelled boxes, (P). `sides`: (P, 4).
  virtual Tensor BoxFault(const std::vector<Tensor>& raw, const Tensor& sides,
                          const Targets& targets) const;
  /// Which of N boxes, (N, 4 or 5) in input pixels, take part; undefined: all.
  [[nodiscard]] virtual Tensor TakePart(const Tensor& /*boxes*/) const {
    return {};
  }

  /// The values of the assigned anchors: from (B, C, A) to (P, C).
  static Tensor AtAnchors(const Tensor& values, const Assignment& assignment);

  [[nodiscard]] const Gains& gains() const { return gains_; }

 private:
  [[nodiscard]] Targets FindTargets(const std::vector<Tensor>& raw,
                                    const Batch& batch) const;

  Gains gains_;
  std::vector<double> strides_;
};

}  // namespace yolotorch::train

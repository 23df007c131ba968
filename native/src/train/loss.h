// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>
#include <vector>

#include "train/batch.h"
#include "yolotorch/task.h"

namespace yolotorch::train {

/// Weights of the parts of a loss, as Ultralytics' arguments of these names.
struct Gains {
  double box = 7.5;
  double cls = 0.5;
  double dfl = 1.5;
  double pose = 12.0;
  double kobj = 1.0;
};

/// The loss of a batch.
struct Loss {
  /// To be differentiated: the sum of the items times the number of pictures;
  /// of a classifier the item itself.
  Tensor total;
  /// The parts after their gains, in the order of LossNames(), without
  /// gradient.
  Tensor items;
};

/// The names of a task's parts in their order, such as "box_loss".
std::vector<std::string> LossNames(Task task);

/// What the network computes its result from, compared with labels.
class LossFunction {
 public:
  /// `strides`: input pixels per cell of the head's feature maps, none for a
  /// classifier. `keypoints`: of an object, for the task pose.
  static std::unique_ptr<LossFunction> Make(Task task, const Gains& gains,
                                            std::vector<double> strides,
                                            int keypoints);
  virtual ~LossFunction() = default;

  /// `raw`: what graph::Network::ForwardRaw gives for batch.images. Formulas:
  /// Ultralytics 8.3's, as each part's own comment tells.
  virtual Loss operator()(const std::vector<Tensor>& raw,
                          const Batch& batch) const = 0;
};

}  // namespace yolotorch::train

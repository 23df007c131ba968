// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graph/network.h"
#include "train/batch.h"
#include "train/loss.h"
#include "train/moving_average.h"
#include "train/optimizer.h"
#include "train/schedule.h"

namespace yolotorch::train {

/// How a network is trained. Names and defaults are those of Ultralytics'
/// arguments.
struct TrainerOptions {
  Task task = Task::kDetect;
  Gains gains;
  std::string optimizer = "SGD";  ///< see Optimizer::Make
  ScheduleOptions schedule;
  /// For a step of schedule.nbs pictures.
  double weight_decay = 0.0005;
  /// Beginnings of names, such as "model.0.", of what does not learn.
  std::vector<std::string> freeze;
  double dropout = 0;     ///< of a classifier
  bool bfloat16 = false;  ///< convolutions in bfloat16, by LibTorch's autocast
};

/// What `optimizer=auto` takes.
struct AutomaticOptimizer {
  std::string name;
  double lr0;
  double momentum;
};

/// The rule of Ultralytics: SGD for more than 10,000 steps, else AdamW with a
/// rate by the number of classes.
AutomaticOptimizer ChooseOptimizer(std::int64_t pictures, int batch, int nbs,
                                   int epochs, int classes);

/// A network that learns, its moving average, and all that the next step
/// depends on. Not thread-safe.
class Trainer {
 public:
  /// `average` is of the structure of `network` and takes its weights. Both
  /// stay on the device that they are on.
  Trainer(std::shared_ptr<graph::Network> network,
          std::shared_ptr<graph::Network> average,
          const TrainerOptions& options);

  /// To be called before the batches of an epoch, counted from 0; `epochs`: of
  /// the whole training, by which the learning rate falls.
  void StartEpoch(int epoch, int epochs);

  /// Learns from batch `index` of the epoch: gradients of the loss, and as
  /// often as the schedule says a step with the moving average behind it.
  /// Returns the items of the loss; where one is not finite, nothing was
  /// learnt.
  std::vector<double> Learn(const Batch& batch, std::int64_t index);

  /// The items of the loss of the moving average, as validation has them.
  std::vector<double> Evaluate(const Batch& batch);

  /// Parameters of its three groups: biases, other weights, weights of
  /// normalisations, such as "87 88 81", and the decay of the second.
  [[nodiscard]] const std::string& groups() const { return groups_; }
  /// Of the last batch.
  [[nodiscard]] const Rates& rates() const { return rates_; }
  /// 2-norm of all gradients at the last step, before it was clipped to 10.
  [[nodiscard]] double gradient_norm() const { return gradient_norm_; }
  [[nodiscard]] const graph::Network& network() const { return *network_; }
  [[nodiscard]] const graph::Network& average() const { return *average_; }
  [[nodiscard]] std::int64_t updates() const { return ema_.updates(); }

  /// All that the next step depends on, by names such as
  /// "model.0.conv.weight/value": weights, moving average, optimiser and
  /// gradients.
  [[nodiscard]] std::map<std::string, Tensor> State() const;
  /// Takes what State() gave. Throws Error kCorruptModel if it does not fit.
  void Restore(const std::map<std::string, Tensor>& state);

 private:
  void Freeze();
  std::unique_ptr<Optimizer> MakeOptimizer();
  void Step();
  std::vector<double> Items(const Loss& loss) const;

  TrainerOptions options_;
  std::shared_ptr<graph::Network> network_;
  std::shared_ptr<graph::Network> average_;
  std::unique_ptr<LossFunction> loss_;
  std::unique_ptr<Optimizer> optimizer_;
  std::string groups_;
  MovingAverage ema_;
  Rates rates_;
  int epoch_ = 0;
  std::int64_t last_step_ = -1;
  double gradient_norm_ = 0;
};

}  // namespace yolotorch::train

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "api/training_network.h"
#include "api/training_samples.h"
#include "api/training_settings.h"
#include "train/calibration.h"
#include "train/trainer.h"
#include "yolotorch/model.h"

namespace yolotorch::api {

/// What a checkpoint holds beside the network, as JSON texts.
struct CheckpointInfo {
  /// An object of what Ultralytics' checkpoints hold: epoch, train_args ...
  std::string info;
  /// What the caller needs to go on; kept as it is. Empty in a finished file,
  /// which holds nothing but the network.
  std::string state;
  bool finished = false;
};

/// A network that is trained, and the samples that it learns from. The caller
/// decodes pictures, decides the order of work and keeps time; this does all
/// arithmetic. For one thread, but for samples().
class Training {
 public:
  /// Reads the model and builds the network; see ReadTrainingSettings for the
  /// texts. Throws Error as OpenForTraining does.
  static std::unique_ptr<Training> Open(const std::string& arguments,
                                        const std::string& data);

  /// Properties, one "key value" per line.
  [[nodiscard]] std::string Describe() const;

  [[nodiscard]] TrainingSamples& samples() { return samples_; }

  /// Begins an epoch; `epochs`: of the whole training.
  void StartEpoch(int epoch, int epochs);

  /// Learns from batch `index` of the epoch, which is in a slot and has `count`
  /// samples. Returns the items of the loss, then the learning rates of biases
  /// and of other weights, the number of labels and the side of the input.
  std::vector<double> Learn(int slot, int count, std::int64_t index);

  /// Measures the normalisations that lack statistics on a batch; see
  /// train::Calibration.
  void Calibrate(int slot, int count);
  /// Takes what was measured. To be called before the first batch is learned.
  void FinishCalibration();

  /// The items of the loss of the moving average for a batch.
  std::vector<double> Evaluate(int slot, int count);

  /// The moving average as a model that predicts, with weights of its own.
  [[nodiscard]] Model AverageModel(const LoadOptions& options) const;

  /// Writes a checkpoint, whole or not at all.
  void Save(const CheckpointInfo& info, const std::string& path) const;

  /// Goes on from an unfinished checkpoint; returns its `state`.
  std::string Resume(const std::string& path);

 private:
  Training(TrainingSettings settings, TrainingSource source);
  void MakeTrainer();
  // With multi_scale a batch takes a random size from half to one and a half.
  void Rescale(std::int64_t index, train::Batch* batch) const;

  TrainingSettings settings_;
  c10::Device device_;
  int threads_;
  TrainingSource source_;
  NetworkShape shape_;
  TrainingSamples samples_;
  TrainingNetworks networks_;
  std::unique_ptr<train::Calibration> calibration_;
  std::unique_ptr<train::Trainer> trainer_;
};

/// The `state` of an unfinished checkpoint. Throws Error kInvalidArgument for a
/// finished one.
std::string ReadTrainingState(const std::string& path);

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "augment/sample.h"
#include "yolotorch/image.h"
#include "yolotorch/model.h"

namespace yolotorch::api {

/// Which of a training's two sets of pictures.
enum class Part : std::uint8_t { kTrain = 0, kVal = 1 };

/// What a checkpoint holds beside the network, as JSON texts.
struct CheckpointInfo {
  /// An object of what Ultralytics' checkpoints hold: epoch, train_args ...
  std::string info;
  /// What the caller needs to go on; kept as it is. Empty in a finished file,
  /// which holds nothing but the network.
  std::string state;
  bool finished = false;
};

/// A network that is trained, its pictures and its batches. The caller decodes
/// pictures, decides the order of work and keeps time; this does all
/// arithmetic.
///
/// Samples may be made by several threads at a time, each for another place,
/// while one thread learns from another batch; everything else is for one
/// thread alone.
class Training {
 public:
  /// How many batches may be made or used at a time.
  static constexpr int kSlots = 3;

  /// Reads the model and builds the network; see ReadTrainingSettings for the
  /// texts. Throws Error as OpenForTraining does.
  Training(const std::string& arguments, const std::string& data);
  ~Training();
  Training(const Training&) = delete;
  Training& operator=(const Training&) = delete;

  /// Properties, one "key value" per line.
  [[nodiscard]] std::string Describe() const;

  /// Labels of a picture as shares of its sides.
  void SetLabels(Part part, int picture, std::vector<augment::Object> labels);

  /// Takes the pixels of a picture that MakeSample or MakeValSample missed.
  void PutPicture(Part part, int picture, const ImageView& image);

  /// Keeps decoded pictures in the folders `train` and `val` of a folder, too,
  /// which must be there. To be called before pictures come.
  void KeepOnDisk(const std::string& folder);

  /// The order of the pictures in an epoch.
  [[nodiscard]] std::vector<int> Order(int epoch) const;

  /// Begins an epoch; `epochs`: of the whole training.
  void StartEpoch(int epoch, int epochs);

  /// Makes the sample at `position` of the begun epoch's order, for its place
  /// in the batch of that slot. Returns the pictures that are not there; only
  /// without any was it made.
  std::vector<int> MakeSample(int position, int slot);

  /// Likewise for a picture to validate with, at a place of a batch of that
  /// size.
  std::vector<int> MakeValSample(int picture, int slot, int place, int height,
                                 int width);

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

  /// The pixels of a sample in a slot, 3 x height x width, RGB planes.
  [[nodiscard]] const augment::Sample& SampleAt(int slot, int place) const;

  /// The moving average as a model that predicts, with weights of its own.
  [[nodiscard]] Model AverageModel(const LoadOptions& options) const;

  /// Writes a checkpoint, whole or not at all.
  void Save(const CheckpointInfo& info, const std::string& path) const;

  /// Goes on from an unfinished checkpoint; returns its `state`.
  std::string Resume(const std::string& path);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The `state` of an unfinished checkpoint. Throws Error kInvalidArgument for a
/// finished one.
std::string ReadTrainingState(const std::string& path);

}  // namespace yolotorch::api

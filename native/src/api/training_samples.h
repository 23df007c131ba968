// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "api/batch_slot.h"
#include "api/picture_store.h"
#include "api/training_settings.h"
#include "augment/sample.h"
#include "train/batch.h"
#include "yolotorch/image.h"

namespace yolotorch::api {

/// Which of a training's two sets of pictures.
enum class Part : std::uint8_t { kTrain = 0, kVal = 1 };

/// The pictures of a training, and the batches that are made of them. The
/// caller decodes pictures.
///
/// Samples may be made, and pictures put, by several threads at a time, each
/// for another place or picture; everything else is for one thread alone.
class TrainingSamples {
 public:
  /// How many batches may be made or used at a time.
  static constexpr int kSlots = 3;

  /// `settings` must outlive this.
  explicit TrainingSamples(const TrainingSettings& settings);

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
  [[nodiscard]] int epoch() const { return epoch_; }

  /// Makes the sample at `position` of the begun epoch's order, for its place
  /// in the batch of that slot. Returns the pictures that are not there; only
  /// without any was it made.
  std::vector<int> MakeSample(int position, int slot);

  /// Likewise for a picture to validate with, at a place of a batch of that
  /// size.
  std::vector<int> MakeValSample(int picture, int slot, int place, int height,
                                 int width);

  /// A sample in a slot.
  [[nodiscard]] const augment::Sample& At(int slot, int place) const;

  /// The first `count` samples of a slot on that device.
  [[nodiscard]] train::Batch BatchOf(int slot, int count,
                                     c10::Device device) const;

 private:
  PictureStore& store(Part part) {
    return stores_[static_cast<std::size_t>(part)];
  }
  augment::Sample& Place(int slot, int place);
  // The pictures used last, the one at `position` among them.
  [[nodiscard]] std::vector<int> PoolAt(int position) const;

  const TrainingSettings& settings_;
  std::array<PictureStore, 2> stores_;
  std::array<BatchSlot, kSlots> slots_;
  int epoch_ = 0;
  bool closed_ = false;
  std::vector<int> order_;
  std::vector<int> previous_;  // of the epoch before; empty: none
};

}  // namespace yolotorch::api

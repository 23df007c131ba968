// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>

#include <vector>

#include "augment/sample.h"
#include "train/batch.h"
#include "yolotorch/task.h"

namespace yolotorch::api {

/// The samples of one batch while they are made. Threads may write different
/// places at a time.
class BatchSlot {
 public:
  void Resize(std::size_t places) { samples_.resize(places); }
  [[nodiscard]] std::size_t size() const { return samples_.size(); }
  [[nodiscard]] augment::Sample& at(std::size_t place) {
    return samples_[place];
  }
  [[nodiscard]] const augment::Sample& at(std::size_t place) const {
    return samples_[place];
  }

  /// The first `count` samples, all of one size, as a batch on that device.
  [[nodiscard]] train::Batch ToBatch(std::size_t count, Task task,
                                     bool overlapping_masks,
                                     std::int64_t keypoint_values,
                                     c10::Device device) const;

 private:
  std::vector<augment::Sample> samples_;
};

}  // namespace yolotorch::api

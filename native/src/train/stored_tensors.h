// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "formats/pickle_values.h"
#include "formats/tensor.h"

namespace yolotorch::train {

/// The values that a view of a file shows, in their own type and memory.
at::Tensor ToTensor(const formats::TensorView& view);

/// The storages of a checkpoint that is being written, one for every tensor.
class StoredTensors {
 public:
  /// Keeps the pointer.
  explicit StoredTensors(formats::PickleValues* values) : values_(*values) {}

  /// The tensor as a value of the pickle, in its own type. Throws Error
  /// kInvalidArgument for a type that checkpoints do not hold, such as complex
  /// numbers.
  const formats::Value* Add(const at::Tensor& tensor);

  /// What the records "data/0", "data/1" ... hold: contiguous, on the CPU.
  [[nodiscard]] const std::vector<at::Tensor>& records() const {
    return records_;
  }

 private:
  formats::PickleValues& values_;
  std::vector<at::Tensor> records_;
};

}  // namespace yolotorch::train

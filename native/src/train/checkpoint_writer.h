// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formats/checkpoint.h"
#include "graph/network.h"

namespace yolotorch::train {

/// What a checkpoint holds.
struct CheckpointFile {
  /// Its layers; not folded.
  const graph::Network* network = nullptr;
  /// The value of a parameter or buffer by its name in a state dict. Stored in
  /// half precision if it has fractions.
  std::function<at::Tensor(const std::string& name)> tensor;
  std::map<int, std::string> names;  ///< of the classes
  /// Whether training is over. Then the network lies under "model", else under
  /// "ema", and None under the other.
  bool finished = false;
  /// The other entries at the top, in this order: "epoch", "train_args" ...
  /// Those of the network stand behind "best_fitness". Its "args" are a copy of
  /// "train_args".
  nlohmann::ordered_json info = nlohmann::ordered_json::object();
  /// What an interrupted training goes on from: tensors of any type, which are
  /// stored to the bit, and a text. Left out when both are empty.
  std::vector<std::pair<std::string, at::Tensor>> resume;
  std::string resume_state;
};

/// Writes a checkpoint as Ultralytics does, which its Python program and
/// formats::Checkpoint read. The file appears whole or not at all. Throws Error
/// kWriteFailed, and kInvalidArgument for a tensor of a type that checkpoints
/// do not hold.
void WriteCheckpoint(const CheckpointFile& checkpoint, const std::string& path);

/// What an interrupted training goes on from.
struct Resume {
  std::map<std::string, at::Tensor> tensors;
  std::string state;
};

/// What WriteCheckpoint() stored to go on from; nothing for any other file.
/// Throws Error kCorruptModel, and kUnsafeModel when a file shows more values
/// than it stores.
std::optional<Resume> ReadResume(const formats::Checkpoint& checkpoint);

}  // namespace yolotorch::train

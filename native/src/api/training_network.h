// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "formats/checkpoint.h"
#include "graph/architecture.h"
#include "graph/network.h"
#include "metadata/metadata.h"
#include "train/transfer.h"

namespace yolotorch::api {

/// What a training begins from: an architecture and, of a checkpoint, its
/// weights.
struct TrainingSource {
  graph::Architecture architecture;
  std::shared_ptr<graph::Network> pretrained;  ///< unfused; null: none
  metadata::Metadata metadata;
  std::string name;  ///< of the file, for messages
  /// The file, of a checkpoint; else null.
  std::shared_ptr<const formats::Checkpoint> checkpoint;
};

/// Reads a checkpoint, a yaml or the name of a built-in architecture. Throws
/// Error kUnsupportedModel for an archive, which holds no weights that learn,
/// and what the readers of these throw.
TrainingSource OpenForTraining(const std::string& path);

/// What a data set asks of a network.
struct NetworkShape {
  int classes = 80;
  int channels = 3;
  std::array<int, 2> kpt_shape = {0, 0};  ///< for pose; {0, 0}: the model's own
};

/// Two networks of the same structure, one to learn and one for its moving
/// average.
struct TrainingNetworks {
  std::shared_ptr<graph::Network> network;
  std::shared_ptr<graph::Network> average;
  /// What was copied from the pretrained weights; nothing without them.
  std::optional<train::Transferred> transferred;
};

/// Builds the source's architecture for a data set, with the weights of
/// `pretrained`, which may be null, where names and shapes agree, and else
/// random ones drawn from `seed`.
TrainingNetworks BuildForTraining(const graph::Architecture& architecture,
                                  const graph::Network* pretrained,
                                  const NetworkShape& shape,
                                  std::uint64_t seed);

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "formats/checkpoint.h"
#include "graph/network.h"
#include "metadata/metadata.h"
#include "yolotorch/inspect.h"

namespace yolotorch::api {

/// A network that can still be traced for any size, and its metadata.
struct NetworkSource {
  std::shared_ptr<graph::Network> network;  ///< fused
  metadata::Metadata metadata;
  std::int64_t parameters_raw = 0;
  std::vector<LayerInfo> layers;  ///< with numbers of weights as saved
};

/// Throws Error kUnsupportedModel for a checkpoint whose pickled class is one
/// of the YOLOv5 repository.
void CheckOrigin(const formats::Checkpoint& checkpoint);

/// Builds the network that a checkpoint's modules are: their sizes, weights,
/// activations and epsilons. The yaml gives no more than its scale. Throws
/// Error kUnsupportedModel, which names the unsupported part.
NetworkSource FromCheckpoint(const formats::Checkpoint& checkpoint);

/// As FromCheckpoint(), with the normalisations as they are.
NetworkSource UnfusedFromCheckpoint(const formats::Checkpoint& checkpoint);

/// Builds a named architecture with random weights.
NetworkSource FromArchitecture(const std::string& name, std::uint64_t seed);

/// Builds the architecture that a yaml file's text describes, with random
/// weights. The scale letter is taken from `name` ("yolo11s-mine.yaml");
/// without one it is the first that the yaml lists. Throws Error kCorruptModel,
/// or kUnsupportedModel naming the row that cannot be built.
NetworkSource FromYaml(const std::string& text, const std::string& name,
                       std::uint64_t seed);

}  // namespace yolotorch::api

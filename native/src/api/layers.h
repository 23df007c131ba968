// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "gate/gate.h"
#include "graph/network.h"
#include "yolotorch/inspect.h"

namespace yolotorch::api {

/// The layers of a network with the numbers of their weights, as trained until
/// it is fused.
std::vector<LayerInfo> LayersOf(const graph::Network& network);

/// The layers that an archive stores, with the numbers of stored weights; their
/// inputs are unknown.
std::vector<LayerInfo> StoredLayersOf(const gate::ArchiveFacts& facts);

/// Number of learned values of a module: no anchors, and no statistics of
/// norms.
std::int64_t CountWeights(const gate::ModuleFacts& module);

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/layers.h"

#include <string>

namespace yolotorch::api {
namespace {

std::string TextOf(const std::vector<int>& from) {
  std::string text;
  for (const int index : from) {
    text += (text.empty() ? "" : ",") + std::to_string(index);
  }
  return text;
}

}  // namespace

std::vector<LayerInfo> LayersOf(const graph::Network& network) {
  std::vector<LayerInfo> layers;
  for (const graph::Row& row : network.architecture().rows) {
    layers.push_back(
        {static_cast<int>(layers.size()), TextOf(row.from), row.module, 0});
  }
  for (const auto& parameter : network.named_parameters()) {
    const int layer = gate::LayerOf(parameter.key());
    if (layer >= 0 && layer < static_cast<int>(layers.size())) {
      layers[static_cast<std::size_t>(layer)].parameters +=
          parameter.value().numel();
    }
  }
  return layers;
}

std::vector<LayerInfo> StoredLayersOf(const gate::ArchiveFacts& facts) {
  std::vector<LayerInfo> layers;
  for (const gate::ModuleFacts& module : facts.modules) {
    const int layer = gate::LayerOf(module.path);
    if (layer < 0) continue;
    if (module.path == "model." + std::to_string(layer)) {
      layers.push_back({layer, "", module.type, 0});
    }
    if (!layers.empty()) layers.back().parameters += CountWeights(module);
  }
  return layers;
}

std::int64_t CountWeights(const gate::ModuleFacts& module) {
  std::int64_t count = 0;
  for (const auto& [name, view] : module.tensors) {
    if (name == "weight" || name == "bias") count += view.numel();
  }
  return count;
}

}  // namespace yolotorch::api

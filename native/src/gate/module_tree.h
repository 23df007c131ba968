// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/tensor.h"

namespace yolotorch::gate {

/// One module of an archive, read from its data.pkl without running anything.
struct ModuleFacts {
  std::string path;   ///< "model.9.cv1"; empty for the archive itself
  std::string type;   ///< "SPPF": the class without package and number
  std::string owner;  ///< the package: "ultralytics.nn.modules.block"
  /// The module's own tensors by name, such as "weight".
  std::vector<std::pair<std::string, formats::TensorView>> tensors;
};

/// 9 for "model.9.cv1"; -1 if the path is not of a layer.
int LayerOf(std::string_view path);

/// The modules below the archive's root in order, the root first. The wrappers
/// that exporters put around the network ("model.model.9", "network.model.9")
/// are left out of the paths: layers are always "model.9". Throws Error
/// kCorruptModel for an archive whose root is no module, and kUnsafeModel for
/// more than 20,000 modules, paths of over 1,000 bytes and names that occur
/// twice.
std::vector<ModuleFacts> ReadModuleTree(const formats::Pickle& pickle,
                                        const formats::TensorPlace& place);

}  // namespace yolotorch::gate

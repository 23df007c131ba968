// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "formats/pickle_values.h"
#include "graph/network.h"
#include "train/module_values.h"

namespace yolotorch::train {

/// JSON as Python's values: null is None, an array a list.
const formats::Value* JsonValue(const nlohmann::ordered_json& json,
                                formats::PickleValues* values);

/// The object of a whole network: ultralytics.nn.tasks.DetectionModel, or that
/// of another task. `arguments`: of its training, an object of JSON.
const formats::Value* ModelValue(const graph::Network& network,
                                 const std::map<int, std::string>& names,
                                 const nlohmann::ordered_json& arguments,
                                 ModuleValues* modules,
                                 formats::PickleValues* values);

}  // namespace yolotorch::train

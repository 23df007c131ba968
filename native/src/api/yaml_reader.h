// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/pickle.h"
#include "graph/architecture.h"

namespace yolotorch::api {

/// The architecture that a model's yaml describes, whether it came as a file or
/// inside a checkpoint. `scale`: the letter to take when the yaml itself names
/// none, or empty; then the first that it lists is taken and `*guessed` set.
/// Throws Error kUnsupportedModel.
graph::Architecture ReadArchitecture(const formats::Value& yaml,
                                     const std::string& label,
                                     const std::string& scale = "",
                                     bool* guessed = nullptr);

}  // namespace yolotorch::api

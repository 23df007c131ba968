// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "graph/architecture.h"

namespace yolotorch::api {

/// What the activation of a yaml, such as "nn.LeakyReLU(0.1, inplace=True)",
/// stands for: a call of a class of torch.nn, whose arguments are numbers,
/// quoted words, True, False or None. Nothing for any other text. Whether there
/// is such a class is not checked.
std::optional<graph::ActivationChoice> ReadActivation(const std::string& text);

}  // namespace yolotorch::api

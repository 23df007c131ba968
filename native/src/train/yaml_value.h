// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/pickle_values.h"
#include "graph/architecture.h"

namespace yolotorch::train {

/// The yaml dict of a network, from which the same one is built again. It lists
/// the one scale that the network has. Rows need their arguments.
const formats::Value* YamlValue(const graph::Architecture& architecture,
                                formats::PickleValues* values);

/// The layers whose output a later layer than the next takes, in order.
std::vector<int> SavedLayers(const graph::Architecture& architecture);

/// The call that a yaml has for an activation: "torch.nn.LeakyReLU(0.1)".
std::string ActivationText(const graph::ActivationChoice& choice);

}  // namespace yolotorch::train

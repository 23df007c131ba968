// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/architecture.h"
#include "graph/saved_module.h"

namespace yolotorch::train {

/// The architecture of a network whose rows lack their arguments, as of one
/// that was built from modules without a yaml: rows and activation are read off
/// its modules, in their real sizes, so that depth and width multiply by one.
/// Any other architecture is returned as it is.
///
/// A yaml cannot say everything: channels are rounded up to multiples of 8, and
/// a layer that no row describes keeps its name alone.
graph::Architecture WithArguments(const graph::Architecture& architecture,
                                  const graph::SavedModule& network);

}  // namespace yolotorch::train

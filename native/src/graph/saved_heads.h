// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/heads.h"
#include "graph/saved_module.h"

namespace yolotorch::graph {

/// Number of classes that a saved head's weights tell apart.
int SavedClasses(const SavedModule& head);

}  // namespace yolotorch::graph

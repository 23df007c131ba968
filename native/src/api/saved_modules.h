// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/checkpoint.h"
#include "graph/saved_module.h"

namespace yolotorch::api {

/// The modules of a checkpoint as a tree that networks are built from. Tensors
/// are copied only when they are taken; `checkpoint` must live until then.
graph::SavedModule ToSavedModule(const formats::Checkpoint& checkpoint);

}  // namespace yolotorch::api

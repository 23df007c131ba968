// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/checkpoint.h"
#include "metadata/metadata.h"

namespace yolotorch::api {

/// Gives the metadata the checkpoint's names for exactly the `classes` that its
/// head tells apart, with a warning when the checkpoint names more or fewer. A
/// checkpoint without any leaves them empty.
void NameClasses(const formats::Checkpoint& checkpoint, int classes,
                 metadata::Metadata* metadata);

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gate/inferred_metadata.h"
#include "metadata/metadata.h"

namespace yolotorch::archive {

/// Completes an archive's metadata from its weights and code, and compares the
/// two. `asked_task`: the task that the caller asks for, or empty; it overrides
/// the metadata, but not the network. Throws Error kUnsupportedModel when the
/// task is unknown or the metadata's task is not the network's, and
/// kCorruptModel when their numbers of classes or keypoints differ.
void ResolveMetadata(const gate::InferredMetadata& inferred,
                     const std::string& asked_task, const std::string& label,
                     metadata::Metadata* metadata);

}  // namespace yolotorch::archive

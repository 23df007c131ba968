// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gate/inferred_metadata.h"
#include "metadata/metadata.h"

namespace yolotorch::archive {

/// Settles what an archive's metadata leaves open, by what its weights and code
/// tell, and holds the two against each other. `asked_task`: the caller's word,
/// which wins over the metadata's, but not over the network's; may be empty.
/// Throws Error kUnsupportedModel when no task can be told or the metadata
/// names another than the network is of, and kCorruptModel when it names
/// another number of classes or keypoints.
void ResolveMetadata(const gate::InferredMetadata& inferred,
                     const std::string& asked_task, const std::string& label,
                     metadata::Metadata* metadata);

}  // namespace yolotorch::archive

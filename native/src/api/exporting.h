// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "graph/network.h"
#include "metadata/metadata.h"
#include "yolotorch/options.h"

namespace yolotorch::api {

/// Traces `network`, adds what `options` ask for and writes the archive to
/// `target`. `metadata`: task, names, imgsz (rounded) and the like. Throws
/// Error kInvalidArgument for options that contradict each other.
void ExportArchive(graph::Network& network, metadata::Metadata metadata,
                   const ExportOptions& options, const std::string& target);

}  // namespace yolotorch::api

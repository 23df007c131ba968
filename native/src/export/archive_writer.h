// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/api/module.h>

#include <string>

#include "metadata/metadata.h"

namespace yolotorch::exporter {

/// Writes `module` and its config.txt as a TorchScript archive at `path`. The
/// file appears whole or not at all: it is written beside, flushed to the
/// disk and renamed, so an older file stays intact until then. `for_mobile`:
/// with bytecode, so that the lite interpreter opens it, too. Throws Error
/// kWriteFailed.
void WriteArchive(const torch::jit::Module& module,
                  const metadata::Metadata& metadata, const std::string& path,
                  bool for_mobile);

}  // namespace yolotorch::exporter

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>
#include <torch/csrc/jit/api/module.h>

#include <string>

#include "checkpoint/zip_archive.h"
#include "export/metadata.h"

namespace yolotorch::runtime {

/// A TorchScript archive after loading.
struct Archive {
  torch::jit::Module module;
  exporter::Metadata metadata;
};

/// Whether `zip` is a TorchScript archive, not a checkpoint.
bool IsTorchScript(const checkpoint::ZipArchive& zip);

/// Checks every stored record's CRC-32, reads the metadata and loads the
/// module onto `device`. Throws Error kCorruptModel, or kUnsupportedModel for
/// an archive of a kind that this version cannot run.
Archive LoadArchive(checkpoint::Bytes bytes, const checkpoint::ZipArchive& zip,
                    const std::string& label, c10::Device device);

}  // namespace yolotorch::runtime

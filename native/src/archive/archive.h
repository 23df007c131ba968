// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>
#include <torch/csrc/jit/api/module.h>

#include <optional>
#include <string>
#include <vector>

#include "formats/zip_archive.h"
#include "gate/gate.h"
#include "metadata/metadata.h"
#include "yolotorch/info.h"
#include "yolotorch/options.h"

namespace yolotorch::archive {

/// The metadata of an archive, read before LibTorch sees it; what the metadata
/// leaves open is inferred from `facts`, the findings of the gate. Throws Error
/// kCorruptModel when the two contradict each other, and kUnsupportedModel when
/// the task is unknown.
metadata::Metadata ReadMetadata(const gate::ArchiveFacts& facts,
                                const formats::ZipArchive& zip,
                                const std::string& label,
                                const LoadOptions& options);

/// A TorchScript archive after loading.
struct Archive {
  torch::jit::Module module;
  std::optional<BakedNms> baked_nms;
};

/// Loads the module of an archive onto `device` and remaps the devices that its
/// code names to it. REQUIRES: `metadata` was read from `bytes`. Throws Error
/// kCorruptModel, or kUnsupportedModel for an archive of a kind that this
/// version cannot run.
Archive LoadArchive(formats::Bytes bytes, const metadata::Metadata& metadata,
                    const std::string& label, c10::Device device);

/// Why this version cannot predict with such a model, as a sentence; empty if
/// it can.
std::string WhyNotRunnable(const metadata::Metadata& metadata,
                           const std::string& label);

}  // namespace yolotorch::archive

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>
#include <torch/csrc/jit/api/module.h>

#include <optional>
#include <string>
#include <vector>

#include "checkpoint/zip_archive.h"
#include "export/metadata.h"
#include "gate/gate.h"
#include "yolotorch/model.h"
#include "yolotorch/options.h"

namespace yolotorch::runtime {

/// What an archive is for, before LibTorch has seen it: its metadata, with what
/// they leave open settled by `facts`, which the gate found. Throws Error
/// kCorruptModel when the two contradict each other, and kUnsupportedModel when
/// no task can be told.
exporter::Metadata ReadContract(const gate::ArchiveFacts& facts,
                                const checkpoint::ZipArchive& zip,
                                const std::string& label,
                                const LoadOptions& options);

/// A TorchScript archive after loading.
struct Archive {
  torch::jit::Module module;
  std::optional<BakedNms> baked_nms;
  std::vector<std::string> devices;  ///< that its code named
};

/// Loads the module of an archive onto `device`; devices that its code names
/// become that one. `bytes` are those that `metadata` was read from. Throws
/// Error kCorruptModel, or kUnsupportedModel for an archive of a kind that this
/// version cannot run.
Archive LoadArchive(checkpoint::Bytes bytes, const exporter::Metadata& metadata,
                    const std::string& label, c10::Device device);

/// The sentence that says why this version cannot predict with such a model;
/// empty when it can.
std::string FaultOfContract(const exporter::Metadata& metadata,
                            const std::string& label);

}  // namespace yolotorch::runtime

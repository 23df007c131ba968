// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>

#include <mutex>
#include <string>
#include <vector>

#include "export/metadata.h"

namespace yolotorch::runtime {

/// A network ready to run: a frozen TorchScript module on one device and the
/// contract that its metadata states, fixed when it is made.
///
/// Thread-safe: runs are taken one after another.
class Session {
 public:
  Session(const torch::jit::Module& module, exporter::Metadata metadata,
          c10::Device device, std::string label);

  [[nodiscard]] const exporter::Metadata& metadata() const { return metadata_; }

  /// Throws Error kInputSize unless the network takes height x width.
  void CheckSize(std::int64_t height, std::int64_t width) const;

  /// `input`: (B, channels, H, W) float32 on the CPU. Returns the raw
  /// detections (B, 4 + classes, A) as contiguous float32 on the CPU. Throws
  /// Error kInputSize or kInferenceFailed.
  at::Tensor Detect(const at::Tensor& input);

 private:
  exporter::Metadata metadata_;
  c10::Device device_;
  std::string label_;
  torch::jit::Module module_;
  std::mutex mutex_;
};

}  // namespace yolotorch::runtime

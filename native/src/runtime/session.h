// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "metadata/metadata.h"
#include "optimizer/compiler.h"
#include "runtime/stop.h"
#include "yolotorch/options.h"

namespace yolotorch::runtime {

/// A network ready to run: a TorchScript module on one device, and its
/// metadata. The constructor fixes both.
///
/// Thread-safe: runs are serialized.
class Session {
 public:
  /// `level` applies to the CPU; other devices run by LibTorch alone.
  /// `bfloat16`: as for Program.
  Session(const torch::jit::Module& module, metadata::Metadata metadata,
          c10::Device device, std::string label,
          optimizer::OptimizeLevel level = optimizer::OptimizeLevel::kNone,
          bool bfloat16 = false);

  [[nodiscard]] const metadata::Metadata& metadata() const { return metadata_; }

  /// The fastest memory format of the input; others are accepted.
  [[nodiscard]] at::MemoryFormat input_format() const;

  /// A new input tensor in that format; it may outlive the session.
  [[nodiscard]] at::Tensor NewInput(std::int64_t batch, std::int64_t height,
                                    std::int64_t width) const;

  /// What was done to speed the network up and what could not be done, in
  /// sentences; complete after the first run.
  [[nodiscard]] std::vector<std::string> notes() const;

  /// Throws Error kInputSize unless the network takes height x width.
  void CheckSize(std::int64_t height, std::int64_t width) const;

  /// Has each run take no more memory than kRunBytes and kRunBytesPerByte for
  /// each byte of its input, and fail with Error kOutOfMemory otherwise. To be
  /// called before the first run.
  void LimitMemory() { limits_memory_ = true; }

  /// `input`: (B, channels, H, W) float32 on the CPU. Returns the task's
  /// tensors as contiguous float32 on the CPU: (B, values, A), for segment also
  /// the prototypes (B, M, h, w), for classify (B, classes). With non-maximum
  /// suppression in the graph the first is (B, max_det, values), rows of box,
  /// score, class and extras, by `options`. Throws Error kInputSize,
  /// kUnsupportedModel when the network's output has another form, kCancelled
  /// when `stop` was asked before a picture began, what ended it on the worker
  /// (Run), or what LibTorch throws.
  std::vector<at::Tensor> Run(const at::Tensor& input,
                              const PredictOptions& options,
                              const Stop* stop = nullptr);

  /// Runs an archive whose input or output is not that of a whole network: a
  /// pipeline, which takes a picture as (H, W, 3) uint8, RGB, or some layers.
  /// `input`: on the CPU. Returns all tensors of what forward gives, contiguous
  /// and on the CPU, in whatever type and shape they have. Throws as Run does.
  std::vector<at::Tensor> RunUnchecked(const at::Tensor& input,
                                       const PredictOptions& options);

  /// What was loaded, as messages name it.
  [[nodiscard]] const std::string& label() const { return label_; }

 private:
  // Batch size of one run of the network.
  [[nodiscard]] std::int64_t PicturesAtOnce(std::int64_t batch) const;
  // How many of `pictures` to run in parallel; 1: one after another, each on
  // all threads.
  [[nodiscard]] int ImagesInParallel(std::int64_t pictures) const;
  // One run of the module. REQUIRES: mutex_ is held; for parallel runs by the
  // thread that started them, and proven_.
  [[nodiscard]] std::vector<at::Tensor> Forward(const at::Tensor& input,
                                                const PredictOptions& options);
  // The tensors of one run, as they come. REQUIRES: as Forward.
  [[nodiscard]] std::vector<at::Tensor> Outputs(const at::Tensor& input,
                                                const PredictOptions& options);
  [[nodiscard]] c10::IValue RunModule(std::vector<c10::IValue> inputs);
  [[nodiscard]] c10::IValue RunProgram(std::vector<c10::IValue> inputs);
  void SetLimit(const at::Tensor& input) const;
  // As RunModule, at the highest level that works, which the first run
  // determines. REQUIRES: mutex_ is held.
  [[nodiscard]] c10::IValue RunOptimized(std::vector<c10::IValue> inputs);
  // Compiles program_ for level_, or lowers level_ and notes why.
  void Compile();
  void LowerLevel(optimizer::OptimizeLevel level, const std::string& reason);
  [[nodiscard]] bool IsExpected(const std::vector<at::Tensor>& outputs,
                                std::int64_t batch) const;
  // The shapes that IsExpected accepts, in words.
  [[nodiscard]] std::string ExpectedText(std::int64_t batch) const;
  // Values an object has beside box, score and class: keypoints, an angle.
  [[nodiscard]] std::int64_t Extras() const;

  metadata::Metadata metadata_;
  c10::Device device_;
  std::string label_;
  torch::jit::Module module_;
  mutable std::mutex mutex_;
  optimizer::OptimizeLevel level_;
  bool bfloat16_;
  bool limits_memory_ = false;
  bool proven_ = false;  // a run at level_ has succeeded
  std::shared_ptr<optimizer::MemoryPool> pool_ =
      std::make_shared<optimizer::MemoryPool>();
  std::unique_ptr<optimizer::Program> program_;
  mutable std::mutex notes_mutex_;  // apart, so that nobody waits for a run
  std::vector<std::string> notes_;
};

}  // namespace yolotorch::runtime

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "yolotorch/info.h"
#include "yolotorch/options.h"
#include "yolotorch/visibility.h"

namespace yolotorch {

/// The gate's verdict on a file. The numbers are stable: they are exit codes of
/// the command line.
enum class Verdict : std::int32_t {
  kClean = 0,    ///< a model that passed every check
  kRefused = 1,  ///< damaged or unsafe
  kUnknown = 2,  ///< no model, or a kind that is not supported
};

/// One layer of a network.
struct LayerInfo {
  int index = 0;
  std::string from;    ///< indices of its inputs; "-1": the layer before
  std::string module;  ///< "C3k2"
  std::int64_t parameters = 0;
};

/// What is known about a file without running a network.
struct FileInfo {
  std::string kind;    ///< stable: "checkpoint", "torchscript", "onnx" ...
  std::string title;   ///< with article: "an ONNX model"
  std::string advice;  ///< what to do with a file that cannot run here
  std::uint64_t bytes = 0;
  std::string sha256;
  Verdict verdict = Verdict::kUnknown;
  std::string reason;              ///< of a verdict that is not clean
  std::optional<ModelInfo> model;  ///< of a model that can be read
  /// Layers with their numbers of weights: as trained if the architecture is
  /// known, else as stored.
  std::vector<LayerInfo> layers;
  /// Number of stored values per element type such as "float32".
  std::map<std::string, std::int64_t> values;
  /// Number of calls per operator such as "aten::cat".
  std::map<std::string, std::int64_t> operators;
  /// Devices that the code names or that tensors were saved from. The model
  /// runs on the device asked for regardless.
  std::vector<std::string> devices;
  /// Programs that can open the file, such as "Python with torch".
  std::vector<std::string> runtimes;
};

/// Describes a file, or an architecture by name, without running it: LibTorch
/// loads an archive only after it has passed the gate. Of `options` trusted,
/// task, seed and sha256 are used. Thread-safe. Throws Error kNotFound when
/// there is no such file; defects of a file are part of the result, not errors.
YOLOTORCH_EXPORT FileInfo Inspect(const std::string& path,
                                  const LoadOptions& options = {});

/// Runs the checks of the gate on a model file, and nothing else: records,
/// pickles, tensors and code of a TorchScript archive, or records and pickle of
/// a checkpoint. LibTorch does not see the file. Thread-safe. Throws Error
/// kNotFound, kUnsafeModel, kCorruptModel for a damaged file and for one of
/// another kind, such as a yaml, or kUnsupportedModel for a checkpoint of
/// another family.
YOLOTORCH_EXPORT void Verify(const std::string& path,
                             const LoadOptions& options = {});

}  // namespace yolotorch

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

/// What the gate says of a file. The numbers are stable: the command line ends
/// with them.
enum class Verdict : std::int32_t {
  kClean = 0,  ///< a model in which nothing was found that should not be there
  kRefused = 1,  ///< damaged, or it asks for more than a model may
  kUnknown = 2,  ///< no model, or one of a kind that is not read here
};

/// One layer of a network.
struct LayerInfo {
  int index = 0;
  std::string from;    ///< layers it takes, "-1" being the one before
  std::string module;  ///< "C3k2"
  std::int64_t parameters = 0;
};

/// Everything that can be told of a file without running a network.
struct FileInfo {
  std::string kind;    ///< stable: "checkpoint", "torchscript", "onnx" ...
  std::string title;   ///< with article: "an ONNX model"
  std::string advice;  ///< what to do with a file that cannot run here
  std::uint64_t bytes = 0;
  std::string sha256;
  Verdict verdict = Verdict::kUnknown;
  std::string reason;              ///< of a verdict that is not clean
  std::optional<ModelInfo> model;  ///< of a model that can be read
  /// Layers with the numbers of weights as trained, where the architecture is
  /// known, else as stored.
  std::vector<LayerInfo> layers;
  /// Values by element type: "float32" to their number.
  std::map<std::string, std::int64_t> values;
  /// Operators by the number of places in the code: "aten::cat".
  std::map<std::string, std::int64_t> operators;
  /// Devices that the code names or tensors were saved from. Whatever they
  /// are, the model runs on the device asked for.
  std::vector<std::string> devices;
  /// What can open the file, one sentence part each.
  std::vector<std::string> runtimes;
};

/// Looks at a file, or at an architecture by name, without running it: LibTorch
/// loads an archive only once the gate has found it clean. `options`: trusted,
/// task, seed and sha256 count. Thread-safe. Throws Error kNotFound when there
/// is no such file; what is wrong with a file is no error but a part of the
/// answer.
YOLOTORCH_EXPORT FileInfo Inspect(const std::string& path,
                                  const LoadOptions& options = {});

/// Takes a model file through the gate, and through nothing else: a TorchScript
/// archive's records, pickles, tensors and code, or a checkpoint's records and
/// pickle. Nothing of it reaches LibTorch. Thread-safe. Throws Error kNotFound,
/// kUnsafeModel, kCorruptModel for a damaged file and one of another kind (a
/// yaml, too), or kUnsupportedModel for a checkpoint of another family.
YOLOTORCH_EXPORT void Verify(const std::string& path,
                             const LoadOptions& options = {});

}  // namespace yolotorch

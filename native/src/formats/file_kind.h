// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/zip_directory.h"

namespace yolotorch::formats {

/// The kind of a file, by its content alone.
struct FileKind {
  std::string id;      ///< stable: "torchscript", "onnx" ...
  std::string title;   ///< with article: "an ONNX model"
  std::string advice;  ///< what to do with it instead; empty if it may run

  /// Whether it is a kind that this project reads: "checkpoint",
  /// "torchscript" or "lite-interpreter".
  [[nodiscard]] bool is_model() const { return advice.empty(); }
};

/// Classifies a file by its first bytes and, for a zip archive, the names of
/// its records. Never throws.
FileKind KindOf(Bytes bytes);

}  // namespace yolotorch::formats

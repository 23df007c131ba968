// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/zip_directory.h"

namespace yolotorch::formats {

/// What a file is, by its content alone.
struct FileKind {
  std::string id;      ///< stable: "torchscript", "onnx" ...
  std::string title;   ///< with article: "an ONNX model"
  std::string advice;  ///< what to do with it instead; empty when it may run

  /// Whether it is a kind that this project reads: "checkpoint",
  /// "torchscript" or "lite-interpreter".
  [[nodiscard]] bool is_model() const { return advice.empty(); }
};

/// Tells the kinds of file that lie in model folders apart. Looks at the first
/// bytes and, in a zip archive, at the names of the records; trusts nothing
/// and never throws.
FileKind KindOf(Bytes bytes);

}  // namespace yolotorch::formats

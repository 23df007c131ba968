// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/file_kind.h"

namespace yolotorch::api {

/// The kinds of model files; each has its own reader.
enum class ModelFileKind {
  kArchitecture,  ///< no file, but the name of a built-in architecture
  kYaml,          ///< an architecture in a file, by its name
  kCheckpoint,    ///< a zip archive that may be a checkpoint
  kArchive,       ///< a TorchScript archive
  kOther,         ///< no model
};

struct ModelFile {
  ModelFileKind kind = ModelFileKind::kOther;
  std::string name;                 ///< without folders, for messages
  std::vector<std::uint8_t> bytes;  ///< empty for kArchitecture
  formats::FileKind format;         ///< by its content; likewise
};

/// Reads the file at `path` and classifies it. Where there is no such yaml, the
/// one without the scale letter counts, such as yolov8-p2.yaml for
/// yolov8s-p2.yaml, and then the name of a built-in architecture. Throws what
/// base::ReadFile throws, and Error kUnsupportedModel for a folder of another
/// program's model.
ModelFile ReadModelFile(const std::string& path);

/// Classifies `bytes`, which are never a yaml; `name` stands for the file.
ModelFile ClassifyBytes(std::vector<std::uint8_t> bytes,
                        const std::string& name);

/// Throws Error kUnsafeModel unless the file has the SHA-256 `wanted`; empty
/// accepts any. Throws kInvalidArgument for a pin that is no SHA-256 or that
/// pins what is no file.
void CheckPin(const ModelFile& file, const std::string& wanted);

/// Throws Error kUnsupportedModel for a model of another program, else
/// kCorruptModel; it says what the file is.
[[noreturn]] void FailNoModel(const ModelFile& file);

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/zip_directory.h"

namespace yolotorch::api {

/// Throws Error kUnsafeModel unless `bytes` have the SHA-256 `wanted`; empty
/// accepts any. `name` stands for the file. Throws kInvalidArgument for a pin
/// that is no SHA-256.
void CheckPin(formats::Bytes bytes, const std::string& name,
              const std::string& wanted);

/// Throws Error kInvalidArgument when `wanted` pins what is no file.
void RefusePin(const std::string& name, const std::string& wanted);

/// Throws Error kCorruptModel, saying what the file is, unless it is of a kind
/// that can be read as a model.
void CheckKind(formats::Bytes bytes, const std::string& name);

}  // namespace yolotorch::api

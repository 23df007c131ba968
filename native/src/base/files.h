// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yolotorch::base {

/// Reads a whole file, which may be empty. Throws Error kNotFound when there is
/// none, and kCorruptModel when it is larger than a model may be: 4.1 GiB.
std::vector<std::uint8_t> ReadFile(const std::string& path);

/// Writes a file that appears whole or not at all: it is written beside,
/// flushed to the disk and renamed, so an older file stays intact until then.
/// Throws Error kWriteFailed.
void WriteFile(const std::string& path, std::string_view bytes);

/// Throws the Error of WriteFile for a reason such as "it is a folder".
[[noreturn]] void FailWrite(const std::string& path, const std::string& reason);

}  // namespace yolotorch::base

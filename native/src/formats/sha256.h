// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace yolotorch::formats {

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
std::string Sha256(std::span<const std::uint8_t> bytes);

}  // namespace yolotorch::formats

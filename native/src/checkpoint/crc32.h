// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace yolotorch::checkpoint {

/// CRC-32 as zip archives use it (polynomial 0xEDB88320, reflected).
std::uint32_t Crc32(std::span<const std::uint8_t> bytes);

}  // namespace yolotorch::checkpoint

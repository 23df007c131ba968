// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace yolotorch::base {

/// Returns memory to the system that only start-up needed: free memory of
/// malloc, and pages of LibTorch's code, which the system reads from its cache
/// or the file when they are used again. Takes some milliseconds.
void ReleaseStartUpMemory();

/// Bytes that malloc has allocated and not freed; 0 where the C library does
/// not tell.
std::int64_t BytesInUse();

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace yolotorch::base {

/// Gives memory back to the system that only the start needed: free memory of
/// malloc, and pages of LibTorch's code, which the system reads again from the
/// file, or still has in its cache, when they are used again. Takes some
/// milliseconds.
void ReleaseStartUpMemory();

/// Bytes that malloc has given out and not got back; 0 where the C library
/// does not tell.
std::int64_t BytesInUse();

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

namespace yolotorch::runtime {

/// Gives memory back to the system that only the start needed: free memory of
/// malloc, and pages of LibTorch's code, which the system reads again from the
/// file, or still has in its cache, where they are wanted once more. Takes some
/// milliseconds.
void ReleaseStartUpMemory();

}  // namespace yolotorch::runtime

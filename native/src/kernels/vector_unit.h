// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/kernel_set.h"

namespace yolotorch::kernels {

/// The vector units that there are kernels for, each faster than those before.
enum class VectorUnit { kPortable, kAvx2, kAvx512 };

/// The best that this machine has.
VectorUnit BestVectorUnit();

/// The kernels for `unit`; null if there are none, as for kPortable. REQUIRES:
/// the machine has `unit`.
const KernelSet* Kernels(VectorUnit unit);

/// The kernels whose convolutions multiply bfloat16; null if this machine
/// cannot (it takes AVX512_BF16).
const KernelSet* Bfloat16Kernels();

}  // namespace yolotorch::kernels

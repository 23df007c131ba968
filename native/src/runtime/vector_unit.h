// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/vector_unit.h"

namespace yolotorch::runtime {

/// The vector unit to use: LibTorch's choice, so that ATEN_CPU_CAPABILITY rules
/// ours as well.
kernels::VectorUnit ChosenVectorUnit();

/// The kernels that multiply bfloat16; null where there are none, or another
/// vector unit was chosen.
const kernels::KernelSet* ChosenBfloat16Kernels();

}  // namespace yolotorch::runtime

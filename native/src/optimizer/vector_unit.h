// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/vector_unit.h"

namespace yolotorch::optimizer {

/// The vector unit to use: LibTorch's choice, so that ATEN_CPU_CAPABILITY rules
/// ours as well.
kernels::VectorUnit ChosenVectorUnit();

/// Its kernels for inputs of `type`; null where there are none.
const kernels::KernelSet* ChosenKernels(
    kernels::Type type = kernels::Type::kFloat);

}  // namespace yolotorch::optimizer

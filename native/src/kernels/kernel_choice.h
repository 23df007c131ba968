// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/instruction_set.h"
#include "kernels/kernel_set.h"

namespace yolotorch::kernels {

/// The kernels for `instructions`; null if there are none, as for kPortable.
/// REQUIRES: the machine has these instructions.
const KernelSet* KernelsFor(base::InstructionSet instructions);

/// The kernels to use for inputs of `type`, by base::ChosenInstructionSet();
/// null if there are none. Those for bfloat16 need AVX512_BF16.
const KernelSet* ChosenKernels(Type type = Type::kFloat);

}  // namespace yolotorch::kernels

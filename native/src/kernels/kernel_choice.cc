// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_choice.h"

namespace yolotorch::kernels {

using base::InstructionSet;

#if YOLOTORCH_X86

extern const KernelSet kAvx2Kernels;
extern const KernelSet kAvx512Kernels;
extern const KernelSet kAvx512Bf16Kernels;

const KernelSet* KernelsFor(InstructionSet instructions) {
  switch (instructions) {
    case InstructionSet::kAvx512:
      return &kAvx512Kernels;
    case InstructionSet::kAvx2:
      return &kAvx2Kernels;
    case InstructionSet::kPortable:
      break;
  }
  return nullptr;
}

const KernelSet* ChosenKernels(Type type) {
  if (type == Type::kFloat) return KernelsFor(base::ChosenInstructionSet());
  return base::UsesAvx512Bf16() ? &kAvx512Bf16Kernels : nullptr;
}

#else

const KernelSet* KernelsFor(InstructionSet /*instructions*/) { return nullptr; }
const KernelSet* ChosenKernels(Type /*type*/) { return nullptr; }

#endif

}  // namespace yolotorch::kernels

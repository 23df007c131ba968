// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/vector_unit.h"

namespace yolotorch::kernels {

#if defined(YOLOTORCH_X86_KERNELS)

extern const KernelSet kAvx2Kernels;
extern const KernelSet kAvx512Kernels;
extern const KernelSet kAvx512Bf16Kernels;

VectorUnit BestVectorUnit() {
  // These also ask whether the system saves the registers.
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq")) {
    return VectorUnit::kAvx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return VectorUnit::kAvx2;
  }
  return VectorUnit::kPortable;
}

const KernelSet* Kernels(VectorUnit unit) {
  switch (unit) {
    case VectorUnit::kAvx512:
      return &kAvx512Kernels;
    case VectorUnit::kAvx2:
      return &kAvx2Kernels;
    case VectorUnit::kPortable:
      break;
  }
  return nullptr;
}

const KernelSet* Bfloat16Kernels() {
  const bool fits = BestVectorUnit() == VectorUnit::kAvx512 &&
                    __builtin_cpu_supports("avx512bf16");
  return fits ? &kAvx512Bf16Kernels : nullptr;
}

#else

VectorUnit BestVectorUnit() { return VectorUnit::kPortable; }
const KernelSet* Kernels(VectorUnit /*unit*/) { return nullptr; }
const KernelSet* Bfloat16Kernels() { return nullptr; }

#endif

}  // namespace yolotorch::kernels

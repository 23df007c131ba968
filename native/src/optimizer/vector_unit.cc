// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/vector_unit.h"

#include <ATen/Version.h>

#include <algorithm>
#include <string>

namespace yolotorch::optimizer {

kernels::VectorUnit ChosenVectorUnit() {
  const std::string capability = at::get_cpu_capability();
  kernels::VectorUnit wanted = kernels::VectorUnit::kPortable;
  if (capability.starts_with("AVX512")) wanted = kernels::VectorUnit::kAvx512;
  if (capability == "AVX2") wanted = kernels::VectorUnit::kAvx2;
  return std::min(wanted, kernels::BestVectorUnit());
}

const kernels::KernelSet* ChosenKernels(kernels::Type type) {
  const kernels::VectorUnit unit = ChosenVectorUnit();
  if (type == kernels::Type::kFloat) return kernels::Kernels(unit);
  return unit == kernels::VectorUnit::kAvx512 ? kernels::Bfloat16Kernels()
                                              : nullptr;
}

}  // namespace yolotorch::optimizer

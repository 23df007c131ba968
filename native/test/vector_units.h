// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kernels/vector_unit.h"
#include "vision/simd.h"

namespace yolotorch::test {

/// Threads that kernels are given, so that they share their work.
constexpr int kThreads = 2;

/// The vectors that this machine has beside the portable ones.
inline std::vector<vision::Simd> WiderSimds() {
  std::vector<vision::Simd> all;
  for (const auto simd : {vision::Simd::kAvx2, vision::Simd::kAvx512}) {
    if (simd <= vision::WidestSimd()) all.push_back(simd);
  }
  return all;
}

/// The kernels of all vector units that this machine has; there are none for
/// the portable one, which LibTorch serves.
inline std::vector<std::pair<std::string, const kernels::KernelSet*>> Units() {
  std::vector<std::pair<std::string, const kernels::KernelSet*>> units;
  for (const auto& [name, unit] :
       {std::pair("avx2", kernels::VectorUnit::kAvx2),
        std::pair("avx512", kernels::VectorUnit::kAvx512)}) {
    if (kernels::BestVectorUnit() >= unit) {
      units.emplace_back(name, kernels::Kernels(unit));
    }
  }
  return units;
}

/// Ends the test where there are none.
#define REQUIRE_UNITS()                                      \
  if (yolotorch::test::Units().empty()) {                    \
    GTEST_SKIP() << "this CPU has none of the vector units"; \
  }

}  // namespace yolotorch::test

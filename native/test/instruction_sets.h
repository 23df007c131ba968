// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/instruction_set.h"
#include "kernels/kernel_choice.h"

namespace yolotorch::test {

/// Threads that kernels are given, so that they share their work.
constexpr int kThreads = 2;

/// The instruction sets that this machine has beside the portable one.
inline std::vector<base::InstructionSet> WiderInstructionSets() {
  std::vector<base::InstructionSet> all;
  for (const auto set :
       {base::InstructionSet::kAvx2, base::InstructionSet::kAvx512}) {
    if (set <= base::ChosenInstructionSet()) all.push_back(set);
  }
  return all;
}

/// The kernels of all instruction sets that this machine has; there are none
/// for the portable one, which LibTorch serves.
inline std::vector<std::pair<std::string, const kernels::KernelSet*>>
KernelSets() {
  std::vector<std::pair<std::string, const kernels::KernelSet*>> sets;
  for (const base::InstructionSet set : WiderInstructionSets()) {
    sets.emplace_back(set == base::InstructionSet::kAvx2 ? "avx2" : "avx512",
                      kernels::KernelsFor(set));
  }
  return sets;
}

/// Ends the test where there are none.
#define REQUIRE_KERNEL_SETS()                            \
  if (yolotorch::test::KernelSets().empty()) {           \
    GTEST_SKIP() << "there are no kernels for this CPU"; \
  }

}  // namespace yolotorch::test

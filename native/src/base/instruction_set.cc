// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/instruction_set.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace yolotorch::base {
namespace {

InstructionSet OfMachine() {
#if YOLOTORCH_X86
  // These also ask whether the system saves the registers.
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    return InstructionSet::kAvx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return InstructionSet::kAvx2;
  }
#endif
  return InstructionSet::kPortable;
}

InstructionSet OfEnvironment() {
  const char* value = std::getenv("ATEN_CPU_CAPABILITY");
  const std::string_view text = value == nullptr ? "" : value;
  if (text == "default") return InstructionSet::kPortable;
  if (text == "avx2") return InstructionSet::kAvx2;
  return InstructionSet::kAvx512;
}

}  // namespace

InstructionSet ChosenInstructionSet() {
  static const InstructionSet chosen = std::min(OfMachine(), OfEnvironment());
  return chosen;
}

bool UsesAvx512Bf16() {
#if YOLOTORCH_X86
  return ChosenInstructionSet() == InstructionSet::kAvx512 &&
         __builtin_cpu_supports("avx512bf16");
#else
  return false;
#endif
}

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/simd.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace yolotorch::vision {
namespace {

Simd OfMachine() {
#if YOLOTORCH_X86
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    return Simd::kAvx512;
  }
  if (__builtin_cpu_supports("avx2")) return Simd::kAvx2;
#endif
  return Simd::kPortable;
}

Simd OfEnvironment() {
  const char* value = std::getenv("ATEN_CPU_CAPABILITY");
  const std::string_view text = value == nullptr ? "" : value;
  if (text == "default") return Simd::kPortable;
  if (text == "avx2") return Simd::kAvx2;
  return Simd::kAvx512;
}

}  // namespace

Simd WidestSimd() {
  static const Simd widest = std::min(OfMachine(), OfEnvironment());
  return widest;
}

}  // namespace yolotorch::vision

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

// YOLOTORCH_X86: vectors of x86-64 can be compiled function by function.
#if defined(__x86_64__) && defined(__GNUC__)
#define YOLOTORCH_X86 1
#define YOLOTORCH_AVX2 __attribute__((target("avx2")))
#define YOLOTORCH_AVX512 \
  __attribute__((        \
      target("avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512")))
#else
#define YOLOTORCH_X86 0
#endif

// Of a loop that is compiled once for each kind of vector.
#if defined(__GNUC__)
#define YOLOTORCH_INLINE inline __attribute__((always_inline))
#else
#define YOLOTORCH_INLINE inline
#endif

namespace yolotorch::vision {

/// Vectors that a kernel is written for; each machine has those before its own.
enum class Simd { kPortable, kAvx2, kAvx512 };

/// The widest vectors of this machine, no wider than the environment's
/// ATEN_CPU_CAPABILITY ("default", "avx2", "avx512") allows, as in LibTorch.
Simd WidestSimd();

}  // namespace yolotorch::vision

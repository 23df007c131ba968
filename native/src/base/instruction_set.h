// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

// YOLOTORCH_X86: functions can be compiled for x86-64 vectors one by one.
#if defined(__x86_64__) && defined(__GNUC__)
#define YOLOTORCH_X86 1
#define YOLOTORCH_AVX2 __attribute__((target("avx2")))
#if defined(__clang__)  // which would ignore the whole attribute
#define YOLOTORCH_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#else
#define YOLOTORCH_AVX512 \
  __attribute__((        \
      target("avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512")))
#endif
#else
#define YOLOTORCH_X86 0
#endif

// For a loop that is compiled once per instruction set.
#if defined(__GNUC__)
#define YOLOTORCH_INLINE inline __attribute__((always_inline))
#else
#define YOLOTORCH_INLINE inline
#endif

namespace yolotorch::base {

/// Instruction sets that kernels are written for. A machine that has one has
/// those before it, too. kAvx2 includes FMA; kAvx512 is F, BW, DQ and VL.
enum class InstructionSet { kPortable, kAvx2, kAvx512 };

/// The widest instruction set to use: that of this machine, no wider than the
/// environment variable ATEN_CPU_CAPABILITY ("default", "avx2" or "avx512")
/// allows, by which LibTorch chooses as well. Constant within a process.
InstructionSet ChosenInstructionSet();

/// Whether kernels that multiply bfloat16 can run: this machine has
/// AVX512_BF16 and ChosenInstructionSet() is kAvx512.
bool UsesAvx512Bf16();

}  // namespace yolotorch::base

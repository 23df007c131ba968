// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_set.h"

#if defined(__AVX512BF16__)
#include "kernels/avx512.h"
#include "kernels/vector_kernels.h"

namespace yolotorch::kernels {
namespace {

// Two bfloat16 per word; products are accumulated in single precision.
struct Avx512Bf16 : Avx512 {
  static Vector Step(Vector sum, Word weights, Word x) {
    return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(x),
                            reinterpret_cast<__m512bh>(weights));
  }
  static void Narrow(std::uint16_t* out, int count, Vector x) {
    StoreHalf(out, count, reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x)));
  }
};

constexpr TileKernel kTiles[] = {
    {6, 64, RunTile<Avx512Bf16, 6, 4>},
    {8, 48, RunTile<Avx512Bf16, 8, 3>},
    {8, 32, RunTile<Avx512Bf16, 8, 2>},
    {8, 16, RunTile<Avx512Bf16, 8, 1>},
};

}  // namespace

extern const KernelSet kAvx512Bf16Kernels =
    MakeKernelSet<Avx512Bf16>(kTiles, 4);

}  // namespace yolotorch::kernels
#endif

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_set.h"

#if defined(__AVX512F__)
#include "kernels/avx512.h"
#include "kernels/vector_kernels.h"

namespace yolotorch::kernels {
namespace {

// As many sums as registers allow beside the weights of one step.
constexpr TileKernel kTiles[] = {
    {6, 64, RunTile<Avx512, 6, 4>},
    {8, 48, RunTile<Avx512, 8, 3>},
    {8, 32, RunTile<Avx512, 8, 2>},
    {8, 16, RunTile<Avx512, 8, 1>},
};

}  // namespace

extern const KernelSet kAvx512Kernels = MakeKernelSet<Avx512>(kTiles, 4);

}  // namespace yolotorch::kernels
#endif

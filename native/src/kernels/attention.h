// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/kernel_set.h"

namespace yolotorch::kernels {

/// Queries, keys and values of every head and token. All float32.
struct AttentionInput {
  const float* data = nullptr;
  std::int64_t batch = 0;
  std::int64_t heads = 0;
  std::int64_t tokens = 0;
  std::int64_t key_size = 0;    ///< of a query, and of the key that follows it
  std::int64_t value_size = 0;  ///< of the value that follows them
  std::int64_t batch_stride = 0;  ///< in floats, as all of these
  std::int64_t head_stride = 0;
  std::int64_t token_stride = 0;
};

/// Number of floats of scratch memory that Attention needs.
std::int64_t AttentionScratch(const KernelSet& kernels,
                              const AttentionInput& input, int threads);

/// softmax(scale * query . keys) . values of every token. `output`: (batch,
/// tokens, heads, value_size).
void Attention(const KernelSet& kernels, const AttentionInput& input,
               float scale, float* output, float* scratch, int threads);

}  // namespace yolotorch::kernels

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/attention.h"

#include <algorithm>
#include <atomic>

#include "base/rounding.h"
#include "base/thread_pool.h"
#include "kernels/matrix.h"
#include "kernels/panels.h"

namespace yolotorch::kernels {
namespace {

// Tokens whose weights are computed at a time: a multiple of every tile's
// pixels.
constexpr std::int64_t kQueryRows = 24;

// A matrix in the order in which the kernels read it: panels of columns.
class PackedMatrix {
 public:
  PackedMatrix(const KernelSet& kernels, std::int64_t rows,
               std::int64_t columns)
      : rows_(rows), columns_(columns), panels_(kernels, columns) {}

  // Floats.
  [[nodiscard]] std::int64_t size() const { return panels_.channels * rows_; }

  // at(row, column) gives the values.
  template <class At>
  void Pack(const At& at, float* out) const {
    for (const auto& [kernel, first] : panels_.list) {
      for (std::int64_t row = 0; row < rows_; ++row) {
        for (std::int64_t c = 0; c < kernel->channels; ++c) {
          *out++ = first + c < columns_ ? at(row, first + c) : 0.0F;
        }
      }
    }
  }

  // out(i, :) = in(i, :) times this matrix, for `count` rows.
  void Multiply(const float* packed, const float* in, std::int64_t in_stride,
                std::int64_t count, float* out, std::int64_t out_stride) const {
    for (const auto& [kernel, first] : panels_.list) {
      MultiplyPanel(*kernel, {in, in_stride, count}, packed + first * rows_,
                    rows_, columns_ - first, out + first, out_stride);
    }
  }

 private:
  std::int64_t rows_;
  std::int64_t columns_;
  Panels panels_;
};

}  // namespace

std::int64_t AttentionScratch(const KernelSet& kernels,
                              const AttentionInput& input, int threads) {
  const PackedMatrix keys(kernels, input.key_size, input.tokens);
  const PackedMatrix values(kernels, input.tokens, input.value_size);
  return input.batch * input.heads * (keys.size() + values.size()) +
         threads * kQueryRows * input.tokens;
}

void Attention(const KernelSet& kernels, const AttentionInput& input,
               float scale, float* output, float* scratch, int threads) {
  const PackedMatrix keys(kernels, input.key_size, input.tokens);
  const PackedMatrix values(kernels, input.tokens, input.value_size);
  const std::int64_t packed_size = keys.size() + values.size();
  const std::int64_t pairs = input.batch * input.heads;
  const auto source = [&](std::int64_t pair) {
    return input.data + pair / input.heads * input.batch_stride +
           pair % input.heads * input.head_stride;
  };
  base::ThreadPool::Get().Run(threads, pairs, [&](std::int64_t pair) {
    const float* key = source(pair) + input.key_size;
    const float* value = key + input.key_size;
    float* packed = scratch + pair * packed_size;
    keys.Pack(
        [&](std::int64_t d, std::int64_t token) {
          return key[token * input.token_stride + d];
        },
        packed);
    values.Pack(
        [&](std::int64_t token, std::int64_t d) {
          return value[token * input.token_stride + d];
        },
        packed + keys.size());
  });
  float* weights = scratch + pairs * packed_size;
  std::atomic<int> rooms{0};
  const std::int64_t chunks = base::CeilDivide(input.tokens, kQueryRows);
  // One work item per thread, so that each has its own scratch memory.
  std::atomic<std::int64_t> next{0};
  base::ThreadPool::Get().Run(threads, threads, [&](std::int64_t /*item*/) {
    float* room = weights + rooms.fetch_add(1) * kQueryRows * input.tokens;
    for (;;) {
      const std::int64_t item = next.fetch_add(1);
      if (item >= pairs * chunks) return;
      const std::int64_t pair = item / chunks;
      const std::int64_t first = item % chunks * kQueryRows;
      const std::int64_t count = std::min(kQueryRows, input.tokens - first);
      const float* packed = scratch + pair * packed_size;
      keys.Multiply(packed, source(pair) + first * input.token_stride,
                    input.token_stride, count, room, input.tokens);
      for (std::int64_t row = 0; row < count; ++row) {
        kernels.softmax(room + row * input.tokens, input.tokens, scale);
      }
      const std::int64_t out_stride = input.heads * input.value_size;
      values.Multiply(
          packed + keys.size(), room, input.tokens, count,
          output + (pair / input.heads * input.tokens + first) * out_stride +
              pair % input.heads * input.value_size,
          out_stride);
    }
  });
}

}  // namespace yolotorch::kernels

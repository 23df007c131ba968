// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/planes.h"

#include <algorithm>

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

#include "base/rounding.h"
#include "base/thread_pool.h"

namespace yolotorch::kernels {
namespace {

constexpr std::int64_t kRows = 256;  // of a piece of work
constexpr std::int64_t kSide = 16;   // of a block that stays in the cache

void TransposeBlock(const float* from, std::int64_t rows, std::int64_t columns,
                    std::int64_t from_stride, float* to,
                    std::int64_t to_stride) {
  for (std::int64_t c = 0; c < columns; ++c) {
    for (std::int64_t r = 0; r < rows; ++r) {
      to[c * to_stride + r] = from[r * from_stride + c];
    }
  }
}

#if defined(__SSE__)
// A whole block, four by four in registers.
void TransposeWhole(const float* from, std::int64_t from_stride, float* to,
                    std::int64_t to_stride) {
  for (std::int64_t c = 0; c < kSide; c += 4) {
    for (std::int64_t r = 0; r < kSide; r += 4) {
      const float* in = from + r * from_stride + c;
      __m128 a = _mm_loadu_ps(in);
      __m128 b = _mm_loadu_ps(in + from_stride);
      __m128 d = _mm_loadu_ps(in + 2 * from_stride);
      __m128 e = _mm_loadu_ps(in + 3 * from_stride);
      _MM_TRANSPOSE4_PS(a, b, d, e);
      float* out = to + c * to_stride + r;
      _mm_storeu_ps(out, a);
      _mm_storeu_ps(out + to_stride, b);
      _mm_storeu_ps(out + 2 * to_stride, d);
      _mm_storeu_ps(out + 3 * to_stride, e);
    }
  }
}
#else
void TransposeWhole(const float* from, std::int64_t from_stride, float* to,
                    std::int64_t to_stride) {
  TransposeBlock(from, kSide, kSide, from_stride, to, to_stride);
}
#endif

}  // namespace

void Transpose(const float* from, std::int64_t rows, std::int64_t columns,
               std::int64_t from_stride, float* to, std::int64_t to_stride,
               int threads) {
  base::ThreadPool::Get().Run(
      threads, base::CeilDivide(rows, kRows), [&](std::int64_t piece) {
        const std::int64_t end = std::min(rows, (piece + 1) * kRows);
        for (std::int64_t c = 0; c < columns; c += kSide) {
          for (std::int64_t r = piece * kRows; r < end; r += kSide) {
            const float* in = from + r * from_stride + c;
            float* out = to + c * to_stride + r;
            if (r + kSide <= end && c + kSide <= columns) {
              TransposeWhole(in, from_stride, out, to_stride);
            } else {
              TransposeBlock(in, std::min(kSide, end - r),
                             std::min(kSide, columns - c), from_stride, out,
                             to_stride);
            }
          }
        }
      });
}

}  // namespace yolotorch::kernels

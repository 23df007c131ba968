// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/planes.h"

#include <algorithm>

#include "kernels/team.h"

namespace yolotorch::kernels {
namespace {

constexpr std::int64_t kRows = 256;  // of a piece of work
constexpr std::int64_t kSide = 16;   // of a block that stays in the cache

}  // namespace

void Transpose(const float* from, std::int64_t rows, std::int64_t columns,
               std::int64_t from_stride, float* to, std::int64_t to_stride,
               int threads) {
  Team::Get().Run(threads, (rows + kRows - 1) / kRows, [&](std::int64_t piece) {
    const std::int64_t end = std::min(rows, (piece + 1) * kRows);
    for (std::int64_t c = 0; c < columns; c += kSide) {
      const std::int64_t last = std::min(columns, c + kSide);
      for (std::int64_t r = piece * kRows; r < end; r += kSide) {
        const std::int64_t bottom = std::min(end, r + kSide);
        for (std::int64_t i = c; i < last; ++i) {
          for (std::int64_t j = r; j < bottom; ++j) {
            to[i * to_stride + j] = from[j * from_stride + i];
          }
        }
      }
    }
  });
}

}  // namespace yolotorch::kernels

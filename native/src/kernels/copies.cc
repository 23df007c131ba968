// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/copies.h"

#include <cstring>

#include "base/thread_pool.h"

namespace yolotorch::kernels {

void CopyPixels(const Pixels& from, const Pixels& to, int threads) {
  const std::size_t bytes = from.pixel_size();
  base::ThreadPool::Get().Run(threads, from.batch * from.height,
                              [&](std::int64_t row) {
                                for (std::int64_t x = 0; x < from.width; ++x) {
                                  const std::int64_t i = row * from.width + x;
                                  std::memcpy(to.at(i), from.at(i), bytes);
                                }
                              });
}

void Upsample(const Pixels& from, const Pixels& to, int threads) {
  const std::size_t bytes = from.pixel_size();
  const std::int64_t factor_y = to.height / from.height;
  const std::int64_t factor_x = to.width / from.width;
  base::ThreadPool::Get().Run(
      threads, to.batch * to.height, [&](std::int64_t row) {
        const std::int64_t source_row =
            row / to.height * from.height + row % to.height / factor_y;
        for (std::int64_t x = 0; x < to.width; ++x) {
          std::memcpy(to.at(row * to.width + x),
                      from.at(source_row * from.width + x / factor_x), bytes);
        }
      });
}

}  // namespace yolotorch::kernels

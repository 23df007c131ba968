// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/pooling.h"

#include <algorithm>
#include <cstring>

#include "base/thread_pool.h"

namespace yolotorch::kernels {

void MaxPool(const KernelSet& kernels, const Pixels& input,
             const PoolShape& shape, const Pixels& output, int threads) {
  const std::size_t bytes = input.pixel_size();
  base::ThreadPool::Get().Run(
      threads, output.batch * output.height, [&](std::int64_t row) {
        const std::int64_t picture = row / output.height;
        const std::int64_t top =
            row % output.height * shape.stride_y - shape.padding_y;
        const std::int64_t begin_y = std::max<std::int64_t>(top, 0);
        const std::int64_t end_y =
            std::min(top + shape.kernel_height, input.height);
        for (std::int64_t x = 0; x < output.width; ++x) {
          const std::int64_t left = x * shape.stride_x - shape.padding_x;
          const std::int64_t begin_x = std::max<std::int64_t>(left, 0);
          const std::int64_t end_x =
              std::min(left + shape.kernel_width, input.width);
          char* out = output.at(row * output.width + x);
          bool first = true;
          for (std::int64_t in_y = begin_y; in_y < end_y; ++in_y) {
            for (std::int64_t in_x = begin_x; in_x < end_x; ++in_x) {
              const char* in = input.at(
                  (picture * input.height + in_y) * input.width + in_x);
              if (first) {
                std::memcpy(out, in, bytes);
              } else {
                kernels.max(out, in, out, input.type, input.channels);
              }
              first = false;
            }
          }
        }
      });
}

}  // namespace yolotorch::kernels

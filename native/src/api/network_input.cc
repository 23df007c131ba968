// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/network_input.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstddef>

#include "base/rounding.h"
#include "base/thread_pool.h"
#include "vision/classify.h"

namespace yolotorch::api {
namespace {

// Rows of a letterbox per work item.
constexpr std::int64_t kRows = 64;

}  // namespace

void WriteInput(const std::vector<ImageView>& images,
                const std::vector<vision::Letterbox>& boxes, bool classify,
                const at::Tensor& input) {
  const std::int64_t count = input.size(0);
  const auto channels = static_cast<int>(input.size(1));
  const std::int64_t height = input.size(2);
  const std::int64_t width = input.size(3);
  auto* values = input.mutable_data_ptr<float>();
  const std::int64_t picture = channels * height * width;
  const bool by_pixel = input.is_contiguous(at::MemoryFormat::ChannelsLast) &&
                        !input.is_contiguous();
  const int threads = at::get_num_threads();
  if (classify) {
    const auto crop =
        by_pixel ? vision::ClassifyCropToPixels : vision::ClassifyCropToPlanes;
    base::ThreadPool::Get().Run(threads, count, [&](std::int64_t i) {
      crop(images[static_cast<std::size_t>(i)], static_cast<int>(height),
           static_cast<int>(width), values + i * picture, channels);
    });
    return;
  }
  const auto letterbox =
      by_pixel ? vision::LetterboxToPixels : vision::LetterboxToPlanes;
  const std::int64_t pieces = base::CeilDivide(height, kRows);
  base::ThreadPool::Get().Run(threads, count * pieces, [&](std::int64_t item) {
    const std::int64_t i = item / pieces;
    const std::int64_t first = item % pieces * kRows;
    letterbox(images[static_cast<std::size_t>(i)],
              boxes[static_cast<std::size_t>(i)],
              {static_cast<int>(first),
               static_cast<int>(std::min(height, first + kRows))},
              values + i * picture, channels);
  });
}

}  // namespace yolotorch::api

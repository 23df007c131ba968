// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/network_input.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstddef>

#include "vision/classify.h"

namespace yolotorch::api {
namespace {

// Rows of a letterbox that are worth a thread of their own.
constexpr std::int64_t kRows = 64;

}  // namespace

at::Tensor NetworkInput(const std::vector<ImageView>& images,
                        const std::vector<vision::Letterbox>& boxes,
                        bool classify, at::MemoryFormat format) {
  const auto count = static_cast<std::int64_t>(images.size());
  const std::int64_t height = boxes[0].net_height;
  const std::int64_t width = boxes[0].net_width;
  at::Tensor input = at::empty({count, 3, height, width},
                               at::TensorOptions(at::kFloat), format);
  auto* values = input.mutable_data_ptr<float>();
  const std::int64_t picture = 3 * height * width;
  const bool by_pixel = format == at::MemoryFormat::ChannelsLast;
  if (classify) {
    const auto crop =
        by_pixel ? vision::ClassifyCropToPixels : vision::ClassifyCropToPlanes;
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        crop(images[static_cast<std::size_t>(i)], static_cast<int>(height),
             static_cast<int>(width), values + i * picture);
      }
    });
    return input;
  }
  const auto letterbox =
      by_pixel ? vision::LetterboxToPixels : vision::LetterboxToPlanes;
  // The rows of all pictures, one after another.
  const auto write = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end;) {
      const std::int64_t i = row / height;
      const std::int64_t first = row % height;
      const std::int64_t last = std::min(height, first + end - row);
      letterbox(images[static_cast<std::size_t>(i)],
                boxes[static_cast<std::size_t>(i)],
                {static_cast<int>(first), static_cast<int>(last)},
                values + i * picture);
      row += last - first;
    }
  };
  at::parallel_for(0, count * height, kRows, write);
  return input;
}

}  // namespace yolotorch::api

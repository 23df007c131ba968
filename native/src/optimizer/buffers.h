// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "kernels/convolution.h"
#include "optimizer/parallel_images.h"

namespace yolotorch::optimizer {

/// Memory for outputs of layers, reused by later layers and runs: fresh memory
/// of that size would cost a page fault per 4 KB. Thread-safe.
class MemoryPool {
 public:
  MemoryPool();
  ~MemoryPool();
  MemoryPool(const MemoryPool&) = delete;
  MemoryPool& operator=(const MemoryPool&) = delete;

  /// A new channels_last tensor. It may outlive the pool.
  at::Tensor Pixels(std::int64_t batch, std::int64_t channels,
                    std::int64_t height, std::int64_t width,
                    c10::ScalarType type);

  /// A new tensor in the usual order. It may outlive the pool.
  at::Tensor Contiguous(c10::IntArrayRef sizes, c10::ScalarType type);

  /// Ends a run: buffers that it did not use are freed.
  void Trim();

  /// Free memory above this is freed at once.
  static constexpr std::size_t kMaxKept = std::size_t{256} << 20;

 private:
  class FreeList;
  at::Tensor Make(c10::IntArrayRef sizes, c10::IntArrayRef strides,
                  c10::ScalarType type);

  std::shared_ptr<FreeList> free_list_;
};

/// The output of a concatenation, which the producers of its parts write into.
class ConcatBuffer {
 public:
  std::int64_t channels = 0;

  /// The tensor of the current run in this slot; undefined outside of a run.
  at::Tensor& tensor() {
    return tensors_[static_cast<std::size_t>(CurrentSlot())];
  }

 private:
  std::array<at::Tensor, kMaxParallelImages> tensors_;
};

/// Some channels of a ConcatBuffer.
struct ConcatSlice {
  std::shared_ptr<ConcatBuffer> buffer;
  std::int64_t channel = 0;
};

/// A channels_last tensor of `pool`, or, if there is a `slice`, its channels of
/// the buffer.
at::Tensor MakeOutput(MemoryPool* pool, const std::optional<ConcatSlice>& slice,
                      std::int64_t batch, std::int64_t channels,
                      std::int64_t height, std::int64_t width,
                      c10::ScalarType type);

/// Whether `x` is a float32 or bfloat16 tensor on the CPU in channels_last
/// order, or some channels of such a tensor.
bool IsPixels(const at::Tensor& x);

/// `x` as the kernels see it. REQUIRES: IsPixels.
kernels::Pixels AsPixels(const at::Tensor& x);

/// `x` if it is IsPixels of that type; else a copy that is.
at::Tensor ToPixels(const at::Tensor& x, c10::ScalarType type);

}  // namespace yolotorch::optimizer

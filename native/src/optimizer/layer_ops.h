// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "optimizer/buffers.h"
#include "optimizer/fused_op.h"

namespace yolotorch::optimizer {

/// at::cat along the channels, of pictures or of planes (batch, channels,
/// anchors); what was written into the buffer is not copied. Input: a list of
/// tensors.
class ConcatChannelsOp : public FusedOp {
 public:
  explicit ConcatChannelsOp(std::shared_ptr<MemoryPool> pool)
      : pool_(std::move(pool)), buffer_(std::make_shared<ConcatBuffer>()) {}

  [[nodiscard]] const std::shared_ptr<ConcatBuffer>& buffer() const {
    return buffer_;
  }

  /// Applies the sigmoid to part `index`.
  void AddSigmoid(std::size_t index) { sigmoids_.insert(index); }
  [[nodiscard]] bool has_sigmoids() const { return !sigmoids_.empty(); }
  void Reset() override { buffer_->tensor() = at::Tensor(); }

  void Run(torch::jit::Stack& stack) override;
  [[nodiscard]] bool TakesBfloat16(std::size_t) const override {
    return sigmoids_.empty();
  }
  [[nodiscard]] bool GivesBfloat16() const override {
    return sigmoids_.empty();
  }

 private:
  at::Tensor JoinPixels(const std::vector<at::Tensor>& parts);
  at::Tensor JoinPlanes(const std::vector<at::Tensor>& parts);

  std::shared_ptr<MemoryPool> pool_;
  std::shared_ptr<ConcatBuffer> buffer_;
  std::set<std::size_t> sigmoids_;
};

/// at::cat of (batch, channels, anchors) along the last dimension, which
/// `dimension` denotes; parts may be transposed in memory. Input: a list of
/// tensors.
class ConcatAnchorsOp : public FusedOp {
 public:
  ConcatAnchorsOp(std::shared_ptr<MemoryPool> pool, std::int64_t dimension)
      : pool_(std::move(pool)), dimension_(dimension) {}
  void Run(torch::jit::Stack& stack) override;

 private:
  std::shared_ptr<MemoryPool> pool_;
  std::int64_t dimension_;
};

/// Distribution focal loss (DFL) decoding: the mean of the values, weighted by
/// a softmax over the bins. Input: (batch, sides, bins, anchors). Output:
/// (batch, 1, sides, anchors).
class DflOp : public FusedOp {
 public:
  DflOp(std::shared_ptr<MemoryPool> pool, std::vector<float> values)
      : pool_(std::move(pool)), values_(std::move(values)) {}
  void Run(torch::jit::Stack& stack) override;

 private:
  std::shared_ptr<MemoryPool> pool_;
  std::vector<float> values_;
};

/// softmax(scale * query . keys) . values. Input: (batch, heads, key + key +
/// value, tokens) of query, key and value. Output: (batch, heads, value,
/// tokens) with tokens as the outer dimension in memory.
class AttentionOp : public FusedOp {
 public:
  AttentionOp(std::shared_ptr<MemoryPool> pool, std::int64_t key_size,
              std::int64_t value_size, float scale)
      : pool_(std::move(pool)),
        key_size_(key_size),
        value_size_(value_size),
        scale_(scale) {}
  void Run(torch::jit::Stack& stack) override;

 private:
  std::shared_ptr<MemoryPool> pool_;
  std::int64_t key_size_;
  std::int64_t value_size_;
  float scale_;
};

/// at::max_pool2d without dilation or rounding up.
class MaxPoolOp : public FusedOp {
 public:
  MaxPoolOp(std::shared_ptr<MemoryPool> pool, std::vector<std::int64_t> kernel,
            std::vector<std::int64_t> stride, std::vector<std::int64_t> padding)
      : pool_(std::move(pool)),
        kernel_(std::move(kernel)),
        stride_(std::move(stride)),
        padding_(std::move(padding)) {}

  void set_slice(ConcatSlice slice) { slice_ = std::move(slice); }
  void Run(torch::jit::Stack& stack) override;
  [[nodiscard]] bool TakesBfloat16(std::size_t) const override { return true; }
  [[nodiscard]] bool GivesBfloat16() const override { return true; }

 private:
  std::shared_ptr<MemoryPool> pool_;
  std::vector<std::int64_t> kernel_;
  std::vector<std::int64_t> stride_;
  std::vector<std::int64_t> padding_;
  std::optional<ConcatSlice> slice_;
};

/// at::upsample_nearest2d by whole factors.
class UpsampleOp : public FusedOp {
 public:
  UpsampleOp(std::shared_ptr<MemoryPool> pool, std::int64_t factor_y,
             std::int64_t factor_x)
      : pool_(std::move(pool)), factor_y_(factor_y), factor_x_(factor_x) {}

  void set_slice(ConcatSlice slice) { slice_ = std::move(slice); }
  void Run(torch::jit::Stack& stack) override;
  [[nodiscard]] bool TakesBfloat16(std::size_t) const override { return true; }
  [[nodiscard]] bool GivesBfloat16() const override { return true; }

 private:
  std::shared_ptr<MemoryPool> pool_;
  std::int64_t factor_y_;
  std::int64_t factor_x_;
  std::optional<ConcatSlice> slice_;
};

}  // namespace yolotorch::optimizer

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace yolotorch::runtime {

/// x / (1 + exp(-x)) of `count` floats, in place, within 1e-6 of the true value
/// relatively, with the widest vectors that LibTorch uses on this machine. Not
/// parallel by itself.
void Silu(float* values, std::int64_t count);

/// at::silu_ by Silu, on all threads, where `x` is float32 on the CPU without
/// gaps; else at::silu_ itself.
void SiluInPlace(at::Tensor x);

/// Whether `x` is a float32 picture on the CPU that lies pixel by pixel, all
/// pixels equally far apart: channels_last, or some channels of such a tensor.
bool IsPixels(const at::Tensor& x);

/// at::cat of `tensors` along the channels. Where all are IsPixels, each pixel
/// is copied in one piece, gaps or not, and the result is channels_last.
at::Tensor ConcatChannels(const c10::List<at::Tensor>& tensors);

/// `x`, which is IsPixels, without gaps between its pixels: channels_last.
at::Tensor ClosePixels(const at::Tensor& x);

}  // namespace yolotorch::runtime

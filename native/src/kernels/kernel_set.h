// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The interface between the files for single instruction sets and their
// callers. No inline function: those files are compiled for other machines.
#pragma once

#include <cstdint>

namespace yolotorch::kernels {

/// The format of a number in memory.
enum class Type { kFloat, kBfloat16 };

constexpr int kMaxTilePixels = 8;

/// A tile of a convolution's output: some pixels by some channels, accumulated
/// in registers.
struct Tile {
  /// For each tap (position of the kernel window) and each pixel of the tile, a
  /// pointer to the input's channels.
  const void* const* taps = nullptr;
  int tap_count = 0;
  /// Four-byte words to read from each pointer: channels, or pairs of channels
  /// in bfloat16.
  std::int64_t steps = 0;
  const void* weights = nullptr;  ///< steps of all taps by channels of a panel
  const float* bias = nullptr;    ///< a value for each channel of a panel
  bool silu = false;  ///< x / (1 + exp(-x)), relative error below 1e-5
  void* output = nullptr;
  Type output_type = Type::kFloat;
  std::int64_t output_stride = 0;  ///< numbers from pixel to pixel
  const void* residual = nullptr;  ///< of output_type, added last; null: none
  std::int64_t residual_stride = 0;
  int pixels =
      0;  ///< number of pixels written; the kernel computes all of its tile
  int channels = 0;  ///< that are written
};

/// A kernel for tiles of one size.
struct TileKernel {
  int pixels = 0;
  int channels = 0;
  void (*run)(const Tile& tile) = nullptr;
};

constexpr int kDepthwiseTaps = 9;

/// Pixels of a depthwise convolution with kDepthwiseTaps taps per channel.
struct DepthwiseRow {
  const void* const* taps = nullptr;  ///< for each tap, one pointer per pixel
  Type type = Type::kFloat;           ///< of the input
  const float* weights = nullptr;     ///< taps by channels
  const float* bias = nullptr;
  bool silu = false;
  void* output = nullptr;
  Type output_type = Type::kFloat;
  std::int64_t output_stride = 0;
  const void* residual = nullptr;  ///< of output_type, added last; null: none
  std::int64_t residual_stride = 0;
  int pixels = 0;
  std::int64_t channels = 0;
};

/// Points of a tile of Winograd's F(2 x 2, 3 x 3), and outputs.
constexpr int kWinogradPoints = 16;
constexpr int kWinogradOutputs = 4;

/// Two by two output pixels, of the products at each point.
struct WinogradTile {
  const float* products = nullptr;
  std::int64_t point_stride = 0;  ///< floats from point to point
  const float* bias = nullptr;
  bool silu = false;
  void* const* outputs = nullptr;  ///< row by row; null: outside
  Type output_type = Type::kFloat;
  /// Of output_type, added last; null: none.
  const void* const* residuals = nullptr;
  std::int64_t channels = 0;
};

/// The kernels of one instruction set.
struct KernelSet {
  const TileKernel* tiles = nullptr;  ///< the widest first
  int tile_count = 0;
  void (*depthwise)(const DepthwiseRow& row) = nullptr;
  /// Elementwise maximum; NaN if either value is NaN.
  void (*max)(const void* a, const void* b, void* out, Type type,
              std::int64_t count) = nullptr;
  /// 1 / (1 + exp(-x)), relative error below 1e-5.
  void (*sigmoid)(const float* x, float* out, std::int64_t count) = nullptr;
  /// The softmax of scale * x, in place. REQUIRES: scale > 0, count > 0.
  void (*softmax)(float* x, std::int64_t count, float scale) = nullptr;
  /// At each of `count` positions: sum of softmax(planes)[bin] * values[bin],
  /// as in distribution focal loss (DFL).
  void (*dfl)(const float* planes, std::int64_t plane_stride,
              const float* values, int bins, float* out,
              std::int64_t count) = nullptr;
  /// B^T d B of four by four pixels, row by row.
  void (*winograd_input)(const float* const* pixels, std::int64_t channels,
                         float* points, std::int64_t point_stride) = nullptr;
  void (*winograd_output)(const WinogradTile& tile) = nullptr;
};

}  // namespace yolotorch::kernels

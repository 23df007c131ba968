// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// What the files for the single instruction sets share with their callers. No
// inline function: those files are compiled for other machines.
#pragma once

#include <cstdint>

namespace yolotorch::kernels {

/// How a number lies in memory.
enum class Type { kFloat, kBfloat16 };

constexpr int kMaxTilePixels = 8;

/// A tile of a convolution: some pixels of the output by some of their
/// channels, which are summed up in registers from first to last.
struct Tile {
  /// Of each tap, that is each place of the kernel window, one pointer a pixel
  /// of the tile to the input's channels there.
  const void* const* taps = nullptr;
  int tap_count = 0;
  /// Words of four bytes to read behind each pointer: channels, or pairs of
  /// them in bfloat16.
  std::int64_t steps = 0;
  const void* weights = nullptr;  ///< steps of all taps by channels of a panel
  const float* bias = nullptr;    ///< a value for each channel of a panel
  bool silu = false;              ///< x / (1 + exp(-x)), within 1e-5 relatively
  void* output = nullptr;
  Type output_type = Type::kFloat;
  std::int64_t output_stride = 0;  ///< numbers from pixel to pixel
  const void* residual = nullptr;  ///< of output_type, added last; null: none
  std::int64_t residual_stride = 0;
  int pixels = 0;    ///< that are written; the kernel computes all of its own
  int channels = 0;  ///< that are written
};

/// A kernel for tiles of one size.
struct TileKernel {
  int pixels = 0;
  int channels = 0;
  void (*run)(const Tile& tile) = nullptr;
};

constexpr int kDepthwiseTaps = 9;

/// Pixels of a convolution with one window of kDepthwiseTaps a channel.
struct DepthwiseRow {
  const void* const* taps = nullptr;  ///< of each tap, one pointer a pixel
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
  /// The greater of each two; NaN if one of them is.
  void (*max)(const void* a, const void* b, void* out, Type type,
              std::int64_t count) = nullptr;
  /// 1 / (1 + exp(-x)), within 1e-5 relatively.
  void (*sigmoid)(const float* x, float* out, std::int64_t count) = nullptr;
  /// The softmax of scale * x, in place. REQUIRES: scale > 0, count > 0.
  void (*softmax)(float* x, std::int64_t count, float scale) = nullptr;
  /// At each of `count` places, the mean of `values` by the softmax of the
  /// `bins` planes there.
  void (*dfl)(const float* planes, std::int64_t plane_stride,
              const float* values, int bins, float* out,
              std::int64_t count) = nullptr;
  /// Four by four pixels, row by row, to the points of their tile.
  void (*winograd_input)(const float* const* pixels, std::int64_t channels,
                         float* points, std::int64_t point_stride) = nullptr;
  void (*winograd_output)(const WinogradTile& tile) = nullptr;
};

}  // namespace yolotorch::kernels

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/winograd.h"

#include <algorithm>
#include <array>

#include "base/rounding.h"
#include "base/thread_pool.h"
#include "kernels/matrix.h"

namespace yolotorch::kernels {
namespace {

// With fewer channels the transforms cost more than they save.
constexpr std::int64_t kLeastChannels = 32;
// Tiles of a piece of work: a multiple of what the kernels take at a time, and
// few enough that points and products stay in the cache.
constexpr std::int64_t kMaxTiles = 24;
constexpr std::int64_t kTileUnit = 6;
constexpr std::size_t kMaxKept = std::size_t{1} << 20;  // floats per thread

// G g G^T of a filter of 3 x 3.
std::array<float, kWinogradPoints> Transformed(const float* filter) {
  std::array<std::array<float, 3>, 4> half{};
  for (std::size_t x = 0; x < 3; ++x) {
    const float a = filter[x];
    const float b = filter[3 + x];
    const float c = filter[6 + x];
    half[0][x] = a;
    half[1][x] = 0.5F * (a + b + c);
    half[2][x] = 0.5F * (a - b + c);
    half[3][x] = c;
  }
  std::array<float, kWinogradPoints> points{};
  for (std::size_t y = 0; y < 4; ++y) {
    const auto& [a, b, c] = half[y];
    points[4 * y] = a;
    points[4 * y + 1] = 0.5F * (a + b + c);
    points[4 * y + 2] = 0.5F * (a - b + c);
    points[4 * y + 3] = c;
  }
  return points;
}

}  // namespace

bool Winograd::Pays(const ConvolutionShape& shape, Type type) {
  return type == Type::kFloat && !shape.depthwise && shape.kernel_height == 3 &&
         shape.kernel_width == 3 && shape.stride_y == 1 &&
         shape.stride_x == 1 && shape.dilation_y == 1 &&
         shape.dilation_x == 1 && shape.in_channels >= kLeastChannels &&
         shape.out_channels >= kLeastChannels;
}

Winograd::Winograd(const KernelSet& kernels, const ConvolutionShape& shape,
                   const float* weights)
    : kernels_(&kernels),
      in_channels_(shape.in_channels),
      out_channels_(shape.out_channels),
      padding_y_(shape.padding_y),
      padding_x_(shape.padding_x),
      zeros_(static_cast<std::size_t>(shape.in_channels)) {
  const Panels panels(*kernels_, out_channels_);
  panels_ = panels.list;
  weights_.resize(static_cast<std::size_t>(panels.channels * kWinogradPoints *
                                           in_channels_));
  for (const Panel& panel : panels_) {
    const std::int64_t width = panel.kernel->channels;
    float* packed =
        weights_.data() + panel.channel * kWinogradPoints * in_channels_;
    const std::int64_t count = std::min(width, out_channels_ - panel.channel);
    for (std::int64_t c = 0; c < count; ++c) {
      for (std::int64_t in = 0; in < in_channels_; ++in) {
        const auto points = Transformed(
            weights + ((panel.channel + c) * in_channels_ + in) * 9);
        for (std::int64_t p = 0; p < kWinogradPoints; ++p) {
          packed[(p * in_channels_ + in) * width + c] =
              points[static_cast<std::size_t>(p)];
        }
      }
    }
  }
}

void Winograd::Run(const Pixels& input, const Pixels* residual,
                   const Pixels& output, const float* bias, bool silu,
                   int threads) const {
  const std::int64_t tiles = output.batch *
                             base::CeilDivide<std::int64_t>(output.height, 2) *
                             base::CeilDivide<std::int64_t>(output.width, 2);
  // Pieces of equal size for all threads.
  const std::int64_t rounds = base::CeilDivide(tiles, kMaxTiles * threads);
  const std::int64_t size =
      base::RoundUp(base::CeilDivide(tiles, rounds * threads), kTileUnit);
  const std::int64_t pieces = base::CeilDivide(tiles, size);
  const auto room = static_cast<std::size_t>(kWinogradPoints * size *
                                             (in_channels_ + out_channels_));
  base::ThreadPool::Get().Run(threads, pieces, [&](std::int64_t piece) {
    // Points and products, kept for the next piece.
    thread_local std::vector<float> own;
    if (own.size() < room) own.resize(room);
    RunTiles(input, residual, output, bias, silu, piece * size,
             std::min(tiles, (piece + 1) * size), own.data());
    if (own.size() > kMaxKept) std::vector<float>().swap(own);
  });
}

void Winograd::RunTiles(const Pixels& input, const Pixels* residual,
                        const Pixels& output, const float* bias, bool silu,
                        std::int64_t begin, std::int64_t end,
                        float* points) const {
  const std::int64_t tiles = end - begin;
  const std::int64_t in_stride = tiles * in_channels_;
  const std::int64_t out_stride = tiles * out_channels_;
  float* products = points + kWinogradPoints * in_stride;

  const std::int64_t across = base::CeilDivide<std::int64_t>(output.width, 2);
  const std::int64_t down = base::CeilDivide<std::int64_t>(output.height, 2);
  std::array<const float*, kWinogradPoints> pixels{};
  for (std::int64_t tile = begin; tile < end; ++tile) {
    const std::int64_t picture = tile / (across * down);
    const std::int64_t top = tile / across % down * 2 - padding_y_;
    const std::int64_t left = tile % across * 2 - padding_x_;
    for (std::int64_t i = 0; i < kWinogradPoints; ++i) {
      const std::int64_t y = top + i / 4;
      const std::int64_t x = left + i % 4;
      const bool inside =
          y >= 0 && y < input.height && x >= 0 && x < input.width;
      pixels[static_cast<std::size_t>(i)] =
          inside ? reinterpret_cast<const float*>(
                       input.at((picture * input.height + y) * input.width + x))
                 : zeros_.data();
    }
    kernels_->winograd_input(pixels.data(), in_channels_,
                             points + (tile - begin) * in_channels_, in_stride);
  }

  Multiply(points, tiles, products);

  std::array<void*, kWinogradOutputs> outputs{};
  std::array<const void*, kWinogradOutputs> residuals{};
  WinogradTile out;
  out.point_stride = out_stride;
  out.bias = bias;
  out.silu = silu;
  out.outputs = outputs.data();
  out.output_type = output.type;
  out.residuals = residual == nullptr ? nullptr : residuals.data();
  out.channels = out_channels_;
  for (std::int64_t tile = begin; tile < end; ++tile) {
    const std::int64_t picture = tile / (across * down);
    for (std::int64_t i = 0; i < kWinogradOutputs; ++i) {
      const std::int64_t y = tile / across % down * 2 + i / 2;
      const std::int64_t x = tile % across * 2 + i % 2;
      const std::int64_t index =
          (picture * output.height + y) * output.width + x;
      const auto at = static_cast<std::size_t>(i);
      const bool inside = y < output.height && x < output.width;
      outputs[at] = inside ? output.at(index) : nullptr;
      if (inside && residual != nullptr) residuals[at] = residual->at(index);
    }
    out.products = products + (tile - begin) * out_channels_;
    kernels_->winograd_output(out);
  }
}

void Winograd::Multiply(const float* points, std::int64_t tiles,
                        float* products) const {
  for (const Panel& panel : panels_) {
    for (std::int64_t p = 0; p < kWinogradPoints; ++p) {
      MultiplyPanel(
          *panel.kernel,
          {points + p * tiles * in_channels_, in_channels_, tiles},
          weights_.data() +
              (panel.channel * kWinogradPoints + p * panel.kernel->channels) *
                  in_channels_,
          in_channels_, out_channels_ - panel.channel,
          products + p * tiles * out_channels_ + panel.channel, out_channels_);
    }
  }
}

}  // namespace yolotorch::kernels

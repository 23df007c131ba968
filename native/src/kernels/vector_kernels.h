// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The kernels, for any instruction set `V`. Each file that includes this one is
// compiled for its unit, and only called on machines that have it; it must
// include nothing with inline functions of which the linker keeps one copy.
#pragma once

#include <cstdint>

#include "kernels/kernel_set.h"

namespace yolotorch::kernels {
namespace {

#define YOLOTORCH_INLINE inline __attribute__((always_inline))

// 2^t for t in [-126, 126], else for the nearest of these: 2^n * 2^f, f in
// [-1/2, 1/2], where 2^f is a polynomial of degree 5 that is 1 at 0 and whose
// maximum relative error is smallest, 1.1e-7.
template <class V>
YOLOTORCH_INLINE typename V::Vector PowerOf2(typename V::Vector t) {
  t = V::Min(V::Max(t, V::Set(-126.0F)), V::Set(126.0F));
  const typename V::Vector n = V::Round(t);
  const typename V::Vector f = V::Subtract(t, n);
  typename V::Vector p = V::Set(1.32647e-3F);
  p = V::MultiplyAdd(p, f, V::Set(9.67152e-3F));
  p = V::MultiplyAdd(p, f, V::Set(5.550734e-2F));
  p = V::MultiplyAdd(p, f, V::Set(2.4022242e-1F));
  p = V::MultiplyAdd(p, f, V::Set(6.9314698e-1F));
  p = V::MultiplyAdd(p, f, V::Set(1.0F));
  return V::Scale(p, n);
}

constexpr float kLog2E = 1.44269504F;

// 1 / (1 + exp(-x)).
template <class V>
YOLOTORCH_INLINE typename V::Vector Sigmoid(typename V::Vector x) {
  const typename V::Vector e = PowerOf2<V>(V::Multiply(x, V::Set(-kLog2E)));
  return V::Reciprocal(V::Add(e, V::Set(1.0F)));
}

template <class V>
YOLOTORCH_INLINE typename V::Vector Silu(typename V::Vector x) {
  return V::Multiply(x, Sigmoid<V>(x));
}

template <class V>
YOLOTORCH_INLINE typename V::Vector Read(const void* numbers, Type type,
                                         std::int64_t index, int count) {
  return type == Type::kFloat
             ? V::Load(static_cast<const float*>(numbers) + index, count)
             : V::Widen(static_cast<const std::uint16_t*>(numbers) + index,
                        count);
}

template <class V>
YOLOTORCH_INLINE void Write(void* numbers, Type type, std::int64_t index,
                            int count, typename V::Vector x) {
  if (type == Type::kFloat) {
    V::Store(static_cast<float*>(numbers) + index, count, x);
  } else {
    V::Narrow(static_cast<std::uint16_t*>(numbers) + index, count, x);
  }
}

template <class V>
YOLOTORCH_INLINE int Part(std::int64_t left) {
  return left < V::kLanes ? static_cast<int>(left) : V::kLanes;
}

// `sums` holds the sums of `stride` channels of each pixel.
template <class V>
void FinishTile(const Tile& tile, const float* sums, int stride) {
  for (int m = 0; m < tile.pixels; ++m) {
    for (int c = 0; c < tile.channels; c += V::kLanes) {
      const int part = Part<V>(tile.channels - c);
      typename V::Vector x = V::LoadAll(sums + m * stride + c);
      if (tile.silu) x = Silu<V>(x);
      if (tile.residual != nullptr) {
        x = V::Add(x, Read<V>(tile.residual, tile.output_type,
                              m * tile.residual_stride + c, part));
      }
      Write<V>(tile.output, tile.output_type, m * tile.output_stride + c, part,
               x);
    }
  }
}

// `V::Step` multiplies a word of weights in each lane by one of the input.
template <class V, int kPixels, int kVectors>
void RunTile(const Tile& tile) {
  typename V::Vector sums[kPixels][kVectors];
#pragma GCC unroll 16
  for (int j = 0; j < kVectors; ++j) {
    const typename V::Vector bias = V::LoadAll(tile.bias + V::kLanes * j);
#pragma GCC unroll 16
    for (int m = 0; m < kPixels; ++m) sums[m][j] = bias;
  }
  const auto* weights = static_cast<const std::int32_t*>(tile.weights);
  const void* const* taps = tile.taps;
  for (int tap = 0; tap < tile.tap_count; ++tap, taps += kPixels) {
    const std::int32_t* input[kPixels];
#pragma GCC unroll 16
    for (int m = 0; m < kPixels; ++m) {
      input[m] = static_cast<const std::int32_t*>(taps[m]);
    }
    for (std::int64_t k = 0; k < tile.steps; ++k) {
      typename V::Word factors[kVectors];
#pragma GCC unroll 16
      for (int j = 0; j < kVectors; ++j) {
        factors[j] = V::LoadWords(weights + V::kLanes * j);
      }
      weights += V::kLanes * kVectors;
#pragma GCC unroll 16
      for (int m = 0; m < kPixels; ++m) {
        const typename V::Word x = V::SetWords(input[m][k]);
#pragma GCC unroll 16
        for (int j = 0; j < kVectors; ++j) {
          sums[m][j] = V::Step(sums[m][j], factors[j], x);
        }
      }
    }
  }
  if (tile.pixels == kPixels && tile.channels == kVectors * V::kLanes &&
      tile.output_type == Type::kFloat) {
    auto* output = static_cast<float*>(tile.output);
    const auto* residual = static_cast<const float*>(tile.residual);
    if (tile.silu) {
#pragma GCC unroll 16
      for (int m = 0; m < kPixels; ++m) {
#pragma GCC unroll 16
        for (int j = 0; j < kVectors; ++j) sums[m][j] = Silu<V>(sums[m][j]);
      }
    }
    if (residual != nullptr) {
#pragma GCC unroll 16
      for (int m = 0; m < kPixels; ++m) {
#pragma GCC unroll 16
        for (int j = 0; j < kVectors; ++j) {
          sums[m][j] = V::Add(
              sums[m][j],
              V::LoadAll(residual + m * tile.residual_stride + j * V::kLanes));
        }
      }
    }
#pragma GCC unroll 16
    for (int m = 0; m < kPixels; ++m) {
#pragma GCC unroll 16
      for (int j = 0; j < kVectors; ++j) {
        V::StoreAll(output + m * tile.output_stride + j * V::kLanes,
                    sums[m][j]);
      }
    }
    return;
  }
  alignas(64) float finished[kPixels * kVectors * V::kLanes];
#pragma GCC unroll 16
  for (int m = 0; m < kPixels; ++m) {
#pragma GCC unroll 16
    for (int j = 0; j < kVectors; ++j) {
      V::StoreAll(finished + (m * kVectors + j) * V::kLanes, sums[m][j]);
    }
  }
  FinishTile<V>(tile, finished, kVectors * V::kLanes);
}

// One vector of channels of kPixels pixels from `first` on.
template <class V, Type kType, int kPixels>
YOLOTORCH_INLINE void RunDepthwiseVector(const DepthwiseRow& row, int first,
                                         std::int64_t channel, int part) {
  const typename V::Vector bias = V::Load(row.bias + channel, part);
  typename V::Vector sums[kPixels];
#pragma GCC unroll 16
  for (int m = 0; m < kPixels; ++m) sums[m] = bias;
#pragma GCC unroll 16
  for (int tap = 0; tap < kDepthwiseTaps; ++tap) {
    const typename V::Vector weight =
        V::Load(row.weights + tap * row.channels + channel, part);
    const void* const* taps = row.taps + tap * row.pixels + first;
#pragma GCC unroll 16
    for (int m = 0; m < kPixels; ++m) {
      sums[m] = V::MultiplyAdd(Read<V>(taps[m], kType, channel, part), weight,
                               sums[m]);
    }
  }
  if (row.silu) {
#pragma GCC unroll 16
    for (int m = 0; m < kPixels; ++m) sums[m] = Silu<V>(sums[m]);
  }
#pragma GCC unroll 16
  for (int m = 0; m < kPixels; ++m) {
    if (row.residual != nullptr) {
      sums[m] = V::Add(
          sums[m], Read<V>(row.residual, row.output_type,
                           (first + m) * row.residual_stride + channel, part));
    }
    Write<V>(row.output, row.output_type,
             (first + m) * row.output_stride + channel, part, sums[m]);
  }
}

template <class V, Type kType, int kPixels>
YOLOTORCH_INLINE void RunDepthwisePixels(const DepthwiseRow& row, int first) {
  std::int64_t c = 0;
  for (; c + V::kLanes <= row.channels; c += V::kLanes) {
    RunDepthwiseVector<V, kType, kPixels>(row, first, c, V::kLanes);
  }
  if (c < row.channels) {
    RunDepthwiseVector<V, kType, kPixels>(row, first, c,
                                          Part<V>(row.channels - c));
  }
}

// All channels of some pixels before the next pixels, so that the input is read
// sequentially.
template <class V, Type kType>
void RunDepthwiseOf(const DepthwiseRow& row) {
  constexpr int kTogether = 4;
  int first = 0;
  for (; first + kTogether <= row.pixels; first += kTogether) {
    RunDepthwisePixels<V, kType, kTogether>(row, first);
  }
  for (; first < row.pixels; ++first) {
    RunDepthwisePixels<V, kType, 1>(row, first);
  }
}

template <class V>
void RunDepthwise(const DepthwiseRow& row) {
  if (row.type == Type::kFloat) {
    RunDepthwiseOf<V, Type::kFloat>(row);
  } else {
    RunDepthwiseOf<V, Type::kBfloat16>(row);
  }
}

template <class V>
void RunMax(const void* a, const void* b, void* out, Type type,
            std::int64_t count) {
  for (std::int64_t i = 0; i < count; i += V::kLanes) {
    const int part = Part<V>(count - i);
    const typename V::Vector x = Read<V>(a, type, i, part);
    const typename V::Vector y = Read<V>(b, type, i, part);
    Write<V>(out, type, i, part, V::PreferNan(V::Max(x, y), y));
  }
}

template <class V>
void RunSigmoid(const float* x, float* out, std::int64_t count) {
  for (std::int64_t i = 0; i < count; i += V::kLanes) {
    const int part = Part<V>(count - i);
    V::Store(out + i, part, Sigmoid<V>(V::Load(x + i, part)));
  }
}

template <class V>
void RunSoftmax(float* x, std::int64_t count, float scale) {
  typename V::Vector max = V::Set(x[0]);
  for (std::int64_t i = 0; i < count; i += V::kLanes) {
    // Missing lanes of the last vector repeat the first value.
    const int part = Part<V>(count - i);
    const typename V::Vector y =
        part == V::kLanes ? V::LoadAll(x + i) : V::LoadOr(x + i, part, x[0]);
    max = V::PreferNan(V::Max(max, y), y);
  }
  float lanes[V::kLanes];
  V::StoreAll(lanes, max);
  float most = lanes[0];
  for (const float lane : lanes)
    most = lane > most || lane != lane ? lane : most;
  const typename V::Vector factor = V::Set(scale * kLog2E);
  const typename V::Vector shift = V::Set(most);
  typename V::Vector sums = V::Set(0.0F);
  float rest = 0;
  for (std::int64_t i = 0; i < count; i += V::kLanes) {
    const int part = Part<V>(count - i);
    const typename V::Vector y = PowerOf2<V>(
        V::Multiply(V::Subtract(V::Load(x + i, part), shift), factor));
    V::Store(x + i, part, y);
    if (part == V::kLanes) {
      sums = V::Add(sums, y);
    } else {
      for (int lane = 0; lane < part; ++lane) rest += x[i + lane];
    }
  }
  V::StoreAll(lanes, sums);
  for (const float lane : lanes) rest += lane;
  const typename V::Vector share = V::Set(1.0F / rest);
  for (std::int64_t i = 0; i < count; i += V::kLanes) {
    const int part = Part<V>(count - i);
    V::Store(x + i, part, V::Multiply(V::Load(x + i, part), share));
  }
}

// The mean of `values`, weighted by the softmax of the planes, at each
// position.
template <class V>
void RunDfl(const float* planes, std::int64_t plane_stride, const float* values,
            int bins, float* out, std::int64_t count) {
  for (std::int64_t i = 0; i < count; i += V::kLanes) {
    const int part = Part<V>(count - i);
    typename V::Vector max = V::Load(planes + i, part);
    for (int bin = 1; bin < bins; ++bin) {
      const typename V::Vector x =
          V::Load(planes + bin * plane_stride + i, part);
      max = V::PreferNan(V::Max(max, x), x);
    }
    typename V::Vector sum = V::Set(0.0F);
    typename V::Vector mean = V::Set(0.0F);
    for (int bin = 0; bin < bins; ++bin) {
      const typename V::Vector x =
          V::Load(planes + bin * plane_stride + i, part);
      const typename V::Vector e =
          PowerOf2<V>(V::Multiply(V::Subtract(x, max), V::Set(kLog2E)));
      sum = V::Add(sum, e);
      mean = V::MultiplyAdd(e, V::Set(values[bin]), mean);
    }
    V::Store(out + i, part, V::Multiply(mean, V::Reciprocal(sum)));
  }
}

// Winograd's minimal filtering F(2 x 2, 3 x 3), Lavin and Gray, "Fast
// Algorithms for Convolutional Neural Networks" (2015), section 4.1: B^T d B.
template <class V>
void RunWinogradInput(const float* const* pixels, std::int64_t channels,
                      float* points, std::int64_t point_stride) {
  using Vector = typename V::Vector;
  for (std::int64_t c = 0; c < channels; c += V::kLanes) {
    const int part = Part<V>(channels - c);
    Vector d[4][4];
#pragma GCC unroll 4
    for (int x = 0; x < 4; ++x) {
      const Vector a = V::Load(pixels[x] + c, part);
      const Vector b = V::Load(pixels[4 + x] + c, part);
      const Vector e = V::Load(pixels[8 + x] + c, part);
      const Vector f = V::Load(pixels[12 + x] + c, part);
      d[0][x] = V::Subtract(a, e);
      d[1][x] = V::Add(b, e);
      d[2][x] = V::Subtract(e, b);
      d[3][x] = V::Subtract(b, f);
    }
#pragma GCC unroll 4
    for (int y = 0; y < 4; ++y) {
      float* out = points + 4 * y * point_stride + c;
      V::Store(out, part, V::Subtract(d[y][0], d[y][2]));
      V::Store(out + point_stride, part, V::Add(d[y][1], d[y][2]));
      V::Store(out + 2 * point_stride, part, V::Subtract(d[y][2], d[y][1]));
      V::Store(out + 3 * point_stride, part, V::Subtract(d[y][1], d[y][3]));
    }
  }
}

// A^T m A, and what follows a convolution.
template <class V>
void RunWinogradOutput(const WinogradTile& tile) {
  using Vector = typename V::Vector;
  for (std::int64_t c = 0; c < tile.channels; c += V::kLanes) {
    const int part = Part<V>(tile.channels - c);
    Vector m[2][4];
#pragma GCC unroll 4
    for (int x = 0; x < 4; ++x) {
      const float* column = tile.products + x * tile.point_stride + c;
      const Vector a = V::Load(column, part);
      const Vector b = V::Load(column + 4 * tile.point_stride, part);
      const Vector e = V::Load(column + 8 * tile.point_stride, part);
      const Vector f = V::Load(column + 12 * tile.point_stride, part);
      m[0][x] = V::Add(V::Add(a, b), e);
      m[1][x] = V::Subtract(V::Subtract(b, e), f);
    }
    const Vector bias = V::Load(tile.bias + c, part);
    for (int i = 0; i < kWinogradOutputs; ++i) {
      if (tile.outputs[i] == nullptr) continue;
      const Vector* row = m[i / 2];
      Vector x = i % 2 == 0 ? V::Add(V::Add(row[0], row[1]), row[2])
                            : V::Subtract(V::Subtract(row[1], row[2]), row[3]);
      x = V::Add(x, bias);
      if (tile.silu) x = Silu<V>(x);
      if (tile.residuals != nullptr) {
        x = V::Add(x, Read<V>(tile.residuals[i], tile.output_type, c, part));
      }
      Write<V>(tile.outputs[i], tile.output_type, c, part, x);
    }
  }
}

template <class V>
constexpr KernelSet MakeKernelSet(const TileKernel* tiles, int tile_count) {
  return {tiles,     tile_count,          RunDepthwise<V>,
          RunMax<V>, RunSigmoid<V>,       RunSoftmax<V>,
          RunDfl<V>, RunWinogradInput<V>, RunWinogradOutput<V>};
}

}  // namespace
}  // namespace yolotorch::kernels

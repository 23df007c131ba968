// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Kernels on memory that ends where their data end, at odd sizes: what reads or
// writes beyond ends the process. Results are held against plain loops.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "instruction_sets.h"
#include "kernels/attention.h"
#include "kernels/convolution.h"
#include "kernels/copies.h"
#include "kernels/fenced.h"
#include "kernels/kernel_choice.h"
#include "kernels/planes.h"
#include "kernels/pooling.h"

namespace yolotorch::kernels {
namespace {

using test::KernelSets;
using test::kThreads;

std::int64_t Pick(std::mt19937* random, std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>(least, most)(*random);
}

// Any shape there is a kernel for; Winograd's and depthwise ones now and then.
ConvolutionShape AnyShape(std::mt19937* random) {
  ConvolutionShape shape;
  shape.in_channels = Pick(random, 1, 70);
  shape.out_channels = Pick(random, 1, 100);
  shape.kernel_height = Pick(random, 1, 5);
  shape.kernel_width = Pick(random, 1, 5);
  shape.stride_y = Pick(random, 1, 3);
  shape.stride_x = Pick(random, 1, 3);
  shape.padding_y = Pick(random, 0, 4);
  shape.padding_x = Pick(random, 0, 4);
  shape.dilation_y = Pick(random, 1, 2);
  shape.dilation_x = Pick(random, 1, 2);
  switch (Pick(random, 0, 3)) {
    case 0:
      shape.kernel_height = shape.kernel_width = 3;
      shape.stride_y = shape.stride_x = 1;
      shape.dilation_y = shape.dilation_x = 1;
      break;
    case 1:
      shape.kernel_height = shape.kernel_width = 3;
      shape.depthwise = true;
      shape.out_channels = shape.in_channels;
      break;
    default:
      break;
  }
  return shape;
}

// The sum of one output pixel's channel.
double SumOf(const ConvolutionShape& s, const Numbers& x, const Numbers& weight,
             std::int64_t height, std::int64_t width, std::int64_t picture,
             std::int64_t out_y, std::int64_t out_x, std::int64_t out) {
  const std::int64_t depth = s.depthwise ? 1 : s.in_channels;
  double sum = 0;
  for (std::int64_t ky = 0; ky < s.kernel_height; ++ky) {
    for (std::int64_t kx = 0; kx < s.kernel_width; ++kx) {
      const std::int64_t y =
          out_y * s.stride_y - s.padding_y + ky * s.dilation_y;
      const std::int64_t in_x =
          out_x * s.stride_x - s.padding_x + kx * s.dilation_x;
      if (y < 0 || y >= height || in_x < 0 || in_x >= width) continue;
      for (std::int64_t c = 0; c < depth; ++c) {
        const std::int64_t in = s.depthwise ? out : c;
        sum += static_cast<double>(
                   x[((picture * height + y) * width + in_x) * s.in_channels +
                     in]) *
               static_cast<double>(
                   weight[((out * depth + c) * s.kernel_height + ky) *
                              s.kernel_width +
                          kx]);
      }
    }
  }
  return sum;
}

void ExpectConvolution(const KernelSet& set, Type type, unsigned seed) {
  std::mt19937 random(seed);
  const ConvolutionShape s = AnyShape(&random);
  if (!Convolution::IsSupported(s, type)) return;
  const std::int64_t batch = Pick(&random, 1, 2);
  const std::int64_t height = Pick(&random, 1, 11);
  const std::int64_t width = Pick(&random, 1, 11);
  Numbers x(batch * height * width * s.in_channels, type);
  Numbers weight(s.out_channels * (s.depthwise ? 1 : s.in_channels) *
                 s.kernel_height * s.kernel_width);
  Numbers bias(s.out_channels);
  x.Fill(&random);
  weight.Fill(&random);
  bias.Fill(&random);
  const Convolution convolution(set, s, type, weight.floats(), bias.floats(),
                                /*silu=*/false);
  const std::int64_t out_height = convolution.OutputHeight(height);
  const std::int64_t out_width = convolution.OutputWidth(width);
  if (out_height < 1 || out_width < 1) return;
  const std::int64_t count = batch * out_height * out_width * s.out_channels;
  Numbers residual(count, type);
  residual.Fill(&random);
  const Numbers found(count, type);
  const Pixels added =
      residual.As(batch, out_height, out_width, s.out_channels);
  convolution.Run(x.As(batch, height, width, s.in_channels), &added,
                  found.As(batch, out_height, out_width, s.out_channels),
                  kThreads);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t pixel = i / s.out_channels;
    const std::int64_t out = i % s.out_channels;
    const double expected =
        SumOf(s, x, weight, height, width, pixel / (out_height * out_width),
              pixel / out_width % out_height, pixel % out_width, out) +
        static_cast<double>(bias[out]) + static_cast<double>(residual[i]);
    const double limit = type == Type::kFloat ? 1e-3 : 4e-3;
    ASSERT_NEAR(static_cast<double>(found[i]), expected,
                limit * std::max(1.0, std::abs(expected)))
        << "seed " << seed << ", number " << i;
  }
}

TEST(KernelBoundsTest, Convolutions) {
  REQUIRE_KERNEL_SETS()
  for (const auto& [name, set] : KernelSets()) {
    SCOPED_TRACE(name);
    for (unsigned seed = 0; seed < 150; ++seed) {
      ExpectConvolution(*set, Type::kFloat, seed);
      if (HasFatalFailure()) return;
    }
  }
  if (ChosenKernels(Type::kBfloat16) == nullptr) return;
  for (unsigned seed = 0; seed < 150; ++seed) {
    ExpectConvolution(*ChosenKernels(Type::kBfloat16), Type::kBfloat16, seed);
    if (HasFatalFailure()) return;
  }
}

TEST(KernelBoundsTest, Pooling) {
  REQUIRE_KERNEL_SETS()
  for (const auto& [name, set] : KernelSets()) {
    for (unsigned seed = 0; seed < 100; ++seed) {
      std::mt19937 random(seed);
      const Type type = seed % 2 == 0 ? Type::kFloat : Type::kBfloat16;
      const std::int64_t height = Pick(&random, 1, 9);
      const std::int64_t width = Pick(&random, 1, 9);
      const std::int64_t channels = Pick(&random, 1, 40);
      PoolShape s{Pick(&random, 1, 5), Pick(&random, 1, 5), Pick(&random, 1, 3),
                  Pick(&random, 1, 3)};
      s.padding_y = s.kernel_height / 2;
      s.padding_x = s.kernel_width / 2;
      const std::int64_t out_height =
          (height + 2 * s.padding_y - s.kernel_height) / s.stride_y + 1;
      const std::int64_t out_width =
          (width + 2 * s.padding_x - s.kernel_width) / s.stride_x + 1;
      Numbers x(2 * height * width * channels, type);
      x.Fill(&random);
      const Numbers found(2 * out_height * out_width * channels, type);
      MaxPool(*set, x.As(2, height, width, channels), s,
              found.As(2, out_height, out_width, channels), kThreads);
      for (std::int64_t i = 0; i < found.count(); ++i) {
        const std::int64_t pixel = i / channels;
        float most = -100;
        for (std::int64_t k = 0; k < s.kernel_height * s.kernel_width; ++k) {
          const std::int64_t y = pixel / out_width % out_height * s.stride_y -
                                 s.padding_y + k / s.kernel_width;
          const std::int64_t in_x =
              pixel % out_width * s.stride_x - s.padding_x + k % s.kernel_width;
          if (y < 0 || y >= height || in_x < 0 || in_x >= width) continue;
          const std::int64_t picture = pixel / (out_height * out_width);
          most = std::max(most,
                          x[((picture * height + y) * width + in_x) * channels +
                            i % channels]);
        }
        ASSERT_EQ(found[i], most) << name << ", seed " << seed;
      }
    }
  }
}

TEST(KernelBoundsTest, CopiesAndTransposes) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    const std::int64_t height = Pick(&random, 1, 40);
    const std::int64_t width = Pick(&random, 1, 40);
    const std::int64_t channels = Pick(&random, 1, 20);
    const std::int64_t factor = Pick(&random, 1, 3);
    Numbers x(height * width * channels);
    x.Fill(&random);
    const Pixels from = x.As(1, height, width, channels);
    const Numbers copied(x.count());
    CopyPixels(from, copied.As(1, height, width, channels), kThreads);
    const Numbers larger(x.count() * factor * factor);
    Upsample(from, larger.As(1, height * factor, width * factor, channels),
             kThreads);
    const std::int64_t columns = width * channels;
    const Numbers turned(x.count());
    Transpose(x.floats(), height, columns, columns, turned.floats(), height,
              kThreads);
    for (std::int64_t i = 0; i < x.count(); ++i) {
      ASSERT_EQ(copied[i], x[i]);
      ASSERT_EQ(turned[i % columns * height + i / columns], x[i]);
    }
    for (std::int64_t i = 0; i < larger.count(); ++i) {
      const std::int64_t pixel = i / channels;
      const std::int64_t y = pixel / (width * factor) / factor;
      const std::int64_t in_x = pixel % (width * factor) / factor;
      ASSERT_EQ(larger[i], x[(y * width + in_x) * channels + i % channels]);
    }
  }
}

TEST(KernelBoundsTest, RowsOfAnyLength) {
  REQUIRE_KERNEL_SETS()
  for (const auto& [name, set] : KernelSets()) {
    std::mt19937 random(3);
    for (std::int64_t count = 1; count < 70; ++count) {
      constexpr int kBins = 5;
      Numbers x(count * kBins);
      x.Fill(&random);
      const Numbers sigmoid(count);
      set->sigmoid(x.floats(), sigmoid.floats(), count);
      const Numbers values(kBins);
      for (int bin = 0; bin < kBins; ++bin) {
        values.floats()[bin] = static_cast<float>(bin);
      }
      const Numbers mean(count);
      set->dfl(x.floats(), count, values.floats(), kBins, mean.floats(), count);
      const Numbers softmax(count);
      std::copy_n(x.floats(), count, softmax.floats());
      set->softmax(softmax.floats(), count, 2);
      double total = 0;
      for (std::int64_t i = 0; i < count; ++i) {
        total += std::exp(2 * static_cast<double>(x[i]));
      }
      for (std::int64_t i = 0; i < count; ++i) {
        const auto value = static_cast<double>(x[i]);
        ASSERT_NEAR(sigmoid[i], 1 / (1 + std::exp(-value)), 1e-5) << name;
        ASSERT_NEAR(softmax[i], std::exp(2 * value) / total, 1e-5) << name;
        double weights = 0;
        double sum = 0;
        for (int bin = 0; bin < kBins; ++bin) {
          const double weight =
              std::exp(static_cast<double>(x[bin * count + i]));
          weights += weight;
          sum += weight * bin;
        }
        ASSERT_NEAR(mean[i], sum / weights, 1e-4) << name;
      }
    }
  }
}

TEST(KernelBoundsTest, Attention) {
  REQUIRE_KERNEL_SETS()
  for (const auto& [name, set] : KernelSets()) {
    for (unsigned seed = 0; seed < 40; ++seed) {
      std::mt19937 random(seed);
      AttentionInput input;
      input.batch = Pick(&random, 1, 2);
      input.heads = Pick(&random, 1, 3);
      input.tokens = Pick(&random, 1, 60);
      input.key_size = Pick(&random, 1, 20);
      input.value_size = Pick(&random, 1, 40);
      const std::int64_t head = 2 * input.key_size + input.value_size;
      input.head_stride = head;
      input.token_stride = input.heads * head;
      input.batch_stride = input.tokens * input.token_stride;
      Numbers x(input.batch * input.batch_stride);
      x.Fill(&random);
      input.data = x.floats();
      const Numbers scratch(AttentionScratch(*set, input, kThreads));
      const Numbers found(input.batch * input.tokens * input.heads *
                          input.value_size);
      kernels::Attention(*set, input, 0.5F, found.floats(), scratch.floats(),
                         kThreads);
      for (std::int64_t i = 0; i < found.count(); ++i) {
        const std::int64_t row = i / input.value_size / input.heads;
        const std::int64_t batch = row / input.tokens * input.batch_stride +
                                   i / input.value_size % input.heads * head;
        const std::int64_t query =
            batch + row % input.tokens * input.token_stride;
        double weights = 0;
        double sum = 0;
        for (std::int64_t token = 0; token < input.tokens; ++token) {
          const std::int64_t key =
              batch + token * input.token_stride + input.key_size;
          double product = 0;
          for (std::int64_t k = 0; k < input.key_size; ++k) {
            product += static_cast<double>(x[query + k]) *
                       static_cast<double>(x[key + k]);
          }
          const double weight = std::exp(0.5 * product);
          weights += weight;
          sum += weight * static_cast<double>(
                              x[key + input.key_size + i % input.value_size]);
        }
        ASSERT_NEAR(found[i], sum / weights, 1e-3) << name << ", seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace yolotorch::kernels

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Every kernel on every instruction set of this machine, held against LibTorch.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "instruction_sets.h"
#include "kernels/attention.h"
#include "kernels/convolution.h"
#include "kernels/copies.h"
#include "kernels/kernel_choice.h"
#include "kernels/planes.h"
#include "kernels/pooling.h"
#include "optimizer/buffers.h"
#include "runtime/device.h"
#include "support.h"

namespace yolotorch::kernels {
namespace {

using optimizer::AsPixels;
using test::KernelSets;
using test::kThreads;

constexpr auto kLast = at::MemoryFormat::ChannelsLast;

class KernelsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { runtime::PrepareProcess(); }
};

// The greatest difference, relative to the greatest value.
double Error(const at::Tensor& found, const at::Tensor& expected) {
  EXPECT_EQ(found.sizes(), expected.sizes());
  const at::Tensor wide = expected.to(at::kDouble);
  return ((found.to(at::kDouble) - wide).abs().max() / wide.abs().max())
      .item<double>();
}

struct Case {
  std::int64_t batch, height, width, in, out;
  std::int64_t kernel_height, kernel_width;
  std::int64_t stride = 1, padding = 0, dilation = 1;
  bool depthwise = false;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.batch << " x " << c.in << " x " << c.height << " x "
             << c.width << " -> " << c.out << ", " << c.kernel_height << " x "
             << c.kernel_width << ", stride " << c.stride << ", padding "
             << c.padding << ", dilation " << c.dilation
             << (c.depthwise ? ", depthwise" : "");
}

const std::vector<Case> kCases = {
    {1, 40, 40, 3, 16, 3, 3, 2, 1},      // the first layer: rows in one piece
    {2, 13, 9, 3, 16, 3, 3, 2, 1},       // with tiles over edges and pictures
    {1, 5, 5, 4, 8, 5, 3, 1, 1},         //
    {2, 20, 20, 64, 64, 3, 3, 1, 1},     //
    {1, 20, 20, 64, 80, 1, 1},           // 48 + 32 channels
    {1, 7, 11, 32, 51, 3, 3, 1, 1},      // part of a panel
    {3, 6, 6, 51, 51, 3, 3, 1, 1},       // an odd number
    {1, 1, 1, 16, 7, 1, 1},              // one pixel
    {2, 1, 1, 16, 33, 3, 3, 1, 1},       // nothing but edges
    {1, 12, 12, 16, 24, 3, 3, 1, 2, 2},  // dilated
    {1, 30, 8, 8, 16, 3, 3, 2, 0},       // without padding
    {1, 24, 24, 80, 80, 3, 3, 1, 1, 1, true},
    {2, 9, 7, 19, 19, 3, 3, 2, 1, 1, true},
};

ConvolutionShape ShapeOf(const Case& c) {
  return {c.in,       c.out,      c.kernel_height, c.kernel_width,
          c.stride,   c.stride,   c.padding,       c.padding,
          c.dilation, c.dilation, c.depthwise};
}

// Runs a case on tensors with gaps between their pixels, and expects what
// LibTorch gives in double precision, within `limit`.
void ExpectConvolution(const KernelSet& set, const Case& c, Type type,
                       bool silu, bool residual, double limit) {
  at::manual_seed(5);
  const auto scalar = type == Type::kFloat ? at::kFloat : at::kBFloat16;
  const at::Tensor weight =
      at::randn(
          {c.out, c.depthwise ? 1 : c.in, c.kernel_height, c.kernel_width}) /
      std::sqrt(static_cast<double>(c.in * c.kernel_height * c.kernel_width));
  const at::Tensor bias = at::randn({c.out});
  const std::int64_t gap = c.in < 8 ? 0 : 6;
  const at::Tensor x = at::randn({c.batch, c.in + gap, c.height, c.width})
                           .to(scalar)
                           .contiguous(kLast)
                           .narrow(1, gap / 2, c.in);
  const Convolution convolution(set, ShapeOf(c), type,
                                weight.const_data_ptr<float>(),
                                bias.const_data_ptr<float>(), silu);
  const at::Tensor rounded =
      c.depthwise ? weight : weight.to(scalar).to(at::kFloat);
  at::Tensor expected = at::conv2d(
      x.to(at::kDouble), rounded.to(at::kDouble), bias.to(at::kDouble),
      {c.stride, c.stride}, {c.padding, c.padding}, {c.dilation, c.dilation},
      c.depthwise ? c.in : 1);
  ASSERT_EQ(convolution.OutputHeight(c.height), expected.size(2));
  ASSERT_EQ(convolution.OutputWidth(c.width), expected.size(3));
  if (silu) expected = at::silu(expected);
  const at::Tensor added =
      at::randn(expected.sizes(), scalar).contiguous(kLast);
  if (residual) expected = expected + added.to(at::kDouble);
  const at::Tensor whole =
      at::full({c.batch, c.out + 9, expected.size(2), expected.size(3)}, 7,
               scalar)
          .contiguous(kLast);
  const at::Tensor y = whole.narrow(1, 4, c.out);
  const Pixels more = AsPixels(added);
  convolution.Run(AsPixels(x), residual ? &more : nullptr, AsPixels(y),
                  kThreads);
  EXPECT_LE(Error(y, expected), limit) << c;
  EXPECT_TRUE(whole.narrow(1, 0, 4).eq(7).all().item<bool>()) << c;
  EXPECT_TRUE(whole.narrow(1, 4 + c.out, 5).eq(7).all().item<bool>()) << c;
}

TEST_F(KernelsTest, ConvolutionIsThatOfLibTorch) {
  REQUIRE_KERNEL_SETS();
  for (const auto& [name, set] : KernelSets()) {
    SCOPED_TRACE(name);
    for (const Case& c : kCases) {
      ASSERT_TRUE(Convolution::IsSupported(ShapeOf(c), Type::kFloat)) << c;
      ExpectConvolution(*set, c, Type::kFloat, false, false, 2e-6);
      ExpectConvolution(*set, c, Type::kFloat, true, false, 2e-6);
      ExpectConvolution(*set, c, Type::kFloat, true, true, 2e-6);
    }
  }
}

TEST_F(KernelsTest, ConvolutionOfBfloat16) {
  if (ChosenKernels(Type::kBfloat16) == nullptr)
    GTEST_SKIP() << "no AVX512_BF16";
  for (const Case& c : kCases) {
    if (!Convolution::IsSupported(ShapeOf(c), Type::kBfloat16)) {
      EXPECT_EQ(c.in % 2, 1) << c;
      continue;
    }
    // The result has 8 bits.
    ExpectConvolution(*ChosenKernels(Type::kBfloat16), c, Type::kBfloat16, true,
                      true, 5e-3);
  }
}

TEST_F(KernelsTest, ConvolutionIsTheSameOnAnyNumberOfThreads) {
  REQUIRE_KERNEL_SETS();
  const Case c = {1, 33, 31, 48, 80, 3, 3, 1, 1};
  const at::Tensor weight = at::randn({c.out, c.in, 3, 3});
  const at::Tensor x =
      at::randn({1, c.in, c.height, c.width}).contiguous(kLast);
  const Convolution convolution(*KernelSets().back().second, ShapeOf(c),
                                Type::kFloat, weight.const_data_ptr<float>(),
                                nullptr, true);
  std::vector<at::Tensor> results;
  for (const int threads : {1, 2, 5}) {
    results.push_back(
        at::empty({1, c.out, c.height, c.width}).contiguous(kLast));
    convolution.Run(AsPixels(x), nullptr, AsPixels(results.back()), threads);
    EXPECT_TRUE(results.back().equal(results[0])) << threads;
  }
}

TEST_F(KernelsTest, SigmoidIsThatOfLibTorch) {
  REQUIRE_KERNEL_SETS();
  const at::Tensor x = at::linspace(-80, 80, 1'000'003);
  const at::Tensor expected = at::sigmoid(x.to(at::kDouble));
  for (const auto& [name, set] : KernelSets()) {
    const at::Tensor y = at::empty_like(x);
    set->sigmoid(x.const_data_ptr<float>(), y.mutable_data_ptr<float>(),
                 x.numel());
    const double error = ((y - expected) / expected).abs().max().item<double>();
    test::Figure("sigmoid_relative_error_" + name, error, "1");
    EXPECT_LE(error, 1e-5) << name;
  }
}

TEST_F(KernelsTest, SiluOfExtremes) {
  REQUIRE_KERNEL_SETS();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const auto& [name, set] : KernelSets()) {
    SCOPED_TRACE(name);
    const float one = 1;
    const Convolution convolution(*set, {1, 1}, Type::kFloat, &one, nullptr,
                                  true);
    const at::Tensor x =
        at::tensor({0.0F, -1000.0F, 1000.0F, kInfinity, std::nanf("")})
            .view({1, 1, 1, 5});
    const at::Tensor y = at::empty_like(x);
    convolution.Run(AsPixels(x), nullptr, AsPixels(y), 1);
    const auto* values = y.const_data_ptr<float>();
    EXPECT_EQ(values[0], 0);
    EXPECT_NEAR(values[1], 0, 1e-30);
    EXPECT_EQ(values[2], 1000);
    EXPECT_EQ(values[3], kInfinity);
    EXPECT_TRUE(std::isnan(values[4]));
  }
}

TEST_F(KernelsTest, MaxPoolIsThatOfLibTorch) {
  REQUIRE_KERNEL_SETS();
  for (const auto& [name, set] : KernelSets()) {
    SCOPED_TRACE(name);
    at::Tensor x = at::randn({2, 19, 11, 7}).contiguous(kLast);
    x.index_put_({at::tensor(1), at::tensor(3), at::tensor(5), at::tensor(2)},
                 std::nanf(""));
    for (const std::int64_t stride : {1, 2}) {
      const at::Tensor expected = at::max_pool2d(x, {5, 3}, stride, {2, 1});
      const at::Tensor y = at::empty_like(expected);
      MaxPool(*set, AsPixels(x), {5, 3, stride, stride, 2, 1}, AsPixels(y),
              kThreads);
      EXPECT_TRUE(at::equal(y.nan_to_num(77), expected.nan_to_num(77)));
      EXPECT_EQ(y.isnan().sum().item<int>(),
                expected.isnan().sum().item<int>());
    }
  }
}

TEST_F(KernelsTest, MaxPoolOfBfloat16) {
  REQUIRE_KERNEL_SETS();
  const at::Tensor x =
      at::randn({1, 21, 9, 8}).to(at::kBFloat16).contiguous(kLast);
  const at::Tensor expected = at::max_pool2d(x, {3, 3}, 1, {1, 1});
  for (const auto& [name, set] : KernelSets()) {
    const at::Tensor y = at::empty_like(expected);
    MaxPool(*set, AsPixels(x), {3, 3, 1, 1, 1, 1}, AsPixels(y), kThreads);
    EXPECT_TRUE(y.equal(expected)) << name;
  }
}

TEST_F(KernelsTest, CopiesAreThoseOfLibTorch) {
  const at::Tensor x = at::randn({2, 24, 5, 7}).contiguous(kLast);
  const at::Tensor part = x.narrow(1, 3, 10);
  const at::Tensor whole = at::zeros({2, 16, 5, 7}).contiguous(kLast);
  CopyPixels(AsPixels(part), AsPixels(whole.narrow(1, 2, 10)), kThreads);
  EXPECT_TRUE(whole.narrow(1, 2, 10).equal(part));
  EXPECT_TRUE(whole.narrow(1, 0, 2).eq(0).all().item<bool>());
  EXPECT_TRUE(whole.narrow(1, 12, 4).eq(0).all().item<bool>());
  const at::Tensor larger = at::empty({2, 10, 10, 21}).contiguous(kLast);
  Upsample(AsPixels(part), AsPixels(larger), kThreads);
  EXPECT_TRUE(larger.equal(at::upsample_nearest2d(part, {10, 21})));
}

TEST_F(KernelsTest, TransposeIsThatOfLibTorch) {
  const at::Tensor x = at::randn({700, 37});
  const at::Tensor y = at::zeros({30, 703});
  Transpose(x.const_data_ptr<float>() + 2, 700, 30, 37,
            y.mutable_data_ptr<float>() + 1, 703, kThreads);
  EXPECT_TRUE(y.narrow(1, 1, 700).equal(x.narrow(1, 2, 30).t()));
  EXPECT_TRUE(y.select(1, 0).eq(0).all().item<bool>());
}

TEST_F(KernelsTest, DflIsThatOfLibTorch) {
  REQUIRE_KERNEL_SETS();
  for (const auto& [name, set] : KernelSets()) {
    const at::Tensor x = at::randn({16, 101}) * 20;
    const at::Tensor values = at::arange(16, at::kFloat);
    const at::Tensor y = at::empty({99});
    set->dfl(x.const_data_ptr<float>() + 1, 101, values.const_data_ptr<float>(),
             16, y.mutable_data_ptr<float>(), 99);
    const at::Tensor expected = at::matmul(
        values.to(at::kDouble), x.narrow(1, 1, 99).to(at::kDouble).softmax(0));
    EXPECT_LE(Error(y, expected), 1e-6) << name;
  }
}

TEST_F(KernelsTest, AttentionIsThatOfLibTorch) {
  REQUIRE_KERNEL_SETS();
  for (const auto& [name, set] : KernelSets()) {
    for (const std::int64_t tokens : {400, 35, 1}) {
      const std::int64_t key = 32;
      const std::int64_t value = 64;
      const std::int64_t head = 2 * key + value;
      // As a convolution gives it: token by token.
      const at::Tensor x = at::randn({2, tokens, 3, head});
      const AttentionInput input = {
          x.const_data_ptr<float>(), 2,    3,       tokens, key, value,
          tokens * 3 * head,         head, 3 * head};
      const at::Tensor scratch =
          at::empty({AttentionScratch(*set, input, kThreads)});
      const at::Tensor y = at::empty({2, tokens, 3, value});
      Attention(*set, input, 0.25F, y.mutable_data_ptr<float>(),
                scratch.mutable_data_ptr<float>(), kThreads);
      const auto parts = x.to(at::kDouble)
                             .transpose(1, 2)
                             .split_with_sizes({key, key, value}, 3);
      const at::Tensor expected =
          at::matmul((at::matmul(parts[0], parts[1].transpose(2, 3)) * 0.25)
                         .softmax(-1),
                     parts[2])
              .transpose(1, 2);
      EXPECT_LE(Error(y, expected), 2e-6) << name << " " << tokens;
    }
  }
}

}  // namespace
}  // namespace yolotorch::kernels

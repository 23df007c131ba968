// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/kernels.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

namespace yolotorch::runtime {
namespace {

// Floats that are worth a thread of their own.
constexpr std::int64_t kGrain = 16384;

#if defined(__GNUC__)
#define YOLOTORCH_INLINE inline __attribute__((always_inline))
#else
#define YOLOTORCH_INLINE inline
#endif

// exp(x) for x in [-87, 87] by 2^n * exp(r), r in [-ln 2 / 2, ln 2 / 2], with
// the series up to r^6 for the latter. Nothing here but what every vector unit
// has, so that a compiler turns a loop of it into vectors.
YOLOTORCH_INLINE float Exp(float x) {
  // Adding 1.5 * 2^23 rounds to an integer, which is then in the low bits.
  constexpr float kRound = 12582912.0F;
  const float shifted = x * 1.44269504F + kRound;
  const float n = shifted - kRound;
  // ln 2 in two parts, so that n times the first is exact.
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
  float p = 1.0F / 720.0F;
  p = p * r + 1.0F / 120.0F;
  p = p * r + 1.0F / 24.0F;
  p = p * r + 1.0F / 6.0F;
  p = p * r + 0.5F;
  p = p * r + 1.0F;
  p = p * r + 1.0F;
  const std::uint32_t power = std::bit_cast<std::uint32_t>(shifted) << 23;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(p) + power);
}

YOLOTORCH_INLINE void SiluLoop(float* values, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const float x = values[i];
    float limited = x < 87.0F ? x : 87.0F;
    limited = limited > -87.0F ? limited : -87.0F;
    values[i] = x / (1.0F + Exp(-limited));
  }
}

using SiluKernel = void (*)(float*, std::int64_t);

void SiluPortable(float* values, std::int64_t count) {
  SiluLoop(values, count);
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx2,fma"))) void SiluAvx2(float* values,
                                                  std::int64_t count) {
  SiluLoop(values, count);
}

__attribute__((
    target("avx512f,avx512dq,avx512vl,prefer-vector-width=512"))) void
SiluAvx512(float* values, std::int64_t count) {
  SiluLoop(values, count);
}
#endif

SiluKernel ChooseSilu() {
#if defined(__x86_64__) && defined(__GNUC__)
  // LibTorch's choice, so that ATEN_CPU_CAPABILITY rules ours as well.
  const std::string capability = at::get_cpu_capability();
  if (capability.starts_with("AVX512")) return SiluAvx512;
  if (capability == "AVX2") return SiluAvx2;
#endif
  return SiluPortable;
}

// Floats from one pixel to the next.
std::int64_t PixelStride(const at::Tensor& x) {
  return x.size(3) > 1 ? x.stride(3) : x.stride(2);
}

// One of the tensors that make up a pixel.
struct Part {
  const float* source;
  std::int64_t stride;
  std::int64_t channels;
  float* target;
};

at::Tensor JoinPixels(const std::vector<at::Tensor>& tensors) {
  const at::Tensor& first = tensors.front();
  std::int64_t channels = 0;
  for (const at::Tensor& tensor : tensors) channels += tensor.size(1);
  at::Tensor joined =
      at::empty({first.size(0), channels, first.size(2), first.size(3)},
                first.options(), at::MemoryFormat::ChannelsLast);
  std::vector<Part> parts;
  auto* target = joined.mutable_data_ptr<float>();
  for (const at::Tensor& tensor : tensors) {
    parts.push_back({tensor.const_data_ptr<float>(), PixelStride(tensor),
                     tensor.size(1), target});
    target += tensor.size(1);
  }
  const std::int64_t pixels = first.size(0) * first.size(2) * first.size(3);
  const std::int64_t grain = std::max<std::int64_t>(1, kGrain / channels);
  at::parallel_for(0, pixels, grain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      for (const Part& part : parts) {
        std::memcpy(part.target + i * channels, part.source + i * part.stride,
                    static_cast<std::size_t>(part.channels) * sizeof(float));
      }
    }
  });
  return joined;
}

}  // namespace

void Silu(float* values, std::int64_t count) {
  static const SiluKernel kernel = ChooseSilu();
  kernel(values, count);
}

void SiluInPlace(at::Tensor x) {
  if (!x.device().is_cpu() || x.scalar_type() != at::kFloat ||
      x.layout() != at::kStrided || !x.is_non_overlapping_and_dense()) {
    at::silu_(x);
    return;
  }
  auto* values = x.mutable_data_ptr<float>();
  at::parallel_for(0, x.numel(), kGrain,
                   [&](std::int64_t begin, std::int64_t end) {
                     Silu(values + begin, end - begin);
                   });
}

bool IsPixels(const at::Tensor& x) {
  if (!x.device().is_cpu() || x.scalar_type() != at::kFloat ||
      x.layout() != at::kStrided || x.dim() != 4 || x.numel() == 0) {
    return false;
  }
  const std::int64_t pixel = PixelStride(x);
  return (x.size(1) == 1 || x.stride(1) == 1) && pixel >= x.size(1) &&
         (x.size(2) == 1 || x.stride(2) == x.size(3) * pixel) &&
         (x.size(0) == 1 || x.stride(0) == x.size(2) * x.size(3) * pixel);
}

at::Tensor ConcatChannels(const c10::List<at::Tensor>& tensors) {
  std::vector<at::Tensor> parts = tensors.vec();
  const bool fits =
      !parts.empty() &&
      std::all_of(parts.begin(), parts.end(), [&](const at::Tensor& part) {
        return IsPixels(part) && part.size(0) == parts[0].size(0) &&
               part.size(2) == parts[0].size(2) &&
               part.size(3) == parts[0].size(3);
      });
  return fits ? JoinPixels(parts) : at::cat(parts, 1);
}

at::Tensor ClosePixels(const at::Tensor& x) {
  if (x.is_contiguous(at::MemoryFormat::ChannelsLast)) return x;
  return JoinPixels({x});
}

}  // namespace yolotorch::runtime

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_set.h"

#if defined(__AVX2__)
#include <immintrin.h>

#include "kernels/vector_kernels.h"

namespace yolotorch::kernels {
namespace {

// Eight floats.
struct Avx2 {
  using Vector = __m256;
  using Word = __m256;
  static constexpr int kLanes = 8;

  static __m256i Mask(int count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(count),
                              _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  }
  static Vector Set(float x) { return _mm256_set1_ps(x); }
  static Vector LoadAll(const float* x) { return _mm256_loadu_ps(x); }
  static void StoreAll(float* out, Vector x) { _mm256_storeu_ps(out, x); }
  static Vector Load(const float* x, int count) {
    return count == kLanes ? LoadAll(x) : _mm256_maskload_ps(x, Mask(count));
  }
  static Vector LoadOr(const float* x, int count, float other) {
    return _mm256_blendv_ps(_mm256_set1_ps(other),
                            _mm256_maskload_ps(x, Mask(count)),
                            _mm256_castsi256_ps(Mask(count)));
  }
  static void Store(float* out, int count, Vector x) {
    if (count == kLanes) {
      StoreAll(out, x);
    } else {
      _mm256_maskstore_ps(out, Mask(count), x);
    }
  }
  // From and to bfloat16, which is the upper half of a float.
  static Vector Widen(const std::uint16_t* x, int count) {
    alignas(16) std::uint16_t all[kLanes] = {};
    if (count < kLanes) {
      for (int i = 0; i < count; ++i) all[i] = x[i];
      x = all;
    }
    const __m128i half = _mm_loadu_si128(reinterpret_cast<const __m128i*>(x));
    return _mm256_castsi256_ps(
        _mm256_slli_epi32(_mm256_cvtepu16_epi32(half), 16));
  }
  // Rounds to the nearest, half to even.
  static void Narrow(std::uint16_t* out, int count, Vector x) {
    const __m256i bits = _mm256_castps_si256(x);
    const __m256i odd =
        _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i rounded = _mm256_add_epi32(
        bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF)));
    const __m256i safe =
        _mm256_castps_si256(PreferNan(_mm256_castsi256_ps(rounded), x));
    alignas(32) std::uint32_t all[kLanes];
    _mm256_store_si256(reinterpret_cast<__m256i*>(all),
                       _mm256_srli_epi32(safe, 16));
    for (int i = 0; i < count; ++i) out[i] = static_cast<std::uint16_t>(all[i]);
  }
  static Vector Add(Vector a, Vector b) { return _mm256_add_ps(a, b); }
  static Vector Subtract(Vector a, Vector b) { return _mm256_sub_ps(a, b); }
  static Vector Multiply(Vector a, Vector b) { return _mm256_mul_ps(a, b); }
  // Within 2^-23 relatively, for what is neither tiny nor huge: an estimate
  // with 12 bits and two terms of the series of its error e, 1 + e + e^2.
  static Vector Reciprocal(Vector x) {
    const Vector r = _mm256_rcp_ps(x);
    const Vector e = _mm256_fnmadd_ps(x, r, _mm256_set1_ps(1.0F));
    return _mm256_fmadd_ps(r, _mm256_fmadd_ps(e, e, e), r);
  }
  static Vector MultiplyAdd(Vector a, Vector b, Vector c) {
    return _mm256_fmadd_ps(a, b, c);
  }
  // If one is NaN, `a`.
  static Vector Min(Vector a, Vector b) { return _mm256_min_ps(b, a); }
  static Vector Max(Vector a, Vector b) { return _mm256_max_ps(b, a); }
  static Vector PreferNan(Vector x, Vector nan) {
    return _mm256_blendv_ps(x, nan, _mm256_cmp_ps(nan, nan, _CMP_UNORD_Q));
  }
  static Vector Round(Vector x) {
    return _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  }
  // By adding n to the exponent, for n in [-126, 126].
  static Vector Scale(Vector x, Vector n) {
    return _mm256_castsi256_ps(_mm256_add_epi32(
        _mm256_castps_si256(x), _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23)));
  }

  static Word LoadWords(const std::int32_t* x) {
    return _mm256_castsi256_ps(
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)));
  }
  static Word SetWords(std::int32_t x) {
    return _mm256_castsi256_ps(_mm256_set1_epi32(x));
  }
  static Vector Step(Vector sum, Word weights, Word x) {
    return _mm256_fmadd_ps(x, weights, sum);
  }
};

constexpr TileKernel kTiles[] = {
    {4, 24, RunTile<Avx2, 4, 3>},
    {6, 16, RunTile<Avx2, 6, 2>},
    {8, 8, RunTile<Avx2, 8, 1>},
};

}  // namespace

extern const KernelSet kAvx2Kernels = MakeKernelSet<Avx2>(kTiles, 3);

}  // namespace yolotorch::kernels
#endif

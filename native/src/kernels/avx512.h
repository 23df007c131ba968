// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace yolotorch::kernels {
namespace {

// Sixteen floats.
struct Avx512 {
  using Vector = __m512;
  using Word = __m512;
  static constexpr int kLanes = 16;

  static __mmask16 Mask(int count) {
    return static_cast<__mmask16>(0xFFFFU >> (kLanes - count));
  }
  static Vector Set(float x) { return _mm512_set1_ps(x); }
  static Vector LoadAll(const float* x) { return _mm512_loadu_ps(x); }
  static void StoreAll(float* out, Vector x) { _mm512_storeu_ps(out, x); }
  static Vector Load(const float* x, int count) {
    return _mm512_maskz_loadu_ps(Mask(count), x);
  }
  static Vector LoadOr(const float* x, int count, float other) {
    return _mm512_mask_loadu_ps(_mm512_set1_ps(other), Mask(count), x);
  }
  static void Store(float* out, int count, Vector x) {
    _mm512_mask_storeu_ps(out, Mask(count), x);
  }
  // From and to bfloat16, which is the upper half of a float.
  static Vector Widen(const std::uint16_t* x, int count) {
    const __m256i half =
        count == kLanes
            ? _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x))
            : _mm256_maskz_loadu_epi16(Mask(count), x);
    return _mm512_castsi512_ps(
        _mm512_slli_epi32(_mm512_cvtepu16_epi32(half), 16));
  }
  // Rounds to the nearest, half to even.
  static void Narrow(std::uint16_t* out, int count, Vector x) {
    const __m512i bits = _mm512_castps_si512(x);
    const __m512i odd =
        _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i rounded = _mm512_add_epi32(
        bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
    const __mmask16 nan = _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q);
    const __m512i safe = _mm512_mask_mov_epi32(rounded, nan, bits);
    StoreHalf(out, count, _mm512_cvtepi32_epi16(_mm512_srli_epi32(safe, 16)));
  }
  // Masks of 16 bit words are slow on some CPUs.
  static void StoreHalf(std::uint16_t* out, int count, __m256i x) {
    if (count == kLanes) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), x);
    } else {
      _mm256_mask_storeu_epi16(out, Mask(count), x);
    }
  }
  static Vector Add(Vector a, Vector b) { return _mm512_add_ps(a, b); }
  static Vector Subtract(Vector a, Vector b) { return _mm512_sub_ps(a, b); }
  static Vector Multiply(Vector a, Vector b) { return _mm512_mul_ps(a, b); }
  // Relative error below 2^-23 for normal numbers: a 14-bit estimate and one
  // step of Newton's method.
  static Vector Reciprocal(Vector x) {
    const Vector r = _mm512_rcp14_ps(x);
    return _mm512_mul_ps(r, _mm512_fnmadd_ps(x, r, _mm512_set1_ps(2.0F)));
  }
  static Vector MultiplyAdd(Vector a, Vector b, Vector c) {
    return _mm512_fmadd_ps(a, b, c);
  }
  // If one is NaN, `a`.
  static Vector Min(Vector a, Vector b) { return _mm512_min_ps(b, a); }
  static Vector Max(Vector a, Vector b) { return _mm512_max_ps(b, a); }
  static Vector PreferNan(Vector x, Vector nan) {
    return _mm512_mask_mov_ps(x, _mm512_cmp_ps_mask(nan, nan, _CMP_UNORD_Q),
                              nan);
  }
  static Vector Round(Vector x) {
    return _mm512_roundscale_ps(x,
                                _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  }
  // x * 2^n for whole n.
  static Vector Scale(Vector x, Vector n) { return _mm512_scalef_ps(x, n); }

  static Word LoadWords(const std::int32_t* x) { return _mm512_loadu_ps(x); }
  static Word SetWords(std::int32_t x) {
    return _mm512_castsi512_ps(_mm512_set1_epi32(x));
  }
  static Vector Step(Vector sum, Word weights, Word x) {
    return _mm512_fmadd_ps(x, weights, sum);
  }
};

}  // namespace
}  // namespace yolotorch::kernels

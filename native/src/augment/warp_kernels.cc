// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/warp_kernels.h"

#if YOLOTORCH_X86
#include <immintrin.h>
#endif

namespace yolotorch::augment {
namespace {

void WarpPortable(const SourcePixels& source, const std::int32_t* x,
                  const std::int32_t* y, std::size_t count,
                  const PlanePlaces& out) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t* upper = source.data +
                                (y[i] >> kPlaceBits) * source.row_bytes +
                                (x[i] >> kPlaceBits) * 3;
    const std::uint8_t* under = upper + source.row_bytes;
    const int right = x[i] & (kPlaces - 1);
    const int lower = y[i] & (kPlaces - 1);
    for (std::size_t c = 0; c < 3; ++c) {
      out[c][i] =
          Mixed(upper[c], upper[c + 3], under[c], under[c + 3], right, lower);
    }
  }
}

#if YOLOTORCH_X86

// The places and weights of eight pixels.
struct Eight {
  alignas(32) std::array<std::int32_t, 8> offsets;
  __m256i columns;  // bytes 32 - right, right, twice
  __m256i rows;     // words 32 - lower, lower
};

YOLOTORCH_AVX2 YOLOTORCH_INLINE void SetEight(const std::int32_t* x,
                                              const std::int32_t* y,
                                              std::int32_t row_bytes,
                                              Eight* eight) {
  const __m256i xs = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x));
  const __m256i ys = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(y));
  const __m256i offsets =
      _mm256_add_epi32(_mm256_mullo_epi32(_mm256_srai_epi32(ys, kPlaceBits),
                                          _mm256_set1_epi32(row_bytes)),
                       _mm256_mullo_epi32(_mm256_srai_epi32(xs, kPlaceBits),
                                          _mm256_set1_epi32(3)));
  _mm256_store_si256(reinterpret_cast<__m256i*>(eight->offsets.data()),
                     offsets);
  const __m256i share = _mm256_set1_epi32(kPlaces - 1);
  const __m256i one = _mm256_set1_epi32(kPlaces);
  const __m256i right = _mm256_and_si256(xs, share);
  const __m256i pair = _mm256_or_si256(_mm256_sub_epi32(one, right),
                                       _mm256_slli_epi32(right, 8));
  eight->columns = _mm256_or_si256(pair, _mm256_slli_epi32(pair, 16));
  const __m256i lower = _mm256_and_si256(ys, share);
  eight->rows = _mm256_or_si256(_mm256_sub_epi32(one, lower),
                                _mm256_slli_epi32(lower, 16));
}

// Pixel `i` in the lower half and pixel i + 1 in the upper one: red, green,
// blue and 0 as 32-bit numbers. 8 bytes hold a pixel and its right neighbour,
// which a shuffle pairs colour by colour for one multiply-add along the row; a
// second one joins the two rows.
YOLOTORCH_AVX2 YOLOTORCH_INLINE __m256i TwoOf(const std::uint8_t* data,
                                              std::int32_t row_bytes,
                                              const Eight& eight, int i) {
  const __m256i order =
      _mm256_setr_epi8(0, 3, 1, 4, 2, 5, -1, -1, 8, 11, 9, 12, 10, 13, -1, -1,
                       0, 3, 1, 4, 2, 5, -1, -1, 8, 11, 9, 12, 10, 13, -1, -1);
  const auto load = [&](int k) {
    const std::uint8_t* upper =
        data + eight.offsets[static_cast<std::size_t>(k)];
    return _mm_unpacklo_epi64(
        _mm_loadl_epi64(reinterpret_cast<const __m128i*>(upper)),
        _mm_loadl_epi64(reinterpret_cast<const __m128i*>(upper + row_bytes)));
  };
  const __m256i lanes =
      _mm256_setr_epi32(i, i, i, i, i + 1, i + 1, i + 1, i + 1);
  const __m256i pixels =
      _mm256_shuffle_epi8(_mm256_set_m128i(load(i + 1), load(i)), order);
  const __m256i along = _mm256_maddubs_epi16(
      pixels, _mm256_permutevar8x32_epi32(eight.columns, lanes));
  const __m256i both =
      _mm256_unpacklo_epi16(along, _mm256_srli_si256(along, 8));
  const __m256i sum =
      _mm256_madd_epi16(both, _mm256_permutevar8x32_epi32(eight.rows, lanes));
  return _mm256_srli_epi32(
      _mm256_add_epi32(sum, _mm256_set1_epi32(kPlaces * kPlaces / 2)),
      2 * kPlaceBits);
}

YOLOTORCH_AVX2 void WarpAvx2(const SourcePixels& source, const std::int32_t* x,
                             const std::int32_t* y, std::size_t count,
                             const PlanePlaces& out) {
  const std::uint8_t* data = source.data;
  const std::int32_t row_bytes = source.row_bytes;
  // Collects the reds, greens and blues of four pixels.
  const __m256i planes =
      _mm256_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0,
                       4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  Eight eight;
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    SetEight(x + i, y + i, row_bytes, &eight);
    // The even pixels come to the lower half, the odd ones to the upper.
    const __m256i words0 = _mm256_packs_epi32(TwoOf(data, row_bytes, eight, 0),
                                              TwoOf(data, row_bytes, eight, 2));
    const __m256i words1 = _mm256_packs_epi32(TwoOf(data, row_bytes, eight, 4),
                                              TwoOf(data, row_bytes, eight, 6));
    const __m256i bytes =
        _mm256_shuffle_epi8(_mm256_packus_epi16(words0, words1), planes);
    const __m128i even = _mm256_castsi256_si128(bytes);
    const __m128i odd = _mm256_extracti128_si256(bytes, 1);
    const __m128i red_green = _mm_unpacklo_epi8(even, odd);
    const __m128i blue = _mm_unpackhi_epi8(even, odd);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out[0] + i), red_green);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out[1] + i),
                     _mm_srli_si128(red_green, 8));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out[2] + i), blue);
  }
  WarpPortable(source, x + i, y + i, count - i,
               {out[0] + i, out[1] + i, out[2] + i});
}

#endif

}  // namespace

WarpKernel WarpKernelFor(base::InstructionSet instructions) {
#if YOLOTORCH_X86
  if (instructions != base::InstructionSet::kPortable) return WarpAvx2;
#else
  static_cast<void>(instructions);
#endif
  return WarpPortable;
}

}  // namespace yolotorch::augment

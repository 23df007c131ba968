// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/row_kernels.h"

#include <array>

#if YOLOTORCH_X86
#include <immintrin.h>
#endif

namespace yolotorch::vision {
namespace {

YOLOTORCH_INLINE void MixColumns(const std::uint8_t* row,
                                 const Channels& channels,
                                 const Columns& columns, std::size_t begin,
                                 std::int16_t* out) {
  const auto count = static_cast<std::size_t>(channels.count);
  for (std::size_t i = begin; i < columns.left.size(); ++i) {
    const std::int32_t left_weight = columns.weights[i] & 0xffff;
    const std::int32_t right_weight = columns.weights[i] >> 16;
    const std::uint8_t* left = row + columns.left[i];
    const std::uint8_t* right =
        right_weight != 0 ? left + channels.pixel_bytes : left;
    for (std::size_t c = 0; c < count; ++c) {
      const int offset = channels.offset[c];
      out[i * count + c] = static_cast<std::int16_t>(
          (left[offset] * left_weight + right[offset] * right_weight) >> 4);
    }
  }
}

YOLOTORCH_INLINE std::int32_t Join(const RowPair& rows, std::size_t i) {
  return (((rows.upper_weight * rows.upper[i]) >> 16) +
          ((rows.lower_weight * rows.lower[i]) >> 16) + 2) >>
         2;
}

YOLOTORCH_INLINE void BytesLoop(const RowPair& rows, std::size_t count,
                                std::uint8_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = static_cast<std::uint8_t>(Join(rows, i));
  }
}

YOLOTORCH_INLINE void UnitsLoop(const RowPair& rows, std::size_t count,
                                float* out) {
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = static_cast<float>(Join(rows, i)) / 255.0F;
  }
}

void MixPortable(const std::uint8_t* row, const Channels& channels,
                 const Columns& columns, std::int16_t* out) {
  MixColumns(row, channels, columns, 0, out);
}

void BytesPortable(const RowPair& rows, std::size_t count, std::uint8_t* out) {
  BytesLoop(rows, count, out);
}

void UnitsPortable(const RowPair& rows, std::size_t count, float* out) {
  UnitsLoop(rows, count, out);
}

#if YOLOTORCH_X86

// Four pixels of three colours at a time: 8 bytes hold a pixel and its right
// neighbour, which a shuffle pairs channel by channel for one multiply-add.
// Wider vectors would not help, since each pixel is loaded separately.
YOLOTORCH_AVX2 void MixAvx2(const std::uint8_t* row, const Channels& channels,
                            const Columns& columns, std::int16_t* out) {
  if (channels.count != 3) return MixColumns(row, channels, columns, 0, out);
  std::array<char, 16> order{};
  order.fill(-1);
  for (std::size_t c = 0; c < 3; ++c) {
    order[c * 4] = static_cast<char>(channels.offset[c]);
    order[c * 4 + 2] =
        static_cast<char>(channels.offset[c] + channels.pixel_bytes);
  }
  const __m256i pair = _mm256_broadcastsi128_si256(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(order.data())));
  const __m256i even = _mm256_setr_epi32(0, 0, 0, 0, 2, 2, 2, 2);
  const __m256i odd = _mm256_setr_epi32(1, 1, 1, 1, 3, 3, 3, 3);
  // Leaves out the fourth value of each pixel.
  const __m256i close = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, -1, -1, -1, -1));
  const auto load = [row](const std::int64_t* left) {
    return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(row + *left));
  };
  std::size_t i = 0;
  for (; i + 4 <= columns.wide; i += 4) {
    const std::int64_t* left = columns.left.data() + i;
    const __m256i weights = _mm256_castsi128_si256(_mm_loadu_si128(
        reinterpret_cast<const __m128i*>(columns.weights.data() + i)));
    __m256i a = _mm256_set_m128i(load(left + 2), load(left));
    __m256i b = _mm256_set_m128i(load(left + 3), load(left + 1));
    a = _mm256_madd_epi16(_mm256_shuffle_epi8(a, pair),
                          _mm256_permutevar8x32_epi32(weights, even));
    b = _mm256_madd_epi16(_mm256_shuffle_epi8(b, pair),
                          _mm256_permutevar8x32_epi32(weights, odd));
    const __m256i mixed = _mm256_shuffle_epi8(
        _mm256_packs_epi32(_mm256_srli_epi32(a, 4), _mm256_srli_epi32(b, 4)),
        close);
    // Each writes 2 values too many, which the next ones replace.
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i * 3),
                     _mm256_castsi256_si128(mixed));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out + i * 3 + 6),
                     _mm256_extracti128_si256(mixed, 1));
  }
  MixColumns(row, channels, columns, i, out);
}

YOLOTORCH_AVX2 void BytesAvx2(const RowPair& rows, std::size_t count,
                              std::uint8_t* out) {
  BytesLoop(rows, count, out);
}

YOLOTORCH_AVX2 void UnitsAvx2(const RowPair& rows, std::size_t count,
                              float* out) {
  UnitsLoop(rows, count, out);
}

YOLOTORCH_AVX512 void BytesAvx512(const RowPair& rows, std::size_t count,
                                  std::uint8_t* out) {
  BytesLoop(rows, count, out);
}

YOLOTORCH_AVX512 void UnitsAvx512(const RowPair& rows, std::size_t count,
                                  float* out) {
  UnitsLoop(rows, count, out);
}

#endif

}  // namespace

const RowKernels& RowKernelsFor(base::InstructionSet instructions) {
  static constexpr RowKernels kPortable{MixPortable, BytesPortable,
                                        UnitsPortable};
#if YOLOTORCH_X86
  static constexpr RowKernels kAvx2{MixAvx2, BytesAvx2, UnitsAvx2};
  static constexpr RowKernels kAvx512{MixAvx2, BytesAvx512, UnitsAvx512};
  if (instructions == base::InstructionSet::kAvx512) return kAvx512;
  if (instructions == base::InstructionSet::kAvx2) return kAvx2;
#endif
  return kPortable;
}

}  // namespace yolotorch::vision

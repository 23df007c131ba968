// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/mask_kernels.h"

#if YOLOTORCH_X86
#include <immintrin.h>
#endif

namespace yolotorch::vision {
namespace {

YOLOTORCH_INLINE void AddLoop(const float* values, float weight,
                              std::size_t count, float* out) {
  for (std::size_t i = 0; i < count; ++i) out[i] += weight * values[i];
}

YOLOTORCH_INLINE void MixLoop(const float* row, const MixedColumns& columns,
                              float* out) {
  const std::size_t count = columns.first.size();
  const std::int32_t* first = columns.first.data();
  const std::int32_t* second = columns.second.data();
  const float* fraction = columns.fraction.data();
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = row[first[i]] * (1 - fraction[i]) + row[second[i]] * fraction[i];
  }
}

YOLOTORCH_INLINE void AboveLoop(const MixedRows& rows, float threshold,
                                std::size_t begin, std::size_t count,
                                std::uint8_t* bits) {
  const float rest = 1 - rows.fraction;
  for (std::size_t i = begin; i < count; i += 8) {
    unsigned byte = 0;
    for (std::size_t k = 0; k < 8 && i + k < count; ++k) {
      const float value =
          rows.upper[i + k] * rest + rows.lower[i + k] * rows.fraction;
      byte |= (value > threshold ? 1U : 0U) << k;
    }
    bits[i / 8] = static_cast<std::uint8_t>(byte);
  }
}

void AddPortable(const float* values, float weight, std::size_t count,
                 float* out) {
  AddLoop(values, weight, count, out);
}

void MixPortable(const float* row, const MixedColumns& columns, float* out) {
  MixLoop(row, columns, out);
}

void AbovePortable(const MixedRows& rows, float threshold, std::size_t count,
                   std::uint8_t* bits) {
  AboveLoop(rows, threshold, 0, count, bits);
}

#if YOLOTORCH_X86

YOLOTORCH_AVX2 void AddAvx2(const float* values, float weight,
                            std::size_t count, float* out) {
  AddLoop(values, weight, count, out);
}

YOLOTORCH_AVX2 void MixAvx2(const float* row, const MixedColumns& columns,
                            float* out) {
  MixLoop(row, columns, out);
}

YOLOTORCH_AVX2 void AboveAvx2(const MixedRows& rows, float threshold,
                              std::size_t count, std::uint8_t* bits) {
  const __m256 upper_share = _mm256_set1_ps(1 - rows.fraction);
  const __m256 lower_share = _mm256_set1_ps(rows.fraction);
  const __m256 limit = _mm256_set1_ps(threshold);
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m256 value = _mm256_add_ps(
        _mm256_mul_ps(_mm256_loadu_ps(rows.upper + i), upper_share),
        _mm256_mul_ps(_mm256_loadu_ps(rows.lower + i), lower_share));
    bits[i / 8] = static_cast<std::uint8_t>(
        _mm256_movemask_ps(_mm256_cmp_ps(value, limit, _CMP_GT_OQ)));
  }
  AboveLoop(rows, threshold, i, count, bits);
}

YOLOTORCH_AVX512 void AddAvx512(const float* values, float weight,
                                std::size_t count, float* out) {
  AddLoop(values, weight, count, out);
}

#endif

}  // namespace

const MaskKernels& MaskKernelsFor(base::InstructionSet instructions) {
  static constexpr MaskKernels kPortable{AddPortable, MixPortable,
                                         AbovePortable};
#if YOLOTORCH_X86
  static constexpr MaskKernels kAvx2{AddAvx2, MixAvx2, AboveAvx2};
  // Gathers and masks gain nothing from being twice as wide.
  static constexpr MaskKernels kAvx512{AddAvx512, MixAvx2, AboveAvx2};
  if (instructions == base::InstructionSet::kAvx512) return kAvx512;
  if (instructions == base::InstructionSet::kAvx2) return kAvx2;
#endif
  return kPortable;
}

}  // namespace yolotorch::vision

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace yolotorch::kernels {

/// Writes the transpose of a matrix of floats: to[c * to_stride + r] is
/// from[r * from_stride + c].
void Transpose(const float* from, std::int64_t rows, std::int64_t columns,
               std::int64_t from_stride, float* to, std::int64_t to_stride,
               int threads);

}  // namespace yolotorch::kernels

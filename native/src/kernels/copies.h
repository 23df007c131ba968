// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/pixels.h"

namespace yolotorch::kernels {

/// REQUIRES: the same sizes and type.
void CopyPixels(const Pixels& from, const Pixels& to, int threads);

/// Nearest-neighbour upsampling: each pixel of `from` fills a rectangle of
/// `to`, whose sides are multiples.
void Upsample(const Pixels& from, const Pixels& to, int threads);

}  // namespace yolotorch::kernels

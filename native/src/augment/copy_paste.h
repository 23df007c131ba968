// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "augment/canvas.h"
#include "augment/sample.h"

namespace yolotorch::augment {

/// Places of the candidates that are pasted: those with an outline that cover
/// less than 0.3 of the area of each object that is there, least covering
/// first, of them the share options.copy_paste, rounded half to even (CopyPaste
/// of Ultralytics 8.3 as described).
std::vector<std::size_t> Pasted(const Options& options,
                                const std::vector<Object>& candidates,
                                const std::vector<Object>& present);

/// Pastes the mirrored objects of a picture into itself, through their filled
/// outlines. A picture without outlines stays.
void PasteMirrored(const Options& options, Canvas* canvas);

/// Pastes objects of another picture of the same size. A picture without
/// outlines stays.
void PasteFrom(const Options& options, const Planes& other, Planes* planes);

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <array>
#include <cstdint>
#include <vector>

#include "api/eval.h"
#include "runtime/session.h"
#include "vision/letterbox.h"
#include "yolotorch/image.h"
#include "yolotorch/options.h"
#include "yolotorch/result.h"

namespace yolotorch::api {

/// The input of a network, and where each picture lies in it.
struct PicturesInput {
  std::vector<vision::Letterbox> boxes;
  at::Tensor input;
};

// All of this is called on the worker.

/// Letterboxes the pictures, or crops them to classify, to an input of `size`,
/// height and width, in the format that `session` runs fastest.
PicturesInput MakeInput(const runtime::Session& session,
                        const std::array<std::int64_t, 2>& size,
                        const std::vector<ImageView>& images,
                        const EvalOptions& eval);

/// Predicts a batch of pictures at an input of `size`, height and width, on
/// `threads` cores. Throws what Session::Run throws.
Predictions PredictImages(runtime::Session* session,
                          const std::array<std::int64_t, 2>& size,
                          const std::vector<ImageView>& images,
                          const PredictOptions& options,
                          const EvalOptions& eval, int threads);

/// Predicts with an archive that takes pictures by itself, one after another.
/// Throws what Session::RunUnchecked throws.
Predictions PredictByPipeline(runtime::Session* session,
                              const std::vector<ImageView>& images,
                              const PredictOptions& options,
                              const EvalOptions& eval);

}  // namespace yolotorch::api

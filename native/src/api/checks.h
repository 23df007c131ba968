// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>

#include <array>
#include <cstdint>
#include <vector>

#include "api/eval.h"
#include "metadata/metadata.h"
#include "yolotorch/model.h"

namespace yolotorch::api {

/// The highest optimize_level.
constexpr int kMaxLevel = 3;

/// These throw Error kInvalidArgument, or kInvalidImage for a picture. `device`
/// is that of `options`, `channels` are those of the network.
void CheckLoadOptions(const LoadOptions& options, c10::Device device);
void CheckPredictOptions(const PredictOptions& options);
void CheckEvalOptions(const EvalOptions& options);
void CheckImages(const std::vector<ImageView>& images, int channels);

/// Height and width, rounded up to the model's stride; the model's own size for
/// zeros. Throws Error kInvalidArgument.
std::array<std::int64_t, 2> NetSize(int height, int width,
                                    const metadata::Metadata& metadata);

/// Whether the input is the smallest rectangle around the pictures: where
/// PredictOptions::rect asks for it, the model takes any size, and all pictures
/// have one.
bool PadsToRectangle(const std::vector<ImageView>& images,
                     const PredictOptions& options, const EvalOptions& eval,
                     const ModelInfo& info);

}  // namespace yolotorch::api

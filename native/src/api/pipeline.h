// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "api/eval.h"
#include "runtime/session.h"
#include "yolotorch/image.h"
#include "yolotorch/options.h"
#include "yolotorch/result.h"

namespace yolotorch::api {

/// The picture as (height, width, 3) uint8 RGB, which a pipeline takes.
at::Tensor RgbTensor(const ImageView& image);

/// The result of a pipeline for one picture. `outputs`: as
/// Session::RunUnchecked gives them; rows and masks are in the picture's pixels
/// already. Of `options` conf, classes and max_det apply; of `eval` the frame
/// of the masks, which are scaled to it. Throws Error kUnsupportedModel when
/// they have another form than the metadata of `session` says.
ImageResult DecodePipeline(const runtime::Session& session,
                           const std::vector<at::Tensor>& outputs,
                           const ImageView& image,
                           const PredictOptions& options,
                           const EvalOptions& eval);

}  // namespace yolotorch::api

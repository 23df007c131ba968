// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include "augment/canvas.h"
#include "augment/sample.h"

namespace yolotorch::augment {

/// The sample of a finished picture: its planes, and its objects as rows,
/// keypoints and masks (Format of Ultralytics 8.3 as described).
Sample SampleOf(const Options& options, Planes planes);

}  // namespace yolotorch::augment

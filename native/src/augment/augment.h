// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "augment/plan.h"
#include "augment/sample.h"

namespace yolotorch::augment {

/// Makes the sample of a plan. `pictures` are those of plan.pictures, in its
/// order, as Load gives them. Equal arguments give an equal sample, whichever
/// thread calls. The steps, each by the description of Ultralytics 8.3: mosaic,
/// copy-paste, random perspective, mixup, cutmix, HSV, flips, format. Throws an
/// Error of kInvalidArgument if the pictures are not those of the plan.
/// REQUIRES: Check(options) passes, and `plan` was made with them.
Sample Augment(const Options& options, const Plan& plan,
               const std::vector<Picture>& pictures);

/// The sample of a picture without augmentation, as validation takes it:
/// centred in height x width, made smaller if it does not fit, never larger,
/// with its labels in the form of Augment's.
Sample Letterboxed(const Options& options, const Picture& picture, int height,
                   int width);

}  // namespace yolotorch::augment

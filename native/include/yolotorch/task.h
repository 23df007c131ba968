// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "yolotorch/visibility.h"

namespace yolotorch {

/// What a network predicts. The numbers are stable.
enum class Task : std::int32_t {
  kDetect = 0,    ///< boxes
  kSegment = 1,   ///< boxes with masks
  kPose = 2,      ///< boxes with keypoints
  kObb = 3,       ///< rotated boxes
  kClassify = 4,  ///< one probability per class
};

/// "detect", "segment", "pose", "obb" or "classify".
YOLOTORCH_EXPORT std::string_view NameOf(Task task);

}  // namespace yolotorch

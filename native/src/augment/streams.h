// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

namespace yolotorch::augment {

/// Streams of Random for the parts of a sample, so that a part's draws do not
/// depend on how many another part takes.
inline constexpr int kPlanStream = 0;
inline constexpr int kMixStream = 1;     ///< mixup and cutmix
inline constexpr int kFinishStream = 2;  ///< colours and flips
inline constexpr int kClassifyStream = 3;
inline constexpr int kSceneStream = 16;  ///< and one more for each scene

}  // namespace yolotorch::augment

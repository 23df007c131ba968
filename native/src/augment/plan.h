// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/sample.h"

namespace yolotorch::augment {

/// One picture, or the mosaic of four, that is augmented as a whole.
struct Scene {
  std::size_t first = 0;  ///< its pictures begin here in Plan::pictures
  bool mosaic = false;    ///< four pictures instead of one
  /// Place in Plan::scenes of the one whose objects are pasted; -1: none.
  int pasted = -1;
  bool flip_paste = false;  ///< its own mirrored objects are pasted
  [[nodiscard]] std::size_t pictures() const { return mosaic ? 4 : 1; }
};

/// All that decides which pictures a sample needs, and the numbers from which
/// everything else is drawn.
struct Plan {
  std::uint64_t seed = 0;
  int epoch = 0;
  int index = 0;
  int height = 0;  ///< of the sample; callers may set others for rect
  int width = 0;
  /// Numbers of the pictures, the sample's own first. One may occur twice.
  std::vector<int> pictures;
  std::vector<Scene> scenes;  ///< the sample's own first
  int mixup = -1;             ///< place of a scene; -1: none
  int cutmix = -1;
};

/// Plans the sample of picture `index` in an epoch. The partners of a mosaic,
/// of mixup, cutmix and copy-paste are drawn from `pool` with replacement. With
/// `closed` there is no mosaic, copy-paste, mixup or cutmix, as in the last
/// epochs of a training. Equal arguments give an equal plan.
/// REQUIRES: `pool` is not empty, unless no partner can be needed.
Plan MakePlan(const Options& options, std::uint64_t seed, int epoch, int index,
              const std::vector<int>& pool, bool closed);

}  // namespace yolotorch::augment

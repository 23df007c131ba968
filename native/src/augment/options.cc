// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "augment/sample.h"
#include "yolotorch/error.h"

namespace yolotorch::augment {
namespace {

struct Range {
  const char* name;
  double value;
  double low;
  double high;
};

std::string Text(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

void CheckRange(const Range& range) {
  if (range.value >= range.low && range.value <= range.high) return;
  throw Error(Code::kInvalidArgument,
              std::string("expected ") + range.name + " from " +
                  Text(range.low) + " to " + Text(range.high) + ", found " +
                  Text(range.value) + "; set it within this range");
}

void CheckFlipIdx(const Options& options) {
  if (options.flip_idx.empty()) return;
  std::vector<int> sorted = options.flip_idx;
  std::sort(sorted.begin(), sorted.end());
  bool each_once = sorted.size() == static_cast<std::size_t>(options.keypoints);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    each_once = each_once && sorted[i] == static_cast<int>(i);
  }
  if (each_once) return;
  throw Error(
      Code::kInvalidArgument,
      "expected flip_idx to name each of " + std::to_string(options.keypoints) +
          " keypoints once, found " + std::to_string(options.flip_idx.size()) +
          " other numbers; list the mirrored keypoint of each");
}

}  // namespace

void Check(const Options& options) {
  constexpr double kMaxSide = 8192;
  for (const Range& range :
       {Range{"imgsz", static_cast<double>(options.imgsz), 2, kMaxSide},
        Range{"mosaic", options.mosaic, 0, 1},
        Range{"mixup", options.mixup, 0, 1},
        Range{"cutmix", options.cutmix, 0, 1},
        Range{"copy_paste", options.copy_paste, 0, 1},
        Range{"degrees", options.degrees, 0, 180},
        Range{"translate", options.translate, 0, 1},
        Range{"scale", options.scale, 0, 1},
        Range{"shear", options.shear, -89, 89},
        Range{"perspective", options.perspective, 0, 0.001},
        Range{"hsv_h", options.hsv_h, 0, 1},
        Range{"hsv_s", options.hsv_s, 0, 1},
        Range{"hsv_v", options.hsv_v, 0, 1},
        Range{"flipud", options.flipud, 0, 1},
        Range{"fliplr", options.fliplr, 0, 1}, Range{"bgr", options.bgr, 0, 1},
        Range{"mask_ratio", static_cast<double>(options.mask_ratio), 1,
              static_cast<double>(options.imgsz)},
        Range{"keypoints", static_cast<double>(options.keypoints), 0, 1000},
        Range{"erasing", options.erasing, 0, 1}}) {
    CheckRange(range);
  }
  CheckFlipIdx(options);
}

}  // namespace yolotorch::augment

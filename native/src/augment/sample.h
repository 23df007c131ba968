// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "yolotorch/task.h"

namespace yolotorch::augment {

/// What a label says of one object, in pixels of its picture.
struct Object {
  int class_id = 0;
  float x1 = 0;
  float y1 = 0;
  float x2 = 0;
  float y2 = 0;
  /// segment: the outline, x and y in turn; obb: the corners, x and y in turn;
  /// pose: x, y and visibility of each keypoint, 0 for one that is not there,
  /// whether or not the label file has a visibility; detect: empty.
  std::vector<float> points = {};
};

/// A picture with its labels. Copies share the pixels.
struct Picture {
  int height = 0;
  int width = 0;
  /// RGB, height x width x 3 bytes.
  std::shared_ptr<const std::vector<std::uint8_t>> pixels;
  std::vector<Object> objects = {};
};

/// Where copy-paste takes its objects from.
enum class CopyPasteMode {
  kFlip,  ///< the mirrored picture itself
  kMixup  ///< another picture
};

/// The policy for pictures of classify.
enum class AutoAugment { kNone, kRandAugment };

/// Settings of the augmentation. Names and defaults are those of Ultralytics
/// 8.3.
struct Options {
  Task task = Task::kDetect;
  int imgsz = 640;        ///< side of a sample in pixels
  double mosaic = 1;      ///< probability
  double mixup = 0;       ///< probability
  double cutmix = 0;      ///< probability
  double copy_paste = 0;  ///< share of the objects that may be pasted
  CopyPasteMode copy_paste_mode = CopyPasteMode::kFlip;
  double degrees = 0;      ///< largest rotation, either way
  double translate = 0.1;  ///< largest shift, as a share of the side
  double scale = 0.5;      ///< scales are from 1 - scale to 1 + scale
  double shear = 0;        ///< largest shear in degrees, either way
  double perspective = 0;  ///< largest factor of x and y in the denominator
  double hsv_h = 0.015;    ///< largest share of the circle of hues
  double hsv_s = 0.7;      ///< largest share of the saturation
  double hsv_v = 0.4;      ///< largest share of the value
  double flipud = 0;       ///< probability
  double fliplr = 0.5;     ///< probability
  double bgr = 0;          ///< probability that red and blue are swapped
  int mask_ratio = 4;      ///< pixels of the sample per pixel of a mask
  bool overlap_mask = true;
  int keypoints = 0;  ///< of an object of pose
  /// For each keypoint the one that it becomes in a mirrored picture.
  std::vector<int> flip_idx = {};
  AutoAugment auto_augment = AutoAugment::kRandAugment;  ///< classify
  double erasing = 0.4;  ///< classify: probability
};

/// Throws an Error of kInvalidArgument that names the first option that is out
/// of its range.
void Check(const Options& options);

/// A picture as a network takes it, with the labels that a loss needs.
struct Sample {
  int height = 0;
  int width = 0;
  /// Planes of red, green and blue: 3 x height x width.
  std::vector<std::uint8_t> pixels = {};
  /// The class of each row; classify: of the picture, given by the caller.
  std::vector<int> classes = {};
  /// Rows of centre x, centre y, width and height as shares of the sample's
  /// width and height. obb: rows of five, of the rotated box, the fifth its
  /// angle in radians in (0, pi / 2].
  std::vector<float> boxes = {};
  /// pose: x and y as shares of the sample's width and height, and visibility;
  /// rows x Options::keypoints x 3.
  std::vector<float> keypoints = {};
  int mask_height = 0;  ///< segment
  int mask_width = 0;
  /// segment with overlap_mask: 0 for background, i + 1 for row i.
  std::vector<std::int32_t> overlap = {};
  /// segment without overlap_mask: rows x mask_height x mask_width of 0 and 1.
  std::vector<std::uint8_t> masks = {};
};

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace yolotorch {

/// One detected object: corners in pixels of the picture, inside of it unless
/// EvalOptions::val_letterbox was asked for.
struct Detection {
  float x1 = 0;
  float y1 = 0;
  float x2 = 0;
  float y2 = 0;
  float confidence = 0;  ///< in (conf, 1]
  std::int32_t class_id = 0;
};

/// The pixels of one detected object: a bitmap of a part of the picture with
/// one bit per pixel. Each row begins with a new byte, lowest bit first.
struct Mask {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bits;
  /// Outline as x, y pairs in pixels of the picture; separate parts are joined
  /// where they are closest.
  std::vector<float> polygon;

  /// Whether pixel (x, y) belongs to the object; any position is allowed.
  [[nodiscard]] bool Get(int x, int y) const {
    if (x < left || y < top || x >= left + width || y >= top + height) {
      return false;
    }
    const auto index = static_cast<std::size_t>(y - top) *
                           static_cast<std::size_t>((width + 7) / 8) +
                       static_cast<std::size_t>((x - left) / 8);
    return ((bits[index] >> ((x - left) % 8)) & 1) != 0;
  }
};

/// One rotated box in pixels of the picture, not clipped.
struct RotatedDetection {
  float cx = 0;
  float cy = 0;
  float width = 0;
  float height = 0;
  /// Angle between the width and the x axis, clockwise on the screen, in
  /// radians, in (-pi/4, 3 pi/4).
  float angle = 0;
  float confidence = 0;
  std::int32_t class_id = 0;
};

/// Results of one picture; the task decides which lists are filled.
struct ImageResult {
  /// detect, segment, pose; best first.
  std::vector<Detection> detections;
  /// segment: one per detection.
  std::vector<Mask> masks;
  /// pose: x, y and, if the model knows it, visibility of every keypoint of
  /// every detection, in pixels of the picture, clipped.
  std::vector<float> keypoints;
  /// obb; best first.
  std::vector<RotatedDetection> rotated;
  /// classify: one per class.
  std::vector<float> probabilities;
};

/// Results and timings of a batch.
class Predictions {
 public:
  int net_height = 0;
  int net_width = 0;
  /// Milliseconds of the whole batch.
  double preprocess_ms = 0;
  double inference_ms = 0;
  double postprocess_ms = 0;
  /// What was done once for this model, and is no part of the above: to
  /// trace and optimize the network and to get its memory. 0 where nothing was
  /// left to do.
  double preparation_ms = 0;

  /// One per picture. Only of Predictions that have a name: a reference into a
  /// temporary would be dangling.
  [[nodiscard]] const std::vector<ImageResult>& images() const& {
    return images_;
  }
  [[nodiscard]] std::vector<ImageResult>& images() & { return images_; }
  void images() const&& = delete;

 private:
  std::vector<ImageResult> images_;
};

}  // namespace yolotorch

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "yolotorch/task.h"

namespace yolotorch {

/// Constants of the non-maximum suppression that an exporter traced into an
/// archive.
struct BakedNms {
  float conf = 0;
  float iou = 0;
  int max_det = 0;
  bool agnostic_nms = false;
};

/// What is known of a model.
struct ModelInfo {
  std::string kind;  ///< "checkpoint", "torchscript" or "architecture"
  Task task = Task::kDetect;
  std::string family;  ///< "YOLO11"; empty when the file does not say
  std::string scale;   ///< "n"; empty when the file does not say
  int net_height = 0;  ///< input size; the default where it can be chosen
  int net_width = 0;
  int stride = 32;
  int batch = 1;
  int channels = 3;
  bool dynamic = false;  ///< the input size can be chosen
  bool nms = false;      ///< non-maximum suppression happens in the archive
  /// Constants of another program's suppression. It runs before the options of
  /// a prediction are applied, so that they can only keep less.
  std::optional<BakedNms> baked_nms;
  bool end2end = false;              ///< the head returns final detections
  std::int64_t parameters = 0;       ///< convolutions and norms fused
  std::int64_t parameters_raw = 0;   ///< as trained; 0: unknown
  std::map<int, std::string> names;  ///< class names by id
  int keypoints = 0;                 ///< pose: keypoints per object
  int keypoint_values = 0;           ///< pose: 2, or 3 with visibility
  double gflops = 0;                 ///< per picture; 0: unknown
  std::string sppf_activation;       ///< "SiLU", "Identity" or empty
  std::string sppf_source;           ///< where that was found; may be empty
  std::string description;
  std::string license;  ///< of the weights
  std::string version;  ///< of the program that wrote the file
  std::string date;
  std::vector<std::string> warnings;  ///< assumptions made
};

}  // namespace yolotorch

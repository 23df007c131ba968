// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "yolotorch/task.h"

namespace yolotorch {

/// Non-maximum suppression that an exporter fixed in an archive's graph.
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
  /// What another program's suppression was fixed to; it applies before the
  /// options of a prediction, which can only ask for less.
  std::optional<BakedNms> baked_nms;
  bool end2end = false;              ///< the head's own detections are final
  std::int64_t parameters = 0;       ///< convolutions and norms fused
  std::int64_t parameters_raw = 0;   ///< as trained; 0 when not known
  std::map<int, std::string> names;  ///< class names by id
  int keypoints = 0;                 ///< pose: points an object
  int keypoint_values = 0;           ///< pose: 2, or 3 with visibility
  double gflops = 0;                 ///< of one picture; 0 when not known
  std::string sppf_activation;       ///< "SiLU", "Identity" or empty
  std::string sppf_source;           ///< where that was read; may be empty
  std::string description;
  std::string license;  ///< of the weights
  std::string version;  ///< of the program that wrote the file
  std::string date;
  std::vector<std::string> warnings;  ///< what was assumed
};

}  // namespace yolotorch

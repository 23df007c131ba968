// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "yolotorch/task.h"

namespace yolotorch::metadata {

/// The metadata of an archive, its extra file config.txt (JSON): the keys that
/// Ultralytics writes and reads, and one object of ours, "x-yolotorch".
struct Metadata {
  std::string description;
  std::string author;
  std::string date;
  std::string version;  ///< of the program that exported
  std::string license;  ///< of the weights, copied from the checkpoint
  std::string docs;
  Task task = Task::kDetect;  ///< after FromJson: see stored_task
  int stride = 32;
  int batch = 1;
  int channels = 3;
  std::array<std::int64_t, 2> imgsz = {640, 640};  ///< height, width
  std::map<int, std::string> names;
  std::array<int, 2> kpt_shape = {0, 0};  ///< pose: keypoints, values of each

  /// FromJson: the task as the file spells it; empty when it does not say.
  /// archive::ResolveMetadata makes `task` of it.
  std::string stored_task;

  bool dynamic = false;       ///< args.dynamic
  bool half = false;          ///< args.half
  bool nms = false;           ///< args.nms
  bool end2end = false;       ///< the head returns final detections
  bool has_args = false;      ///< args exists: since 2025
  bool has_imgsz = false;     ///< imgsz was there
  bool has_channels = false;  ///< channels was there

  // x-yolotorch
  bool own_nms = false;    ///< nms is ours: forward takes conf, iou ...
  bool pipeline = false;   ///< forward takes a uint8 picture
  bool optimized = false;  ///< frozen and folded for the lite interpreter
  std::string layers;      ///< "0-9" when only a part was exported

  /// Whether the archive holds some layers and not the whole network.
  [[nodiscard]] bool is_part() const { return !layers.empty(); }
  double nms_conf = 0.25;  ///< defaults of forward's optional inputs
  double nms_iou = 0.7;
  int nms_max_det = 300;
  bool nms_agnostic = false;
  std::string family;           ///< "YOLO11"
  std::string scale;            ///< "n"
  std::string sppf_activation;  ///< "SiLU" or "Identity"
  std::string sppf_source;      ///< where that was read; not in the archive

  /// Values that were missing or odd in the file, and what was assumed instead.
  std::vector<std::string> warnings;

  /// Whether the network returns rows of final boxes, scores and classes.
  [[nodiscard]] bool final_rows() const { return nms || end2end; }
  /// Whether another program unrolled its suppression for `batch` pictures.
  [[nodiscard]] bool foreign_nms() const { return nms && !own_nms; }
};

/// The text of config.txt.
std::string ToJson(const Metadata& metadata);

/// Parses config.txt; an empty text stands for an archive without one. A
/// missing task leaves stored_task empty; other missing values are assumed,
/// with a warning. Throws Error kCorruptModel for an invalid value.
Metadata FromJson(std::string_view text, const std::string& label);

}  // namespace yolotorch::metadata

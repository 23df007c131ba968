// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "yolotorch/task.h"

namespace yolotorch::graph {

/// What differs from task to task.
struct TaskTraits {
  Task task = Task::kDetect;
  std::string_view name;    ///< "segment"
  std::string_view head;    ///< module of the last row of a yaml: "Segment"
  std::string_view suffix;  ///< of architecture and weight files: "-seg"
  std::string_view model;   ///< class of a pickled network
  int imgsz = 0;            ///< default input side in pixels
  int classes = 0;          ///< of the data set that models are published for
};

const TaskTraits& TraitsOf(Task task);

/// The task with that name, head module or suffix; nothing for another text.
std::optional<Task> TaskByName(std::string_view name);
std::optional<Task> TaskOfHead(std::string_view module);
std::optional<Task> TaskOfSuffix(std::string_view suffix);

/// "detect, segment, pose, obb or classify".
std::string TaskNames();

/// Values that a detection has beside box, score and class: keypoints for pose,
/// the angle for obb. Coefficients of masks are not among them. `kpt_shape`:
/// keypoints of an object, values of a keypoint.
int ExtraValues(Task task, const std::array<int, 2>& kpt_shape);

}  // namespace yolotorch::graph

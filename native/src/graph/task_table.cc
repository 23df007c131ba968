// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/task_table.h"

#include <algorithm>

namespace yolotorch {
namespace graph {
namespace {

// In the order of the enum's numbers.
constexpr std::array<TaskTraits, 5> kTasks = {{
    {Task::kDetect, "detect", "Detect", "", "DetectionModel", 640, 80},
    {Task::kSegment, "segment", "Segment", "-seg", "SegmentationModel", 640,
     80},
    {Task::kPose, "pose", "Pose", "-pose", "PoseModel", 640, 1},
    {Task::kObb, "obb", "OBB", "-obb", "OBBModel", 1024, 15},
    {Task::kClassify, "classify", "Classify", "-cls", "ClassificationModel",
     224, 1000},
}};

std::optional<Task> Find(std::string_view TaskTraits::*column,
                         std::string_view text) {
  const auto* found = std::find_if(
      kTasks.begin(), kTasks.end(),
      [&](const TaskTraits& traits) { return traits.*column == text; });
  if (found == kTasks.end()) return std::nullopt;
  return found->task;
}

}  // namespace

const TaskTraits& TraitsOf(Task task) {
  return kTasks.at(static_cast<std::size_t>(task));
}

std::optional<Task> TaskByName(std::string_view name) {
  return Find(&TaskTraits::name, name);
}

std::optional<Task> TaskOfHead(std::string_view module) {
  return Find(&TaskTraits::head, module);
}

std::optional<Task> TaskOfSuffix(std::string_view suffix) {
  return Find(&TaskTraits::suffix, suffix);
}

std::string TaskNames() {
  std::string names;
  for (const TaskTraits& traits : kTasks) {
    const bool last = traits.task == kTasks.back().task;
    names += names.empty() ? "" : last ? " or " : ", ";
    names += traits.name;
  }
  return names;
}

int ExtraValues(Task task, const std::array<int, 2>& kpt_shape) {
  if (task == Task::kPose) return kpt_shape[0] * kpt_shape[1];
  return task == Task::kObb ? 1 : 0;
}

}  // namespace graph

std::string_view NameOf(Task task) { return graph::TraitsOf(task).name; }

}  // namespace yolotorch

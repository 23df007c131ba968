// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace yolotorch::graph {

/// An argument of a yaml row: nothing, a switch, a number or a word.
using Argument =
    std::variant<std::monostate, bool, std::int64_t, double, std::string>;

/// One row of a model yaml: [from, repeats, module, arguments].
struct Row {
  std::vector<int> from;  ///< layer indices; -1: the row before
  int repeats = 1;        ///< before depth scaling
  std::string module;     ///< "Conv", "C3k2", "Detect" ...
  std::vector<Argument> arguments;
};

/// A layer of torch.nn by name, with the arguments that its constructor gets;
/// those that are missing have PyTorch's values.
struct ActivationChoice {
  std::string name = "SiLU";
  std::vector<Argument> positional;
  std::map<std::string, Argument> named;
};

/// A network as data: what the yaml of a model says, at one scale.
struct Architecture {
  std::string family;       ///< "YOLO11"
  std::string scale = "n";  ///< n, s, m, l, x or a name of the yaml's own
  double depth = 1;         ///< multiplies repeats
  double width = 1;         ///< multiplies channels
  int max_channels = 1024;  ///< cap on channels, before `width`
  int classes = 80;
  int channels = 3;          ///< of the picture
  int keypoints = 17;        ///< kpt_shape[0], for Pose
  int keypoint_values = 3;   ///< kpt_shape[1]: 2 or 3
  std::vector<Row> rows;     ///< backbone, then head
  std::size_t backbone = 0;  ///< number of rows of the backbone
  /// After every convolution that does not go without.
  ActivationChoice activation;
};

/// The built-in architecture a file name stands for, such as "yolo11s.yaml"
/// or "yolo11s-seg"; a missing scale letter means n. Throws Error
/// kUnsupportedModel naming what is built in when the name is another.
Architecture ArchitectureByName(std::string_view name);

/// The family that the rows tell of: "YOLO11" or "YOLOv8".
std::string FamilyOf(const Architecture& architecture);

/// Whether `name` has the form of a built-in architecture's name.
bool IsArchitectureName(std::string_view name);

}  // namespace yolotorch::graph

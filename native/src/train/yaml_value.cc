// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/yaml_value.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>
#include <vector>

#include "graph/task_table.h"

namespace yolotorch::train {
namespace {

using formats::PickleValues;
using formats::Value;
using graph::Architecture;
using graph::Argument;
using graph::Row;

// The shortest text that is read as the same number.
std::string TextOfArgument(double number) {
  std::array<char, 32> text{};
  const auto result =
      std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), result.ptr};
}

std::string TextOfArgument(const Argument& argument) {
  if (const auto* flag = std::get_if<bool>(&argument)) {
    return *flag ? "True" : "False";
  }
  if (const auto* whole = std::get_if<std::int64_t>(&argument)) {
    return std::to_string(*whole);
  }
  if (const auto* number = std::get_if<double>(&argument)) {
    return TextOfArgument(*number);
  }
  if (const auto* text = std::get_if<std::string>(&argument)) {
    return "'" + *text + "'";
  }
  return "None";
}

const Value* ArgumentValue(const Argument& argument, PickleValues* values) {
  if (const auto* flag = std::get_if<bool>(&argument)) {
    return values->Bool(*flag);
  }
  if (const auto* whole = std::get_if<std::int64_t>(&argument)) {
    return values->Int(*whole);
  }
  if (const auto* number = std::get_if<double>(&argument)) {
    return values->Float(*number);
  }
  if (const auto* text = std::get_if<std::string>(&argument)) {
    return values->Text(*text);
  }
  return values->Text("None");  // as a yaml has it
}

const Value* RowValue(const Architecture& architecture, const Row& row,
                      PickleValues* values) {
  PickleValues::Items from;
  for (const int index : row.from) from.push_back(values->Int(index));
  PickleValues::Items arguments;
  for (const Argument& argument : row.arguments) {
    arguments.push_back(ArgumentValue(argument, values));
  }
  // A head that was told its classes as a number may have got others since.
  if (graph::TaskOfHead(row.module) && !row.arguments.empty() &&
      std::holds_alternative<std::int64_t>(row.arguments[0])) {
    arguments[0] = values->Int(architecture.classes);
  }
  return values->List({from.size() == 1 ? from[0] : values->List(from),
                       values->Int(row.repeats), values->Text(row.module),
                       values->List(std::move(arguments))});
}

// "yolo11n-seg.yaml", from which Ultralytics takes the name that it prints.
std::string YamlFileName(const Architecture& architecture, Task task) {
  std::string name = FamilyOf(architecture);
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  if (architecture.scale.size() == 1 && architecture.scale != "-") {
    name += architecture.scale;
  }
  return name + std::string(graph::TraitsOf(task).suffix) + ".yaml";
}

}  // namespace

std::string ActivationText(const graph::ActivationChoice& choice) {
  std::string arguments;
  const auto add = [&](const std::string& text) {
    arguments += (arguments.empty() ? "" : ", ") + text;
  };
  for (const Argument& argument : choice.positional)
    add(TextOfArgument(argument));
  for (const auto& [name, argument] : choice.named) {
    add(name + "=" + TextOfArgument(argument));
  }
  return "torch.nn." + choice.name + "(" + arguments + ")";
}

std::vector<int> SavedLayers(const Architecture& architecture) {
  std::vector<int> saved;
  for (std::size_t i = 0; i < architecture.rows.size(); ++i) {
    for (const int from : architecture.rows[i].from) {
      if (from == -1) continue;
      saved.push_back(from < 0 ? static_cast<int>(i) + from : from);
    }
  }
  std::sort(saved.begin(), saved.end());
  return saved;
}

const Value* YamlValue(const Architecture& architecture, PickleValues* values) {
  PickleValues::Items yaml;
  const auto add = [&](std::string_view key, const Value* value) {
    yaml.push_back(values->Text(key));
    yaml.push_back(value);
  };
  const std::vector<Row>& rows = architecture.rows;
  const Task task = *graph::TaskOfHead(rows.back().module);
  add("nc", values->Int(architecture.classes));
  if (task == Task::kPose) {
    add("kpt_shape", values->List({values->Int(architecture.keypoints),
                                   values->Int(architecture.keypoint_values)}));
  }
  const graph::ActivationChoice& activation = architecture.activation;
  if (activation.name != graph::ActivationChoice().name ||
      !activation.positional.empty() || !activation.named.empty()) {
    add("activation", values->Text(ActivationText(activation)));
  }
  add("scales",
      values->Dict({values->Text(architecture.scale),
                    values->List({values->Float(architecture.depth),
                                  values->Float(architecture.width),
                                  values->Int(architecture.max_channels)})}));
  // Of a network without a yaml all but the head.
  const std::size_t backbone =
      architecture.backbone == 0 ? rows.size() - 1 : architecture.backbone;
  PickleValues::Items parts[2];
  for (std::size_t i = 0; i < rows.size(); ++i) {
    parts[i < backbone ? 0 : 1].push_back(
        RowValue(architecture, rows[i], values));
  }
  add("backbone", values->List(std::move(parts[0])));
  add("head", values->List(std::move(parts[1])));
  add("scale", values->Text(architecture.scale));
  add("yaml_file", values->Text(YamlFileName(architecture, task)));
  add("channels", values->Int(architecture.channels));
  return values->Dict(std::move(yaml));
}

}  // namespace yolotorch::train

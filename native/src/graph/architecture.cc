// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/architecture.h"

#include <algorithm>
#include <array>
#include <optional>
#include <regex>

#include "graph/task_table.h"
#include "yolotorch/error.h"

namespace yolotorch::graph {
namespace {

struct Scale {
  char letter;
  double depth;
  double width;
  int max_channels;
};

constexpr std::array<Scale, 5> kYolo11Scales = {{{'n', 0.50, 0.25, 1024},
                                                 {'s', 0.50, 0.50, 1024},
                                                 {'m', 0.50, 1.00, 512},
                                                 {'l', 1.00, 1.00, 512},
                                                 {'x', 1.00, 1.50, 512}}};

Row MakeRow(std::vector<int> from, int repeats, std::string module,
            std::vector<Argument> arguments) {
  return {std::move(from), repeats, std::move(module), std::move(arguments)};
}

Argument Int(std::int64_t value) { return value; }

Row ConvRow(std::int64_t channels) {
  return MakeRow({-1}, 1, "Conv", {Int(channels), Int(3), Int(2)});
}

Row C3k2Row(std::int64_t channels, bool c3k) {
  return MakeRow({-1}, 2, "C3k2", {Int(channels), c3k});
}

Row SlimC3k2Row(std::int64_t channels) {
  return MakeRow({-1}, 2, "C3k2", {Int(channels), false, 0.25});
}

// Layers 0 to 8: what all tasks share.
std::vector<Row> Yolo11Backbone() {
  return {ConvRow(64),        ConvRow(128),     SlimC3k2Row(256),
          ConvRow(256),       SlimC3k2Row(512), ConvRow(512),
          C3k2Row(512, true), ConvRow(1024),    C3k2Row(1024, true)};
}

Row C2psaRow() { return MakeRow({-1}, 2, "C2PSA", {Int(1024)}); }

// Layers 9 to 22: what all tasks but classify share.
std::vector<Row> Yolo11Neck() {
  const Row upsample =
      MakeRow({-1}, 1, "nn.Upsample",
              {std::monostate(), Int(2), std::string("nearest")});
  const auto concat = [](int with) {
    return MakeRow({-1, with}, 1, "Concat", {Int(1)});
  };
  return {MakeRow({-1}, 1, "SPPF", {Int(1024), Int(5)}),
          C2psaRow(),
          upsample,
          concat(6),
          C3k2Row(512, false),
          upsample,
          concat(4),
          C3k2Row(256, false),
          ConvRow(256),
          concat(13),
          C3k2Row(512, false),
          ConvRow(512),
          concat(10),
          C3k2Row(1024, true)};
}

struct ParsedName {
  char scale;
  Task task;
};

std::optional<ParsedName> ParseName(std::string_view name) {
  static const std::regex pattern(R"(^yolo11([a-z]?)(-[a-z]+)?(?:\.yaml)?$)");
  const std::string text(name);
  std::smatch match;
  if (!std::regex_match(text, match, pattern)) return std::nullopt;
  const std::string letter = match[1].str();
  const std::optional<Task> task = TaskOfSuffix(match[2].str());
  if (!task) return std::nullopt;
  return ParsedName{letter.empty() ? 'n' : letter[0], *task};
}

}  // namespace

std::string FamilyOf(const Architecture& architecture) {
  const bool newer =
      std::any_of(architecture.rows.begin(), architecture.rows.end(),
                  [](const Row& row) { return row.module == "C3k2"; });
  return newer ? "YOLO11" : "YOLOv8";
}

bool IsArchitectureName(std::string_view name) {
  return ParseName(name).has_value();
}

Architecture ArchitectureByName(std::string_view name) {
  const std::optional<ParsedName> parsed = ParseName(name);
  const Scale* scale = nullptr;
  for (const Scale& candidate : kYolo11Scales) {
    if (parsed && candidate.letter == parsed->scale) scale = &candidate;
  }
  if (scale == nullptr) {
    throw Error(Code::kUnsupportedModel,
                "'" + std::string(name) +
                    "' names no built-in architecture; expected yolo11n, "
                    "yolo11s, yolo11m, yolo11l or yolo11x, as in "
                    "'yolo11n.yaml'.");
  }
  Architecture architecture;
  architecture.family = "YOLO11";
  architecture.scale = std::string(1, scale->letter);
  architecture.depth = scale->depth;
  architecture.width = scale->width;
  architecture.max_channels = scale->max_channels;
  architecture.rows = Yolo11Backbone();
  const std::string nc = "nc";
  const TaskTraits& traits = TraitsOf(parsed->task);
  architecture.classes = traits.classes;
  if (parsed->task == Task::kClassify) {
    architecture.rows.push_back(C2psaRow());
    architecture.backbone = architecture.rows.size();
    architecture.rows.push_back(
        MakeRow({-1}, 1, std::string(traits.head), {nc}));
    return architecture;
  }
  architecture.backbone = 11;  // with the first two rows of the neck
  for (Row& row : Yolo11Neck()) architecture.rows.push_back(std::move(row));
  Row head = MakeRow({16, 19, 22}, 1, std::string(traits.head), {nc});
  if (parsed->task == Task::kSegment) {
    head.arguments = {nc, Int(32), Int(256)};
  } else if (parsed->task == Task::kPose) {
    head.arguments = {nc, std::string("kpt_shape")};
  } else if (parsed->task == Task::kObb) {
    head.arguments = {nc, Int(1)};
  }
  architecture.rows.push_back(std::move(head));
  return architecture;
}

}  // namespace yolotorch::graph

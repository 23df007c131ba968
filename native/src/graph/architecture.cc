// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/architecture.h"

#include <array>
#include <optional>
#include <regex>

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

// Layers 0 to 22 of YOLO11, shared by all tasks but classify.
std::vector<Row> Yolo11Rows() {
  const auto conv = [](std::int64_t channels) {
    return MakeRow({-1}, 1, "Conv", {Int(channels), Int(3), Int(2)});
  };
  const auto c3k2 = [](std::int64_t channels, bool c3k) {
    return MakeRow({-1}, 2, "C3k2", {Int(channels), c3k});
  };
  const auto slim = [](std::int64_t channels) {
    return MakeRow({-1}, 2, "C3k2", {Int(channels), false, 0.25});
  };
  const auto upsample = [] {
    return MakeRow({-1}, 1, "nn.Upsample",
                   {std::monostate(), Int(2), std::string("nearest")});
  };
  const auto concat = [](int with) {
    return MakeRow({-1, with}, 1, "Concat", {Int(1)});
  };
  return {
      conv(64),
      conv(128),
      slim(256),
      conv(256),
      slim(512),
      conv(512),
      c3k2(512, true),
      conv(1024),
      c3k2(1024, true),
      MakeRow({-1}, 1, "SPPF", {Int(1024), Int(5)}),
      MakeRow({-1}, 2, "C2PSA", {Int(1024)}),
      upsample(),
      concat(6),
      c3k2(512, false),
      upsample(),
      concat(4),
      c3k2(256, false),
      conv(256),
      concat(13),
      c3k2(512, false),
      conv(512),
      concat(10),
      c3k2(1024, true),
  };
}

struct ParsedName {
  char scale;
  std::string task_suffix;  // "", "seg", "pose", "obb", "cls"
};

std::optional<ParsedName> ParseName(std::string_view name) {
  static const std::regex pattern(
      R"(^yolo11([a-z]?)(?:-(seg|pose|obb|cls))?(?:\.yaml)?$)");
  const std::string text(name);
  std::smatch match;
  if (!std::regex_match(text, match, pattern)) return std::nullopt;
  const std::string letter = match[1].str();
  return ParsedName{letter.empty() ? 'n' : letter[0], match[2].str()};
}

}  // namespace

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
  if (!parsed->task_suffix.empty()) {
    throw Error(Code::kUnsupportedModel,
                "'" + std::string(name) +
                    "' is not built in yet; this version builds detection "
                    "models only, such as 'yolo11n.yaml'.");
  }
  Architecture architecture;
  architecture.family = "YOLO11";
  architecture.scale = scale->letter;
  architecture.depth = scale->depth;
  architecture.width = scale->width;
  architecture.max_channels = scale->max_channels;
  architecture.rows = Yolo11Rows();
  architecture.rows.push_back(
      MakeRow({16, 19, 22}, 1, "Detect", {std::string("nc")}));
  return architecture;
}

}  // namespace yolotorch::graph

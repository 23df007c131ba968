// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/yaml_reader.h"

#include <cmath>
#include <stdexcept>

#include "api/activation_text.h"
#include "formats/pickle_rules.h"
#include "graph/activation.h"
#include "graph/task_table.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

using formats::Value;
using graph::Architecture;

constexpr int kMaxClasses = 10'000;

class YamlReader {
 public:
  YamlReader(const Value& yaml, const std::string& label)
      : yaml_(yaml), label_(label) {}

  [[nodiscard]] Architecture Read(const std::string& scale,
                                  bool* guessed) const {
    Architecture architecture;
    if (!yaml_.Is(Value::Kind::kDict)) Fail("is no mapping");
    architecture.classes = Int(yaml_.Get("nc"), "nc", 80, 1, kMaxClasses);
    const Value* channels = yaml_.Get("channels");
    if (channels == nullptr) channels = yaml_.Get("ch");
    architecture.channels = Int(channels, "channels", 3, 1, 1024);
    ReadScale(scale, &architecture, guessed);
    ReadActivationKey(&architecture);
    if (const Value* shape = yaml_.Get("kpt_shape")) {
      if (shape->items.size() != 2) Fail("has a kpt_shape that is no pair");
      architecture.keypoints =
          Int(shape->items[0], "kpt_shape", 17, 0, 1 << 20);
      architecture.keypoint_values =
          Int(shape->items[1], "kpt_shape", 3, 0, 1 << 20);
    }
    for (const char* part : {"backbone", "head"}) {
      const Value* rows = yaml_.Get(part);
      if (rows == nullptr || !rows->Is(Value::Kind::kList)) {
        Fail(std::string("has no ") + part);
      }
      for (const Value* row : rows->items) {
        architecture.rows.push_back(ReadRow(*row, architecture.rows.size()));
      }
      if (architecture.backbone == 0) {
        architecture.backbone = architecture.rows.size();
      }
    }
    ReadClassesOfHead(&architecture);
    return architecture;
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(Code::kUnsupportedModel,
                "'" + label_ + "' has a model yaml that " + what +
                    "; expected that of a YOLO11 or YOLOv8 model.");
  }

  int Int(const Value* value, const std::string& name, int fallback, int low,
          int high, const std::string& where = "") const {
    if (value == nullptr) return fallback;
    const double number = value->NumberOr(NAN);
    // Written so that NaN fails, too.
    if (!(number >= low && number <= high) || number != std::floor(number)) {
      Fail("gives a '" + name + "' out of its range" + where);
    }
    return static_cast<int>(number);
  }

  // The scale letter, and with it depth, width and the cap on channels.
  void ReadScale(const std::string& fallback, Architecture* architecture,
                 bool* guessed) const {
    const Value* scales = yaml_.Get("scales");
    const Value* letter = yaml_.Get("scale");
    std::string scale = letter == nullptr ? "" : letter->TextOr("");
    if (scale.empty()) scale = fallback;
    if (scales == nullptr || scales->items.size() < 2) {
      const Value* depth = yaml_.Get("depth_multiple");
      const Value* width = yaml_.Get("width_multiple");
      architecture->depth = depth == nullptr ? 1 : depth->NumberOr(NAN);
      architecture->width = width == nullptr ? 1 : width->NumberOr(NAN);
      architecture->max_channels = 1 << 20;
    } else {
      if (scale.empty()) {
        scale = scales->items[0]->TextOr("");
        if (guessed != nullptr) *guessed = true;
      }
      const Value* chosen = scales->Get(scale);
      if (chosen == nullptr) Fail("lists no scale '" + scale + "'");
      if (chosen->items.size() != 3) {
        Fail("gives the scale '" + scale +
             "' other numbers than [depth, width, max_channels]");
      }
      architecture->depth = chosen->items[0]->NumberOr(0);
      architecture->width = chosen->items[1]->NumberOr(0);
      architecture->max_channels =
          Int(chosen->items[2], "max_channels", 1024, 1, 1 << 20);
    }
    if (!(architecture->depth > 0 && architecture->depth <= 16) ||
        !(architecture->width > 0 && architecture->width <= 16)) {
      Fail("scales by factors that make no sense");
    }
    architecture->scale = scale.empty() ? "-" : scale;
  }

  void ReadActivationKey(Architecture* architecture) const {
    const Value* key = yaml_.Get("activation");
    if (key == nullptr || key->Is(Value::Kind::kNone)) return;
    const std::string text = key->TextOr("");
    const auto choice = ReadActivation(text);
    std::string fault = "is no call such as nn.LeakyReLU(0.1)";
    if (choice) {
      try {
        const graph::Activation tried(*choice);
        architecture->activation = *choice;
        return;
      } catch (const std::invalid_argument& error) {
        fault = error.what();
      }
    }
    throw Error(Code::kUnsupportedModel,
                "'" + label_ + "' has an activation '" + formats::Shown(text) +
                    "' that " + fault + ".");
  }

  // "[nc]" as a rule, but a number has the same meaning.
  void ReadClassesOfHead(Architecture* architecture) const {
    if (architecture->rows.empty()) return;
    const graph::Row& head = architecture->rows.back();
    if (head.arguments.empty() || !graph::TaskOfHead(head.module)) return;
    if (std::holds_alternative<std::string>(head.arguments[0])) return;
    const auto* classes = std::get_if<std::int64_t>(&head.arguments[0]);
    if (classes == nullptr || *classes < 1 || *classes > kMaxClasses) {
      Fail("gives a number of classes out of its range in row " +
           std::to_string(architecture->rows.size() - 1));
    }
    architecture->classes = static_cast<int>(*classes);
  }

  [[nodiscard]] graph::Row ReadRow(const Value& value,
                                   std::size_t number) const {
    const std::string where = " in row " + std::to_string(number);
    if (value.items.size() != 4 || !value.items[2]->Is(Value::Kind::kString)) {
      Fail("has a row that is not [from, repeats, module, arguments]");
    }
    graph::Row row;
    const Value& from = *value.items[0];
    if (from.items.empty()) {
      row.from.push_back(Int(&from, "from", -1, -1000, 1000, where));
    }
    for (const Value* index : from.items) {
      row.from.push_back(Int(index, "from", -1, -1000, 1000, where));
    }
    row.repeats = Int(value.items[1], "repeats", 1, 1, 1000, where);
    row.module = value.items[2]->text;
    for (const Value* argument : value.items[3]->items) {
      row.arguments.push_back(ReadArgument(*argument));
    }
    return row;
  }

  static graph::Argument ReadArgument(const Value& value) {
    switch (value.kind) {
      case Value::Kind::kBool:
        return value.integer != 0;
      case Value::Kind::kInt:
        return value.integer;
      case Value::Kind::kFloat:
        return value.number;
      case Value::Kind::kString: {
        // A yaml that was read as text still has names instead of values.
        if (value.text == "True") return true;
        if (value.text == "False") return false;
        if (value.text == "None") return std::monostate();
        return value.text;
      }
      case Value::Kind::kNone:
        return std::monostate();
      default:
        return "[...]";  // no layer takes a list
    }
  }

  const Value& yaml_;
  const std::string& label_;
};

}  // namespace

graph::Architecture ReadArchitecture(const Value& yaml,
                                     const std::string& label,
                                     const std::string& scale, bool* guessed) {
  return YamlReader(yaml, label).Read(scale, guessed);
}

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "metadata/metadata.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>

#include "metadata/literal.h"
#include "yolotorch/error.h"
#include "yolotorch/version.h"

namespace yolotorch::metadata {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr int kMaxClasses = 10'000;
constexpr std::size_t kMaxQuoted = 60;
constexpr std::int64_t kMaxSide = 65'536;

class ConfigReader {
 public:
  ConfigReader(const json& root, const std::string& label, Metadata* out)
      : root_(root), label_(label), out_(*out) {}

  void Read() {
    for (const auto& [key, target] :
         {std::pair{"description", &out_.description},
          {"author", &out_.author},
          {"date", &out_.date},
          {"version", &out_.version},
          {"license", &out_.license},
          {"docs", &out_.docs}}) {
      *target = Text(root_, key).value_or("");
    }
    out_.stored_task = Text(root_, "task").value_or("");
    out_.stride = static_cast<int>(Int("stride", 32, 1, 1024));
    out_.batch = static_cast<int>(Int("batch", 1, 1, 65'536));
    out_.channels = static_cast<int>(Int("channels", 3, 1, 1024));
    out_.has_channels = root_.contains("channels");
    ReadImgsz();
    ReadNames();
    ReadKeypoints();
    const json args = Parsed("args");
    out_.has_args = args.is_object();
    if (out_.has_args) {
      out_.dynamic = Flag(args, "dynamic");
      out_.half = Flag(args, "half");
      out_.nms = Flag(args, "nms");
    }
    out_.end2end = Flag(root_, "end2end") || Text(root_, "end2end") == "True";
    if (const json* own = Object("x-yolotorch")) {
      out_.family = Text(*own, "family").value_or("");
      out_.scale = Text(*own, "scale").value_or("");
      out_.sppf_activation = Text(*own, "sppf_activation").value_or("");
      out_.layers = Text(*own, "layers").value_or("");
      out_.pipeline = Flag(*own, "pipeline");
      ReadNmsDefaults(*own);
    } else {
      ReadFamily();
    }
  }

 private:
  [[noreturn]] void Fail(const std::string& key) const {
    static const std::map<std::string, std::string> kExpected = {
        {"imgsz", "a height and a width in pixels"},
        {"names", "texts by class id"},
        {"kpt_shape", "the number of keypoints and 2 or 3"}};
    const auto expected = kExpected.find(key);
    std::string text =
        root_[key].dump(-1, ' ', true, json::error_handler_t::replace);
    if (text.size() > kMaxQuoted) text = text.substr(0, kMaxQuoted) + "...";
    throw Error(Code::kCorruptModel,
                "'" + label_ + "' has metadata (config.txt) whose '" + key +
                    "' must be " +
                    (expected == kExpected.end() ? "a positive whole number"
                                                 : expected->second) +
                    ", but is " + text +
                    ": correct it, or export the model again.");
  }

  void Warn(const std::string& key, const std::string& assumed) {
    out_.warnings.push_back("'" + label_ + "' does not say its " + key +
                            "; assumed " + assumed + ".");
  }

  static std::optional<std::string> Text(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
  }

  static bool Flag(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && *found == json(true);
  }

  const json* Object(const char* key) const {
    const auto found = root_.find(key);
    return found == root_.end() || !found->is_object() ? nullptr : &*found;
  }

  // Older exporters wrote numbers as texts.
  static std::optional<std::int64_t> AsInt(const json& value) {
    if (value.is_number()) {
      const auto number = value.get<double>();
      // Larger doubles are not valid integers here.
      if (!(number > -1e15 && number < 1e15)) return std::nullopt;
      return static_cast<std::int64_t>(number);
    }
    if (!value.is_string()) return std::nullopt;
    const auto& text = value.get_ref<const std::string&>();
    std::int64_t number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
      return std::nullopt;
    }
    return number;
  }

  std::int64_t Int(const char* key, std::int64_t fallback, std::int64_t low,
                   std::int64_t high) {
    if (!root_.contains(key)) {
      // Archives from before 2025 never have it.
      if (std::string_view(key) != "channels") {
        Warn(key, std::to_string(fallback));
      }
      return fallback;
    }
    const auto value = AsInt(root_[key]);
    if (!value || *value < low || *value > high) Fail(key);
    return *value;
  }

  void ReadImgsz() {
    if (!root_.contains("imgsz")) return;
    out_.has_imgsz = true;
    json value = Parsed("imgsz");
    if (value.is_number()) value = json::array({value, value});
    if (!value.is_array() || value.size() != 2) Fail("imgsz");
    for (std::size_t i = 0; i < 2; ++i) {
      const auto side = AsInt(value[i]);
      if (!side || *side < 1 || *side > kMaxSide) Fail("imgsz");
      out_.imgsz[i] = *side;
    }
  }

  // A value, or what the text says that older exporters made of it; null when
  // it is not there.
  json Parsed(const char* key) const {
    const auto found = root_.find(key);
    if (found == root_.end()) return nullptr;
    return found->is_string() ? ParseLiteral(found->get<std::string>())
                              : *found;
  }

  void ReadKeypoints() {
    if (!root_.contains("kpt_shape")) return;
    const json value = Parsed("kpt_shape");
    if (!value.is_array() || value.size() != 2) Fail("kpt_shape");
    const auto points = AsInt(value[0]);
    const auto values = AsInt(value[1]);
    if (!points || *points < 1 || *points > 1000 || !values || *values < 2 ||
        *values > 3) {
      Fail("kpt_shape");
    }
    out_.kpt_shape = {static_cast<int>(*points), static_cast<int>(*values)};
  }

  void ReadNames() {
    const json names = Parsed("names");
    if (names.is_discarded()) Fail("names");
    if ((!names.is_object() && !names.is_array()) || names.empty()) {
      Warn("names", "class0, class1 ...");
      return;
    }
    if (names.size() > kMaxClasses) Fail("names");
    int index = 0;
    for (const auto& [key, value] : names.items()) {
      const auto id = names.is_object() ? AsInt(json(key)) : index++;
      if (!id || *id < 0 || *id >= kMaxClasses || !value.is_string()) {
        Fail("names");
      }
      out_.names[static_cast<int>(*id)] = value.get<std::string>();
    }
  }

  void ReadNmsDefaults(const json& own) {
    const auto found = own.find("nms");
    out_.own_nms = found != own.end() && found->is_object();
    if (!out_.own_nms) return;
    out_.nms_conf = Fraction(*found, "conf", out_.nms_conf);
    out_.nms_iou = Fraction(*found, "iou", out_.nms_iou);
    if (const auto max_det = found->find("max_det"); max_det != found->end()) {
      out_.nms_max_det = static_cast<int>(AsInt(*max_det).value_or(300));
    }
    out_.nms_agnostic = Flag(*found, "agnostic_nms");
  }

  static double Fraction(const json& object, const char* key, double fallback) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number()) return fallback;
    return std::clamp(found->get<double>(), 0.0, 1.0);
  }

  // Ultralytics says the family in its description only: "... YOLO11n model".
  void ReadFamily() {
    static const auto* pattern =
        new std::regex(R"((YOLOv?\d+)([nslmx])(?:-\w+)? )");
    // Matching recurses per character.
    const std::string beginning = out_.description.substr(0, 1000);
    std::smatch match;
    if (std::regex_search(beginning, match, *pattern)) {
      out_.family = match[1];
      out_.scale = match[2];
    }
  }

  const json& root_;
  const std::string& label_;
  Metadata& out_;
};

}  // namespace

std::string ToJson(const Metadata& metadata) {
  ordered_json names = ordered_json::object();
  for (const auto& [id, name] : metadata.names)
    names[std::to_string(id)] = name;
  ordered_json root = {
      {"description", metadata.description},
      {"author", metadata.author},
      {"date", metadata.date},
      {"version", metadata.version},
      {"license", metadata.license},
      {"docs", metadata.docs},
      {"stride", metadata.stride},
      {"task", std::string(NameOf(metadata.task))},
      {"batch", metadata.batch},
      {"imgsz", metadata.imgsz},
      {"names", names},
      {"args",
       {{"batch", metadata.batch},
        {"half", metadata.half},
        {"optimize", metadata.optimized},
        {"dynamic", metadata.dynamic},
        {"nms", metadata.nms}}},
      {"channels", metadata.channels},
  };
  ordered_json own = {{"version", YOLOTORCH_VERSION},
                      {"family", metadata.family},
                      {"scale", metadata.scale},
                      {"sppf_activation", metadata.sppf_activation}};
  if (metadata.nms) {
    own["nms"] = {{"conf", metadata.nms_conf},
                  {"iou", metadata.nms_iou},
                  {"max_det", metadata.nms_max_det},
                  {"agnostic_nms", metadata.nms_agnostic}};
  }
  if (metadata.pipeline) own["pipeline"] = true;
  if (!metadata.layers.empty()) own["layers"] = metadata.layers;
  root["x-yolotorch"] = std::move(own);
  if (metadata.task == Task::kPose) root["kpt_shape"] = metadata.kpt_shape;
  // Bytes of a name that are not UTF-8 become U+FFFD.
  return root.dump(-1, ' ', false, json::error_handler_t::replace);
}

Metadata FromJson(std::string_view text, const std::string& label) {
  Metadata metadata;
  if (text.empty()) {
    metadata.warnings.push_back(
        "'" + label +
        "' has no metadata (config.txt); assumed stride 32 and classes named "
        "class0, class1 ...");
    return metadata;
  }
  const json root = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!root.is_object()) {
    throw Error(Code::kCorruptModel,
                "'" + label +
                    "' has metadata (config.txt) that is no JSON object: "
                    "export the model again.");
  }
  ConfigReader(root, label, &metadata).Read();
  return metadata;
}

}  // namespace yolotorch::metadata

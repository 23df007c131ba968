// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/settings.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <set>
#include <sstream>
#include <string_view>

#include "yolotorch/error.h"

namespace yolotorch::bridge {
namespace {

// One "key=value" per line, with these keys alone.
class Settings {
 public:
  Settings(const std::string& text, std::set<std::string_view> keys) {
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
      const std::size_t equals = line.find('=');
      if (equals == std::string::npos ||
          keys.count(std::string_view(line).substr(0, equals)) == 0) {
        Fail(line);
      }
      values_[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }

  [[nodiscard]] std::string Text(const std::string& key,
                                 const std::string& fallback) const {
    const auto found = values_.find(key);
    return found == values_.end() ? fallback : found->second;
  }

  [[nodiscard]] std::int64_t Int(const std::string& key,
                                 std::int64_t fallback) const {
    const auto found = values_.find(key);
    return found == values_.end() ? fallback : Parse(found->second);
  }

  [[nodiscard]] bool Flag(const std::string& key) const {
    return Text(key, "false") == "true";
  }

  [[nodiscard]] float Float(const std::string& key, float fallback) const {
    const auto found = values_.find(key);
    if (found == values_.end()) return fallback;
    const std::string& text = found->second;
    float value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) Fail(text);
    return value;
  }

  // "height,width"; zeros when absent.
  [[nodiscard]] std::array<int, 2> Size(const std::string& key) const {
    const auto found = values_.find(key);
    if (found == values_.end()) return {0, 0};
    const std::size_t comma = found->second.find(',');
    if (comma == std::string::npos) Fail(found->second);
    return {static_cast<int>(Parse(found->second.substr(0, comma))),
            static_cast<int>(Parse(found->second.substr(comma + 1)))};
  }

 private:
  [[noreturn]] static void Fail(const std::string& text) {
    throw Error(Code::kInvalidArgument,
                "'" + text + "' is no setting that the native part knows.");
  }

  static std::int64_t Parse(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) Fail(text);
    return value;
  }

  std::map<std::string, std::string> values_;
};

}  // namespace

LoadOptions LoadOptionsFrom(const std::string& text) {
  const Settings settings(
      text, {"device", "seed", "task", "trusted", "sha256", "threads",
             "optimize_level", "precision", "warmup"});
  LoadOptions options;
  options.device = settings.Text("device", options.device);
  options.seed = static_cast<std::uint64_t>(settings.Int("seed", 0));
  options.task = settings.Text("task", "");
  options.trusted = settings.Flag("trusted");
  options.sha256 = settings.Text("sha256", "");
  options.threads = static_cast<int>(settings.Int("threads", 0));
  options.optimize_level =
      static_cast<int>(settings.Int("optimize_level", options.optimize_level));
  options.precision = settings.Text("precision", options.precision);
  options.warmup = settings.Flag("warmup");
  return options;
}

ExportOptions ExportOptionsFrom(const std::string& settings) {
  const Settings given(
      settings, {"file", "imgsz", "batch", "device", "dynamic", "nms", "conf",
                 "iou", "max_det", "agnostic_nms", "half", "optimize",
                 "pipeline", "script", "layers"});
  ExportOptions options;
  options.file = given.Text("file", "");
  options.batch = static_cast<int>(given.Int("batch", 1));
  options.device = given.Text("device", options.device);
  options.dynamic = given.Flag("dynamic");
  options.nms = given.Flag("nms");
  options.conf = given.Float("conf", options.conf);
  options.iou = given.Float("iou", options.iou);
  options.max_det = static_cast<int>(given.Int("max_det", options.max_det));
  options.agnostic_nms = given.Flag("agnostic_nms");
  options.half = given.Flag("half");
  options.optimize = given.Flag("optimize");
  options.pipeline = given.Flag("pipeline");
  options.script = given.Text("script", "");
  options.layers = given.Text("layers", "");
  const auto [height, width] = given.Size("imgsz");
  options.net_height = height;
  options.net_width = width;
  return options;
}

}  // namespace yolotorch::bridge

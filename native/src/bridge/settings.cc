// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/settings.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "bridge/keys.h"
#include "yolotorch/error.h"

namespace yolotorch::bridge {
namespace {

// One "key=value" per line.
class Settings {
 public:
  explicit Settings(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
      const std::size_t equals = line.find('=');
      if (equals == std::string::npos) Fail(line);
      values_[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }

  [[nodiscard]] std::string Text(const std::string& key,
                                 const std::string& fallback) const {
    const auto found = Find(key);
    return found == values_.end() ? fallback : found->second;
  }

  [[nodiscard]] std::int64_t Int(const std::string& key,
                                 std::int64_t fallback) const {
    const auto found = Find(key);
    return found == values_.end() ? fallback : Parse(found->second);
  }

  [[nodiscard]] bool Flag(const std::string& key) const {
    return Text(key, "false") == "true";
  }

  [[nodiscard]] float Float(const std::string& key, float fallback) const {
    const auto found = Find(key);
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
    const auto found = Find(key);
    if (found == values_.end()) return {0, 0};
    const std::size_t comma = found->second.find(',');
    if (comma == std::string::npos) Fail(found->second);
    return {static_cast<int>(Parse(found->second.substr(0, comma))),
            static_cast<int>(Parse(found->second.substr(comma + 1)))};
  }

  // Refuses a key that nobody has asked for.
  void CheckKeys() const {
    for (const auto& [key, value] : values_) {
      if (asked_.count(key) == 0) Fail(key);
    }
  }

 private:
  [[nodiscard]] std::map<std::string, std::string>::const_iterator Find(
      const std::string& key) const {
    asked_.insert(key);
    return values_.find(key);
  }

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
  mutable std::set<std::string> asked_;
};

}  // namespace

LoadOptions LoadOptionsFrom(const std::string& text) {
  const Settings settings(text);
  LoadOptions options;
  options.device = settings.Text(KEY_DEVICE, options.device);
  options.seed = static_cast<std::uint64_t>(settings.Int(KEY_SEED, 0));
  options.task = settings.Text(KEY_TASK, "");
  options.trusted = settings.Flag(KEY_TRUSTED);
  options.sha256 = settings.Text(KEY_SHA256, "");
  options.threads = static_cast<int>(settings.Int(KEY_THREADS, 0));
  options.optimize_level = static_cast<int>(
      settings.Int(KEY_OPTIMIZE_LEVEL, options.optimize_level));
  options.precision = settings.Text(KEY_PRECISION, options.precision);
  options.warmup = settings.Flag(KEY_WARMUP);
  options.timeout_ms = settings.Int(KEY_TIMEOUT_MS, 0);
  settings.CheckKeys();
  return options;
}

ExportOptions ExportOptionsFrom(const std::string& settings) {
  const Settings given(settings);
  ExportOptions options;
  options.file = given.Text(KEY_FILE, "");
  options.batch = static_cast<int>(given.Int(KEY_BATCH, 1));
  options.device = given.Text(KEY_DEVICE, options.device);
  options.dynamic = given.Flag(KEY_DYNAMIC);
  options.nms = given.Flag(KEY_NMS);
  options.conf = given.Float(KEY_CONF, options.conf);
  options.iou = given.Float(KEY_IOU, options.iou);
  options.max_det = static_cast<int>(given.Int(KEY_MAX_DET, options.max_det));
  options.agnostic_nms = given.Flag(KEY_AGNOSTIC_NMS);
  options.half = given.Flag(KEY_HALF);
  options.optimize = given.Flag(KEY_OPTIMIZE);
  options.pipeline = given.Flag(KEY_PIPELINE);
  options.script = given.Text(KEY_SCRIPT, "");
  options.layers = given.Text(KEY_LAYERS, "");
  const auto [height, width] = given.Size(KEY_IMGSZ);
  options.net_height = height;
  options.net_width = width;
  given.CheckKeys();
  return options;
}

}  // namespace yolotorch::bridge

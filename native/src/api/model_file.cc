// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/model_file.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>
#include <utility>

#include "base/files.h"
#include "formats/foreign_model.h"
#include "formats/sha256.h"
#include "graph/architecture.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

ModelFileKind KindOf(const formats::FileKind& format) {
  if (!format.is_model()) return ModelFileKind::kOther;
  return format.id == "checkpoint" ? ModelFileKind::kCheckpoint
                                   : ModelFileKind::kArchive;
}

// "yolov8-p2.yaml" of "yolov8s-p2.yaml": a yaml for all scales. Empty where
// the name has no scale letter.
std::string WithoutScale(const std::string& name) {
  static const std::regex pattern(R"((yolov?\d+)[nslmx](?![a-z]))");
  std::smatch match;
  if (!std::regex_search(name, match, pattern)) return "";
  return match.prefix().str() + match[1].str() + match.suffix().str();
}

// The yaml of that path or, where only that exists, the one for all scales
// beside it, whose scale the caller takes from the name.
std::filesystem::path YamlFile(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return path;
  const std::string all = WithoutScale(path.filename().string());
  const std::filesystem::path unscaled = path.parent_path() / all;
  return !all.empty() && std::filesystem::exists(unscaled, ignored) ? unscaled
                                                                    : path;
}

}  // namespace

ModelFile ReadModelFile(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  const bool is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  std::error_code ignored;
  const std::string file_path = is_yaml ? YamlFile(path).string() : path;
  if (is_yaml && !std::filesystem::exists(file_path, ignored) &&
      graph::IsArchitectureName(name)) {
    return {ModelFileKind::kArchitecture, name, {}, {}};
  }
  if (const std::string title = formats::ForeignModelTitle(name);
      !title.empty() && std::filesystem::is_directory(path, ignored)) {
    throw Error(Code::kUnsupportedModel,
                "'" + name + "' is " + title +
                    ", but an Ultralytics checkpoint (.pt) or a TorchScript "
                    "archive was expected: load the checkpoint it was made "
                    "from.");
  }
  ModelFile file = ClassifyBytes(base::ReadFile(file_path), name);
  if (is_yaml) file.kind = ModelFileKind::kYaml;
  return file;
}

ModelFile ClassifyBytes(std::vector<std::uint8_t> bytes,
                        const std::string& name) {
  formats::FileKind format = formats::KindOf(bytes);
  const ModelFileKind kind = KindOf(format);
  return {kind, name, std::move(bytes), std::move(format)};
}

void CheckPin(const ModelFile& file, const std::string& wanted) {
  if (wanted.empty()) return;
  if (file.kind == ModelFileKind::kArchitecture) {
    throw Error(Code::kInvalidArgument,
                "sha256 pins a file, but '" + file.name +
                    "' is an architecture by name: leave sha256 out.");
  }
  std::string pin = wanted;
  std::transform(pin.begin(), pin.end(), pin.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  const bool is_hash =
      pin.size() == 64 &&
      pin.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hash) {
    throw Error(
        Code::kInvalidArgument,
        "sha256 must be 64 hexadecimal digits, but is '" + wanted + "'.");
  }
  const std::string actual = formats::Sha256(file.bytes);
  if (actual == pin) return;
  throw Error(Code::kUnsafeModel,
              "'" + file.name + "' must have the SHA-256 " + pin +
                  ", but has " + actual +
                  ": do not use this file, or correct the pin.");
}

void FailNoModel(const ModelFile& file) {
  const std::string by_name = file.format.id == "unknown"
                                  ? formats::ForeignModelTitle(file.name)
                                  : std::string();
  const bool foreign = !by_name.empty() || formats::IsForeignModel(file.format);
  throw Error(foreign ? Code::kUnsupportedModel : Code::kCorruptModel,
              "'" + file.name + "' is " +
                  (by_name.empty() ? file.format.title
                                   : by_name + ", as its name says") +
                  ", but an Ultralytics checkpoint (.pt) or a TorchScript "
                  "archive was expected: " +
                  file.format.advice + ".");
}

}  // namespace yolotorch::api

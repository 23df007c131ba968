// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/checkpoint.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "yolotorch/error.h"

namespace yolotorch::formats {
namespace {

using Kind = Value::Kind;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxModules = 20'000;  // yolo11x has some 1,500
constexpr std::size_t kMaxClasses = 10'000;
constexpr std::size_t kMaxModuleItems = 4'000'000;  // of all modules together
constexpr std::size_t kMaxTensors = 50'000;
constexpr std::size_t kMaxName = 500;
constexpr std::size_t kMaxPath = 1'000;

template <typename T>
T ReadAs(const std::uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

}  // namespace

double Module::Number(std::string_view name, double fallback) const {
  const Value* value = attributes->Get(name);
  return value == nullptr ? fallback : value->NumberOr(fallback);
}

Checkpoint::Checkpoint(std::vector<std::uint8_t> bytes, std::string label)
    : label_(std::move(label)), bytes_(std::move(bytes)) {
  archive_ = std::make_unique<ZipArchive>(Bytes(bytes_), label_);
  archive_->VerifyChecksums();
  const ZipArchive::Entry* pickle = archive_->Find("data.pkl");
  if (pickle == nullptr || !pickle->stored) {
    Fail(
        "is a zip archive without the record data.pkl, so it is no "
        "checkpoint; expected a .pt file that Ultralytics wrote");
  }
  const ZipArchive::Entry* order = archive_->Find("byteorder");
  if (order != nullptr && (order->data.empty() || order->data[0] != 'l')) {
    Fail("was written on a big-endian machine; save it again on another one");
  }
  pickle_ = std::make_unique<Pickle>(pickle->data, label_);
  const Value& root = pickle_->root();
  for (const char* key : {"ema", "model"}) {
    const Value* candidate = root.Get(key);
    if (candidate != nullptr && candidate->Is(Kind::kObject)) {
      model_ = candidate;
      break;
    }
  }
  if (model_ == nullptr) {
    throw Error(Code::kUnsupportedModel,
                "'" + label_ +
                    "' holds no pickled model (a plain state dict, perhaps); "
                    "expected a checkpoint with 'model' or 'ema', as "
                    "Ultralytics saves it.");
  }
  model_class_ = model_->ClassName();
  if (model_->state == nullptr || !model_->state->Is(Kind::kDict)) {
    Fail("holds a model without attributes; save it again");
  }
  yaml_ = model_->state->Get("yaml");
  if (yaml_ != nullptr && !yaml_->Is(Kind::kDict)) yaml_ = nullptr;
  ReadModules(*model_, "", 0, 0);
  for (std::size_t i = 0; i < modules_.size(); ++i) {
    module_index_.emplace(modules_[i].path, i);
  }
  ReadNames(model_->state->Get("names"));
  for (const Value* arguments :
       {model_->state->Get("args"), root.Get("train_args")}) {
    if (arguments == nullptr) continue;
    if (arguments->Is(Kind::kObject) && arguments->state != nullptr) {
      arguments = arguments->state;
    }
    const Value* imgsz = arguments->Get("imgsz");
    if (imgsz != nullptr && !imgsz->items.empty()) imgsz = imgsz->items[0];
    const double size = imgsz == nullptr ? 0 : imgsz->NumberOr(0);
    if (train_imgsz_ == 0 && size >= 1 && size <= 65'536) {
      train_imgsz_ = static_cast<int>(size);
    }
  }
}

void Checkpoint::Fail(const std::string& what) const {
  throw Error(Code::kCorruptModel, "'" + label_ + "' " + what + ".");
}

void Checkpoint::FailUnsafe(const std::string& what) const {
  throw Error(Code::kUnsafeModel,
              "'" + label_ + "' " + what + ": do not use this file.");
}

const Module* Checkpoint::FindModule(std::string_view path) const {
  const auto found = module_index_.find(path);
  return found == module_index_.end() ? nullptr : &modules_[found->second];
}

std::string Checkpoint::Text(std::string_view key) const {
  const Value* value = pickle_->root().Get(key);
  return value == nullptr ? std::string() : value->TextOr("");
}

std::string Checkpoint::TrainArgument(std::string_view key) const {
  const Value* arguments = pickle_->root().Get("train_args");
  const Value* value = arguments == nullptr ? nullptr : arguments->Get(key);
  return value == nullptr ? std::string() : value->TextOr("");
}

void Checkpoint::ReadModules(const Value& object, const std::string& path,
                             std::size_t parent, int depth) {
  if (depth > kMaxDepth || modules_.size() >= kMaxModules) {
    Fail("nests modules deeper than any model does");
  }
  const Value* attributes = object.state;
  if (!object.Is(Kind::kObject) || attributes == nullptr ||
      !attributes->Is(Kind::kDict)) {
    Fail("has a module without attributes at '" + path + "'");
  }
  Charge(*attributes, "");
  if (path.size() > kMaxPath) FailUnsafe("has a module of absurdly long path");
  const std::size_t index = modules_.size();
  modules_.push_back({path, std::string(object.ClassName()), attributes, parent,
                      tensors_.size()});
  ReadTensors(path, attributes->Get("_parameters"));
  ReadTensors(path, attributes->Get("_buffers"));
  modules_[index].tensor_count = tensors_.size() - modules_[index].first_tensor;
  const Value* children = attributes->Get("_modules");
  if (children == nullptr || !children->Is(Kind::kDict)) return;
  std::set<std::string_view> names;
  for (std::size_t i = 0; i + 1 < children->items.size(); i += 2) {
    const Value& name = *children->items[i];
    const Value& child = *children->items[i + 1];
    if (child.Is(Kind::kNone)) continue;
    if (!name.Is(Kind::kString) || name.text.empty() ||
        name.text.find('.') != std::string::npos) {
      Fail("has a module without a name of its own");
    }
    Charge(child, name.text);
    if (!names.insert(name.text).second) FailUnsafe("names a module twice");
    ReadModules(child, path.empty() ? name.text : path + "." + name.text, index,
                depth + 1);
  }
}

// Shared values count once per module, so that few bytes cannot describe many
// modules.
void Checkpoint::Charge(const Value& items, std::string_view name) {
  items_ += items.items.size() + 1;
  if (items_ <= kMaxModuleItems && tensors_.size() < kMaxTensors &&
      name.size() <= kMaxName) {
    return;
  }
  FailUnsafe(
      "holds absurdly many attributes, or one with an absurdly long name");
}

void Checkpoint::ReadTensors(const std::string& path, const Value* members) {
  if (members == nullptr || !members->Is(Kind::kDict)) return;
  for (std::size_t i = 0; i + 1 < members->items.size(); i += 2) {
    const Value& name = *members->items[i];
    const Value& value = *members->items[i + 1];
    if (value.Is(Kind::kNone)) continue;
    Charge(value, name.text);
    const std::string full = path.empty() ? name.text : path + "." + name.text;
    tensors_.emplace_back(full, ReadTensor(value, full));
  }
}

TensorView Checkpoint::ReadTensor(const Value& value,
                                  const std::string& name) const {
  return formats::ReadTensor(value, {*archive_, "data/", label_}, name);
}

void Checkpoint::ReadNames(const Value* names) {
  if (names == nullptr) return;
  const bool is_dict = names->Is(Kind::kDict);
  const std::size_t step = is_dict ? 2 : 1;
  if (names->items.size() / step > kMaxClasses) {
    Fail("names more than " + std::to_string(kMaxClasses) + " classes");
  }
  for (std::size_t i = 0; i + step <= names->items.size(); i += step) {
    const Value& name = *names->items[i + step - 1];
    const double id =
        is_dict ? names->items[i]->NumberOr(-1) : static_cast<double>(i);
    if (!name.Is(Kind::kString) || name.text.size() > kMaxName || id < 0 ||
        id >= kMaxClasses) {
      Fail("has class names that are no list of texts");
    }
    names_[static_cast<int>(id)] = name.text;
  }
}

}  // namespace yolotorch::formats

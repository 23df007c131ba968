// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/checkpoint.h"

#include <charconv>
#include <cmath>
#include <set>

#include "formats/pickle_rules.h"
#include "formats/scalars.h"
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

// The id of a class, a whole number or the text of one; else -1.
double ClassId(const Value& key) {
  if (const auto number = NumberIn(key)) {
    return *number == std::floor(*number) ? *number : -1;
  }
  const std::string text = TextIn(key).value_or("");
  int id = -1;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, id);
  return fault == std::errc() && stop == end ? id : -1;
}

// The network in what was saved: itself, or within Ultralytics' YOLO object, a
// moving average, or what torch wraps around it to train in parallel or to
// compile it.
const Value* Network(const Value* object) {
  constexpr int kMaxWraps = 4;
  for (int i = 0; i < kMaxWraps; ++i) {
    if (object->state == nullptr) return object;
    const Value* modules = object->state->Get("_modules");
    const Value* layers = modules == nullptr ? nullptr : modules->Get("model");
    if (layers != nullptr && layers->ClassName().ends_with(".Sequential")) {
      return object;
    }
    const Value* inner = nullptr;
    for (const char* key : {"ema", "model", "module", "_orig_mod"}) {
      for (const Value* holder : {modules, object->state}) {
        const Value* held = holder == nullptr ? nullptr : holder->Get(key);
        if (inner == nullptr && held != nullptr && held->Is(Kind::kObject)) {
          inner = held;
        }
      }
    }
    if (inner == nullptr) return object;
    object = inner;
  }
  return object;
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
  FindModel();
  yaml_ = model_->state->Get("yaml");
  if (yaml_ != nullptr && !yaml_->Is(Kind::kDict)) yaml_ = nullptr;
  ReadModules(*model_, "", 0, 0);
  for (std::size_t i = 0; i < modules_.size(); ++i) {
    module_index_.emplace(modules_[i].path, i);
  }
  ReadNames(model_->state->Get("names"));
  for (const Value* arguments :
       {model_->state->Get("args"), MemberOf(pickle_->root(), "train_args")}) {
    if (arguments == nullptr) continue;
    const Value* imgsz = MemberOf(*arguments, "imgsz");
    if (imgsz != nullptr && !imgsz->items.empty()) imgsz = imgsz->items[0];
    const double size = imgsz == nullptr ? 0 : NumberIn(*imgsz).value_or(0);
    if (train_imgsz_ == 0 && size >= 1 && size <= 65'536) {
      train_imgsz_ = static_cast<int>(size);
    }
  }
}

void Checkpoint::FindModel() {
  const Value& root = pickle_->root();
  if (root.Is(Kind::kObject) && root.state != nullptr) {
    model_ = Network(&root);
  }
  for (const char* key : {"ema", "model"}) {
    const Value* candidate = MemberOf(root, key);
    if (model_ == nullptr && candidate != nullptr &&
        candidate->Is(Kind::kObject)) {
      model_ = Network(candidate);
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
  const Value* value = MemberOf(pickle_->root(), key);
  return value == nullptr ? std::string() : value->TextOr("");
}

std::vector<std::pair<std::string, TensorView>> Checkpoint::Tensors(
    std::string_view key) const {
  std::vector<std::pair<std::string, TensorView>> tensors;
  const Value* dict = MemberOf(pickle_->root(), key);
  if (dict == nullptr || !dict->Is(Kind::kDict)) return tensors;
  for (std::size_t i = 0; i + 1 < dict->items.size(); i += 2) {
    const std::string name = dict->items[i]->TextOr("");
    tensors.emplace_back(name, ReadTensor(*dict->items[i + 1], name));
  }
  return tensors;
}

std::string Checkpoint::TrainArgument(std::string_view key) const {
  const Value* arguments = MemberOf(pickle_->root(), "train_args");
  const Value* value =
      arguments == nullptr ? nullptr : MemberOf(*arguments, key);
  if (value == nullptr || value->Is(Kind::kNone)) return "";
  return TextIn(*value).value_or("");
}

void Checkpoint::ReadModules(const Value& object, const std::string& path,
                             std::size_t parent, int depth) {
  if (depth > kMaxDepth || modules_.size() >= kMaxModules) {
    Fail("nests modules deeper than any model does");
  }
  const Value* attributes = object.state;
  if (!object.Is(Kind::kObject) || attributes == nullptr ||
      !attributes->Is(Kind::kDict)) {
    Fail("has a module without attributes at '" + Shown(path) + "'");
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
    if (IsTensor(value)) {
      tensors_.emplace_back(full, ReadTensor(value, full));
    } else {
      unread_.push_back(full);
    }
  }
}

TensorView Checkpoint::ReadTensor(const Value& value,
                                  const std::string& name) const {
  return formats::ReadTensor(value, {*archive_, "data/", label_}, name);
}

void Checkpoint::ReadNames(const Value* names) {
  if (names == nullptr) return;
  if (names->Is(Kind::kNone)) return;
  const Entries entries = EntriesIn(*names);
  if (entries.items == nullptr) {
    Fail("has class names that are no list of texts");
  }
  const std::vector<const Value*>& items = *entries.items;
  const std::size_t step = entries.are_pairs ? 2 : 1;
  if (items.size() / step > kMaxClasses) {
    Fail("names more than " + std::to_string(kMaxClasses) + " classes");
  }
  for (std::size_t i = 0; i + step <= items.size(); i += step) {
    const auto name = TextIn(*items[i + step - 1]);
    const double id =
        entries.are_pairs ? ClassId(*items[i]) : static_cast<double>(i);
    if (!name || name->size() > kMaxName || !(id >= 0 && id < kMaxClasses)) {
      Fail("has class names that are no list of texts");
    }
    names_[static_cast<int>(id)] = *name;
  }
}

}  // namespace yolotorch::formats

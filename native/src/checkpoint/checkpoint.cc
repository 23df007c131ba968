// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "checkpoint/checkpoint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>

#include "yolotorch/error.h"

namespace yolotorch::checkpoint {
namespace {

using Kind = Value::Kind;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxModules = 100'000;
constexpr std::size_t kMaxClasses = 10'000;
constexpr std::size_t kMaxDims = 8;
constexpr std::int64_t kMaxElements = std::int64_t{1} << 36;

std::optional<DType> StorageType(std::string_view global) {
  constexpr std::array<std::pair<std::string_view, DType>, 8> kTypes = {{
      {"torch.HalfStorage", DType::kFloat16},
      {"torch.BFloat16Storage", DType::kBFloat16},
      {"torch.FloatStorage", DType::kFloat32},
      {"torch.DoubleStorage", DType::kFloat64},
      {"torch.LongStorage", DType::kInt64},
      {"torch.IntStorage", DType::kInt32},
      {"torch.ByteStorage", DType::kUInt8},
      {"torch.BoolStorage", DType::kBool},
  }};
  for (const auto& [name, type] : kTypes) {
    if (name == global) return type;
  }
  return std::nullopt;
}

template <typename T>
T ReadAs(const std::uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

}  // namespace

std::size_t SizeOf(DType type) {
  switch (type) {
    case DType::kFloat64:
    case DType::kInt64:
      return 8;
    case DType::kFloat32:
    case DType::kInt32:
      return 4;
    case DType::kFloat16:
    case DType::kBFloat16:
      return 2;
    case DType::kUInt8:
    case DType::kBool:
      return 1;
  }
  return 1;
}

std::int64_t TensorView::numel() const {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return count;
}

bool TensorView::contiguous() const {
  std::int64_t expected = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    if (shape[i] != 1 && strides[i] != expected) return false;
    expected *= shape[i];
  }
  return true;
}

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
  if (yaml_ == nullptr || !yaml_->Is(Kind::kDict)) {
    throw Error(Code::kUnsupportedModel,
                "'" + label_ + "' holds a '" + model_class_ +
                    "' without its yaml; expected a YOLO model that "
                    "Ultralytics trained.");
  }
  ReadModules(*model_, "", 0);
  for (std::size_t i = 0; i < modules_.size(); ++i) {
    module_index_.emplace(modules_[i].path, i);
  }
  ReadNames(model_->state->Get("names"));
  if (const Value* stride = model_->state->Get("stride");
      stride != nullptr && stride->Is(Kind::kObject)) {
    const TensorView view = ReadTensor(*stride, "stride");
    if (view.dtype == DType::kFloat32 && view.contiguous()) {
      for (std::int64_t i = 0; i < view.numel(); ++i) {
        strides_.push_back(
            ReadAs<float>(view.storage.data() + 4 * (view.offset + i)));
      }
    }
  }
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
                             int depth) {
  if (depth > kMaxDepth || modules_.size() >= kMaxModules) {
    Fail("nests modules deeper than any model does");
  }
  const Value* attributes = object.state;
  if (!object.Is(Kind::kObject) || attributes == nullptr ||
      !attributes->Is(Kind::kDict)) {
    Fail("has a module without attributes at '" + path + "'");
  }
  modules_.push_back({path, std::string(object.ClassName()), attributes});
  ReadTensors(path, attributes->Get("_parameters"));
  ReadTensors(path, attributes->Get("_buffers"));
  const Value* children = attributes->Get("_modules");
  if (children == nullptr || !children->Is(Kind::kDict)) return;
  for (std::size_t i = 0; i + 1 < children->items.size(); i += 2) {
    const Value& name = *children->items[i];
    const Value& child = *children->items[i + 1];
    if (child.Is(Kind::kNone)) continue;
    if (!name.Is(Kind::kString)) Fail("has a module without a name");
    ReadModules(child, path.empty() ? name.text : path + "." + name.text,
                depth + 1);
  }
}

void Checkpoint::ReadTensors(const std::string& path, const Value* members) {
  if (members == nullptr || !members->Is(Kind::kDict)) return;
  for (std::size_t i = 0; i + 1 < members->items.size(); i += 2) {
    const Value& name = *members->items[i];
    const Value& value = *members->items[i + 1];
    if (value.Is(Kind::kNone)) continue;
    const std::string full = path.empty() ? name.text : path + "." + name.text;
    tensors_.emplace_back(full, ReadTensor(value, full));
  }
}

TensorView Checkpoint::ReadTensor(const Value& value,
                                  const std::string& name) const {
  const Value* tensor = &value;
  if (tensor->ClassName() == "torch._utils._rebuild_parameter" &&
      !tensor->arguments->items.empty()) {
    tensor = tensor->arguments->items[0];
  }
  if (tensor->ClassName() != "torch._utils._rebuild_tensor_v2" ||
      tensor->arguments->items.size() < 4) {
    Fail("stores '" + name + "' in a way that is no tensor");
  }
  const std::vector<const Value*>& parts = tensor->arguments->items;
  const Value& storage = *parts[0];
  if (!storage.Is(Kind::kStorage) || storage.items.size() < 5 ||
      !storage.items[1]->Is(Kind::kGlobal) ||
      !storage.items[2]->Is(Kind::kString) ||
      !storage.items[4]->Is(Kind::kInt)) {
    Fail("stores '" + name + "' without a storage");
  }
  const std::optional<DType> dtype = StorageType(storage.items[1]->text);
  if (!dtype) {
    Fail("stores '" + name + "' as '" + storage.items[1]->text +
         "', which is not supported");
  }
  const std::string record = "data/" + storage.items[2]->text;
  const ZipArchive::Entry* entry = archive_->Find(record);
  if (entry == nullptr || !entry->stored) {
    Fail("lacks record '" + record + "' with the values of '" + name +
         "'; copy or download the file again");
  }
  TensorView view;
  view.dtype = *dtype;
  view.storage = entry->data;
  const std::int64_t available = storage.items[4]->integer;
  if (available < 0 || available > kMaxElements ||
      static_cast<std::uint64_t>(available) * SizeOf(*dtype) !=
          entry->data.size()) {
    Fail("announces " + std::to_string(available) + " values for '" + name +
         "', but its record '" + record + "' has " +
         std::to_string(entry->data.size()) +
         " bytes; copy or download the file again");
  }
  view.offset = parts[1]->Is(Kind::kInt) ? parts[1]->integer : -1;
  const std::vector<const Value*>& shape = parts[2]->items;
  const std::vector<const Value*>& strides = parts[3]->items;
  if (view.offset < 0 || shape.size() != strides.size() ||
      shape.size() > kMaxDims) {
    Fail("stores '" + name + "' with a shape that makes no sense");
  }
  std::int64_t last = view.offset;  // the furthest element that is reached
  std::int64_t count = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const std::int64_t size = shape[i]->Is(Kind::kInt) ? shape[i]->integer : -1;
    const std::int64_t stride =
        strides[i]->Is(Kind::kInt) ? strides[i]->integer : -1;
    if (size < 0 || size > kMaxElements || stride < 0 ||
        stride > kMaxElements) {
      Fail("stores '" + name + "' with a shape that makes no sense");
    }
    if (size > 0 && (count > kMaxElements / size ||
                     (size > 1 && stride > kMaxElements / (size - 1)))) {
      Fail("stores '" + name + "' with a shape that makes no sense");
    }
    count *= size;
    last += size > 0 ? (size - 1) * stride : 0;
    view.shape.push_back(size);
    view.strides.push_back(stride);
  }
  if (count > available || (count > 0 && last >= available)) {
    Fail("stores fewer values for '" + name +
         "' than its shape needs; copy or download the file again");
  }
  return view;
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
    if (!name.Is(Kind::kString) || id < 0 || id >= kMaxClasses) {
      Fail("has class names that are no list of texts");
    }
    names_[static_cast<int>(id)] = name.text;
  }
}

}  // namespace yolotorch::checkpoint

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/tensor.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "formats/pickle_rules.h"
#include "yolotorch/error.h"

namespace yolotorch::formats {
namespace {

using Kind = Value::Kind;

constexpr std::size_t kMaxDims = 8;
constexpr std::int64_t kMaxElements = std::int64_t{1} << 36;

struct TypeInfo {
  DType type;
  std::string_view storage;
  std::string_view name;
  std::size_t size;  // bytes of an element
};

constexpr std::array<TypeInfo, 10> kTypes = {{
    {DType::kFloat16, "torch.HalfStorage", "float16", 2},
    {DType::kBFloat16, "torch.BFloat16Storage", "bfloat16", 2},
    {DType::kFloat32, "torch.FloatStorage", "float32", 4},
    {DType::kFloat64, "torch.DoubleStorage", "float64", 8},
    {DType::kInt64, "torch.LongStorage", "int64", 8},
    {DType::kInt32, "torch.IntStorage", "int32", 4},
    {DType::kInt16, "torch.ShortStorage", "int16", 2},
    {DType::kInt8, "torch.CharStorage", "int8", 1},
    {DType::kUInt8, "torch.ByteStorage", "uint8", 1},
    {DType::kBool, "torch.BoolStorage", "bool", 1},
}};

const TypeInfo& InfoOf(DType type) {
  return *std::find_if(kTypes.begin(), kTypes.end(),
                       [&](const TypeInfo& info) { return info.type == type; });
}

[[noreturn]] void Fail(const TensorPlace& place, const std::string& what) {
  throw Error(Code::kCorruptModel, "'" + place.label + "' " + what +
                                       ": copy or download the file again.");
}

// What _rebuild_tensor_v2 is called with; null for another value.
const std::vector<const Value*>* PartsOf(const Value& value) {
  constexpr std::string_view kRebuild = "torch._utils._rebuild_tensor_v2";
  const Value* tensor = &value;
  const std::string_view type = tensor->ClassName();
  if (type.empty() || tensor->arguments == nullptr) return nullptr;
  const std::vector<const Value*>* parts = &tensor->arguments->items;
  if (type == "torch._utils._rebuild_parameter" ||
      type == "torch._utils._rebuild_parameter_with_state") {
    if (parts->empty()) return nullptr;
    tensor = parts->front();
  }
  if (tensor->ClassName() == "torch._tensor._rebuild_from_type_v2") {
    // (function, class, its arguments, attributes)
    parts = &tensor->arguments->items;
    if (parts->size() != 4 || !(*parts)[0]->Is(Kind::kGlobal) ||
        (*parts)[0]->text != kRebuild) {
      return nullptr;
    }
    parts = &(*parts)[2]->items;
  } else if (tensor->ClassName() == kRebuild) {
    parts = &tensor->arguments->items;
  } else {
    return nullptr;
  }
  return parts->size() < 4 ? nullptr : parts;
}

std::int64_t IntOr(const Value& value, std::int64_t fallback) {
  return value.Is(Kind::kInt) ? value.integer : fallback;
}

}  // namespace

std::size_t SizeOf(DType type) { return InfoOf(type).size; }

std::string NameOf(DType type) { return std::string(InfoOf(type).name); }

std::string_view StorageOf(DType type) { return InfoOf(type).storage; }

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

TensorView ReadStorage(const Value& storage, const TensorPlace& place,
                       const std::string& name) {
  if (!storage.Is(Kind::kStorage) || storage.items.size() < 5 ||
      !storage.items[1]->Is(Kind::kGlobal) ||
      !storage.items[2]->Is(Kind::kString) ||
      !storage.items[4]->Is(Kind::kInt)) {
    Fail(place, "stores '" + Shown(name) + "' without a storage");
  }
  const std::string& type = storage.items[1]->text;
  const auto* info = std::find_if(
      kTypes.begin(), kTypes.end(),
      [&](const TypeInfo& known) { return known.storage == type; });
  if (info == kTypes.end()) {
    Fail(place, "stores '" + Shown(name) + "' as '" + Shown(type) +
                    "', which is not supported");
  }
  const std::string record = place.folder + storage.items[2]->text;
  const ZipArchive::Entry* entry = place.zip.Find(record);
  if (entry == nullptr || !entry->stored) {
    Fail(place, "lacks record '" + Shown(record) +
                    "', uncompressed, with the values of '" + Shown(name) +
                    "'");
  }
  const std::int64_t count = storage.items[4]->integer;
  if (count < 0 || count > kMaxElements ||
      static_cast<std::uint64_t>(count) * info->size != entry->data.size()) {
    Fail(place, "announces " + std::to_string(count) + " values for '" +
                    Shown(name) + "', but its record '" + Shown(record) +
                    "' has " + std::to_string(entry->data.size()) + " bytes");
  }
  TensorView view;
  view.dtype = info->type;
  view.storage = entry->data;
  view.shape = {count};
  view.strides = {1};
  return view;
}

bool IsTensor(const Value& value) {
  const std::vector<const Value*>* parts = PartsOf(value);
  if (parts == nullptr) return false;
  const Value& storage = *parts->front();
  if (storage.items.size() < 2 || !storage.items[1]->Is(Kind::kGlobal)) {
    return true;
  }
  const std::string& type = storage.items[1]->text;
  return std::any_of(kTypes.begin(), kTypes.end(), [&](const TypeInfo& known) {
    return known.storage == type;
  });
}

TensorView ReadTensor(const Value& value, const TensorPlace& place,
                      const std::string& name) {
  const std::vector<const Value*>* found = PartsOf(value);
  if (found == nullptr) {
    Fail(place, "stores '" + Shown(name) + "' in a way that is no tensor");
  }
  const std::vector<const Value*>& parts = *found;
  TensorView view = ReadStorage(*parts[0], place, name);
  const std::int64_t available = view.shape[0];
  view.shape.clear();
  view.strides.clear();
  view.offset = IntOr(*parts[1], -1);
  const std::vector<const Value*>& shape = parts[2]->items;
  const std::vector<const Value*>& strides = parts[3]->items;
  const auto fail_shape = [&] {
    Fail(place,
         "stores '" + Shown(name) + "' with a shape that makes no sense");
  };
  if (view.offset < 0 || shape.size() != strides.size() ||
      shape.size() > kMaxDims) {
    fail_shape();
  }
  std::int64_t last = view.offset;  // the last element in memory
  std::int64_t count = 1;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const std::int64_t size = IntOr(*shape[i], -1);
    const std::int64_t stride = IntOr(*strides[i], -1);
    if (size < 0 || size > kMaxElements || stride < 0 ||
        stride > kMaxElements) {
      fail_shape();
    }
    if (size > 0 && (count > kMaxElements / size ||
                     (size > 1 && stride > kMaxElements / (size - 1)))) {
      fail_shape();
    }
    count *= size;
    last += size > 0 ? (size - 1) * stride : 0;
    view.shape.push_back(size);
    view.strides.push_back(stride);
  }
  if (count > 0 && last >= available) {
    Fail(place,
         "stores fewer values for '" + Shown(name) + "' than its shape needs");
  }
  return view;
}

}  // namespace yolotorch::formats

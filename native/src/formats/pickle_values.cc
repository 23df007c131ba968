// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/pickle_values.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace yolotorch::formats {

Value* PickleValues::New(Value::Kind kind) {
  Value& value = values_.emplace_back();
  value.kind = kind;
  return &value;
}

const Value* PickleValues::None() {
  if (none_ == nullptr) none_ = New(Value::Kind::kNone);
  return none_;
}

const Value* PickleValues::Bool(bool value) {
  Value* made = New(Value::Kind::kBool);
  made->integer = value ? 1 : 0;
  return made;
}

const Value* PickleValues::Int(std::int64_t value) {
  Value* made = New(Value::Kind::kInt);
  made->integer = value;
  return made;
}

const Value* PickleValues::Float(double value) {
  Value* made = New(Value::Kind::kFloat);
  made->number = value;
  return made;
}

const Value* PickleValues::Text(std::string_view text) {
  const auto known = texts_.find(text);
  if (known != texts_.end()) return known->second;
  Value* made = New(Value::Kind::kString);
  made->text = base::ValidUtf8(text);
  texts_.emplace(text, made);
  return made;
}

const Value* PickleValues::List(Items items) {
  Value* made = New(Value::Kind::kList);
  made->items = std::move(items);
  return made;
}

const Value* PickleValues::Tuple(Items items) {
  Value* made = New(Value::Kind::kTuple);
  made->items = std::move(items);
  return made;
}

const Value* PickleValues::Dict(Items items) {
  Value* made = New(Value::Kind::kDict);
  made->items = std::move(items);
  return made;
}

const Value* PickleValues::OrderedDict(Items items) {
  Value* made = New(Value::Kind::kObject);
  made->called = true;
  made->type = Global("collections.OrderedDict");
  made->arguments = Tuple({});
  made->items = std::move(items);
  return made;
}

const Value* PickleValues::Set() { return Call("__builtin__.set", {List({})}); }

const Value* PickleValues::Global(std::string_view name) {
  const auto known = globals_.find(name);
  if (known != globals_.end()) return known->second;
  Value* made = New(Value::Kind::kGlobal);
  made->text = name;
  globals_.emplace(name, made);
  return made;
}

const Value* PickleValues::Call(std::string_view function, Items arguments) {
  Value* made = New(Value::Kind::kObject);
  made->called = true;
  made->type = Global(function);
  made->arguments = Tuple(std::move(arguments));
  return made;
}

const Value* PickleValues::Object(std::string_view type,
                                  const Value* attributes) {
  Value* made = New(Value::Kind::kObject);
  made->type = Global(type);
  made->arguments = Tuple({});
  made->state = attributes;
  return made;
}

const Value* PickleValues::Numbers(const std::vector<std::int64_t>& numbers) {
  Items items;
  for (const std::int64_t number : numbers) items.push_back(Int(number));
  return Tuple(std::move(items));
}

const Value* PickleValues::Tensor(DType dtype, const std::string& key,
                                  const std::vector<std::int64_t>& shape) {
  std::vector<std::int64_t> strides(shape.size());
  std::int64_t count = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    // As PyTorch counts them for a tensor without values.
    strides[i] = count;
    count *= std::max<std::int64_t>(shape[i], 1);
  }
  std::int64_t values = 1;
  for (const std::int64_t size : shape) values *= size;
  Value* storage = New(Value::Kind::kStorage);
  storage->items = {Text("storage"), Global(StorageOf(dtype)), Text(key),
                    Text("cpu"), Int(values)};
  return Call("torch._utils._rebuild_tensor_v2",
              {storage, Int(0), Numbers(shape), Numbers(strides), Bool(false),
               OrderedDict()});
}

const Value* PickleValues::Parameter(const Value* tensor) {
  return Call("torch._utils._rebuild_parameter",
              {tensor, Bool(false), OrderedDict()});
}

}  // namespace yolotorch::formats

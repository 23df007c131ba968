// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "formats/pickle.h"
#include "formats/tensor.h"

namespace yolotorch::formats {

/// Makes the values that WritePickle() takes, and owns them. A value that is
/// used in several places is one object to Python, so lists, dicts and objects
/// that Python may change are made anew for each place. Numbers, texts and
/// names of classes are shared.
///
/// Differs from what Pickle reads in three points: an OrderedDict, a set and a
/// torch.Size are calls of their classes, kept apart from dict, list and tuple.
class PickleValues {
 public:
  using Items = std::vector<const Value*>;

  PickleValues() = default;
  PickleValues(const PickleValues&) = delete;
  PickleValues& operator=(const PickleValues&) = delete;

  const Value* None();
  const Value* Bool(bool value);
  const Value* Int(std::int64_t value);
  const Value* Float(double value);
  /// A byte that is no UTF-8 becomes a '?', as Python reads nothing else.
  const Value* Text(std::string_view text);
  const Value* List(Items items);
  const Value* Tuple(Items items);
  /// `items`: key, value, key, value ...
  const Value* Dict(Items items);
  const Value* OrderedDict(Items items = {});
  /// An empty set.
  const Value* Set();
  /// A class or function, such as "torch.nn.modules.conv.Conv2d".
  const Value* Global(std::string_view name);
  /// What calling `function` gives.
  const Value* Call(std::string_view function, Items arguments);
  /// An instance of `type` that is made without its constructor and has these
  /// attributes; a null one has none.
  const Value* Object(std::string_view type, const Value* attributes);
  /// A contiguous tensor at the begin of the storage `key`, without gradient.
  const Value* Tensor(DType dtype, const std::string& key,
                      const std::vector<std::int64_t>& shape);
  /// A tensor as a torch.nn.Parameter.
  const Value* Parameter(const Value* tensor);

 private:
  Value* New(Value::Kind kind);
  const Value* Numbers(const std::vector<std::int64_t>& numbers);

  std::deque<Value> values_;
  const Value* none_ = nullptr;
  std::map<std::string, const Value*, std::less<>> texts_;
  std::map<std::string, const Value*, std::less<>> globals_;
};

}  // namespace yolotorch::formats

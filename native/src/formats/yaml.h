// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string_view>

#include "formats/pickle.h"

namespace yolotorch::formats {

/// A model yaml, as the same data type as a checkpoint's yaml dict. Supports
/// the part of YAML 1.2 that such files use: block mappings and sequences, flow
/// mappings and sequences, plain and quoted scalars, comments. Owns its values.
class Yaml {
 public:
  /// `label` names the file in messages. Throws Error kCorruptModel naming the
  /// line of anything else.
  Yaml(std::string_view text, std::string_view label);
  Yaml(const Yaml&) = delete;
  Yaml& operator=(const Yaml&) = delete;

  [[nodiscard]] const Value& root() const { return *root_; }

 private:
  std::deque<Value> values_;
  const Value* root_ = nullptr;
};

}  // namespace yolotorch::formats

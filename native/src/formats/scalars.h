// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/pickle.h"

namespace yolotorch::formats {

/// The number that a value is: of Python, or a scalar of NumPy.
std::optional<double> NumberIn(const Value& value);

/// The text that Python's str() gives for a text, a number, a scalar of NumPy,
/// a switch, None or a path.
std::optional<std::string> TextIn(const Value& value);

/// The entries of a list, tuple or dict, or of a class of `collections` that
/// acts as one: for what acts as a dict, key, value, key, value ... Null for
/// anything else.
struct Entries {
  const std::vector<const Value*>* items = nullptr;
  bool are_pairs = false;
};
Entries EntriesIn(const Value& value);

/// What an object, a dict or a namespace has under a name; null when nothing.
const Value* MemberOf(const Value& value, std::string_view name);

}  // namespace yolotorch::formats

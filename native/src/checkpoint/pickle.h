// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yolotorch::checkpoint {

/// One value of a pickle, as inert data. A class instance is a record of its
/// class name, its constructor arguments and its state; nothing is ever
/// imported, constructed or called.
struct Value {
  enum class Kind : std::uint8_t {
    kNone,
    kBool,
    kInt,
    kFloat,
    kString,
    kList,
    kTuple,
    kDict,     ///< items: key, value, key, value ...
    kGlobal,   ///< text: "module.name"
    kObject,   ///< type, arguments, state
    kStorage,  ///< items: the persistent id's tuple
  };

  Kind kind = Kind::kNone;
  bool called = false;  ///< object: made by calling `type`, not by __new__
  std::int64_t integer = 0;
  double number = 0;
  std::string text;
  std::vector<const Value*> items;
  const Value* type = nullptr;
  const Value* arguments = nullptr;
  const Value* state = nullptr;

  [[nodiscard]] bool Is(Kind wanted) const { return kind == wanted; }
  /// Value under a text key of a dict; null when absent or not a dict.
  [[nodiscard]] const Value* Get(std::string_view key) const;
  /// "module.Class" of an object; empty for anything else.
  [[nodiscard]] std::string_view ClassName() const;
  /// The number in an int, bool or float, else `fallback`.
  [[nodiscard]] double NumberOr(double fallback) const;
  /// The text of a string, else `fallback`.
  [[nodiscard]] std::string TextOr(std::string_view fallback) const;
};

/// A pickle read by a restricted reader: the opcodes that torch.save writes
/// (protocol 2, and the few more of protocol 4), every length checked against
/// what is left, the memo bounded by the pickle's size. Owns its values.
class Pickle {
 public:
  /// `label` names the file in messages. Throws Error kCorruptModel for
  /// anything malformed and kUnsafeModel when the pickle would call a function
  /// outside of the modules that checkpoints are made of.
  Pickle(std::span<const std::uint8_t> bytes, std::string_view label);
  Pickle(const Pickle&) = delete;
  Pickle& operator=(const Pickle&) = delete;

  [[nodiscard]] const Value& root() const { return *root_; }

 private:
  std::deque<Value> values_;
  const Value* root_ = nullptr;
};

}  // namespace yolotorch::checkpoint

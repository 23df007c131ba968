// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace yolotorch::formats {

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
    kBytes,  ///< text: the bytes
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

/// The writer of a pickle, which decides what it may hold.
enum class PickleKind : std::uint8_t {
  /// torch.save: classes of the modules that checkpoints are made of.
  kCheckpoint,
  /// LibTorch's own writer: protocol 2, the archive's classes, tensors, lists.
  kTorchScript,
};

/// A pickle read by a restricted reader: the opcodes that its writer uses,
/// every length checked against the remaining bytes, the memo bounded by the
/// pickle's size, the number of values bounded, nesting at most 1,000 deep.
/// Owns its values.
class Pickle {
 public:
  /// `label` names the file in messages. Throws Error kCorruptModel for
  /// anything malformed and kUnsafeModel when the pickle names a function or
  /// class that its kind does not need, or exceeds a limit.
  Pickle(std::span<const std::uint8_t> bytes, std::string_view label,
         PickleKind kind = PickleKind::kCheckpoint);
  Pickle(const Pickle&) = delete;
  Pickle& operator=(const Pickle&) = delete;

  [[nodiscard]] const Value& root() const { return *root_; }
  /// All values in the order in which they were read.
  [[nodiscard]] const std::deque<Value>& values() const { return values_; }

 private:
  std::deque<Value> values_;
  const Value* root_ = nullptr;
};

}  // namespace yolotorch::formats

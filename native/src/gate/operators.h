// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace yolotorch::gate {

/// What an operator gives and does.
enum class Effect : std::uint8_t {
  kNew,         ///< a tensor of its own, or a truth
  kArithmetic,  ///< the same, or a number, of tensors and numbers alone
  kView,        ///< a tensor that may be part of an argument
  kViews,       ///< a list of such tensors
  kWrite,       ///< its first argument, changed
  kNumber,
  kSize,    ///< a number, or with one argument a list of numbers
  kType,    ///< the type of a tensor's elements
  kDevice,  ///< a device
  kScript,  ///< none: only in our own scripts, which grow lists
};

struct OperatorRule {
  std::string_view name;
  Effect effect = Effect::kNew;
  std::size_t max_arguments = 0;  ///< 0: whatever LibTorch takes
  std::size_t type_at = 0;  ///< argument that is a type; 0: none has no keyword
  std::size_t false_at = 0;     ///< argument that must be False; 0: none
  std::size_t positive_at = 0;  ///< argument that must be 1, 2 ...; 0: none
};

/// The rule of an operator that a YOLO network may use; null for others.
/// `space` is "aten", "prim" or another namespace.
const OperatorRule* RuleOf(std::string_view space, std::string_view name);

}  // namespace yolotorch::gate

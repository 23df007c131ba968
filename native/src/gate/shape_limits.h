// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "gate/lexer.h"

namespace yolotorch::gate {

/// Finds code that would exhaust LibTorch's recursive compiler.
class ShapeLimits {
 public:
  /// `fail` throws; its argument says what the code does, as in "nests ...".
  explicit ShapeLimits(std::function<void(const std::string&)> fail)
      : fail_(std::move(fail)) {}

  /// To be called for each token, with the one before it.
  void Check(const Token& before, const Token& now, std::size_t line_length);

  /// To be called with the number of brackets that are open.
  void CheckBrackets(std::size_t open) const;

 private:
  std::function<void(const std::string&)> fail_;
  std::size_t lines_ = 0;
  std::size_t elifs_ = 0;
  std::size_t signs_ = 0;      // in a row
  std::size_t operators_ = 0;  // of the statement
  std::size_t dots_ = 0;       // of the statement
};

}  // namespace yolotorch::gate

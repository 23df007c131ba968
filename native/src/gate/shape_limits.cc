// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/shape_limits.h"

#include <string_view>

namespace yolotorch::gate {
namespace {

using Kind = Token::Kind;

constexpr std::size_t kMaxNesting = 100;
constexpr std::size_t kMaxSigns = 100;
constexpr std::size_t kMaxOperators = 2'000;
constexpr std::size_t kMaxDots = 10'000;
constexpr std::size_t kMaxLine = 1 << 20;
constexpr std::size_t kMaxElifs = 200;
constexpr std::size_t kMaxLines = 20'000;  // yolo11x has some 5,000

}  // namespace

void ShapeLimits::Check(const Token& before, const Token& now,
                        std::size_t line_length) {
  if (line_length > kMaxLine) fail_("has a line of over 1 MiB");
  if (now.kind == Kind::kLine) {
    operators_ = dots_ = 0;
    // A value that is used once is emitted within what uses it, and so on.
    if (++lines_ > kMaxLines) {
      fail_("has more than " + std::to_string(kMaxLines) + " lines");
    }
    // LibTorch prints two spaces a level.
    if (now.indent > 2 * kMaxNesting) {
      fail_("nests blocks more than " + std::to_string(kMaxNesting) + " deep");
    }
    return;
  }
  const bool negates =
      now.Is("-") || now.Is("~") || now.Is("+") || now.IsWord("not");
  signs_ = negates ? signs_ + 1 : 0;
  if (signs_ > kMaxSigns) {
    fail_("has more than " + std::to_string(kMaxSigns) + " signs in a row");
  }
  if (now.Is(".")) ++dots_;
  // Each lies within the one before.
  if (now.IsWord("elif") && ++elifs_ > kMaxElifs) {
    fail_("has more than " + std::to_string(kMaxElifs) + " 'elif'");
  }
  const bool joins =
      (now.kind == Kind::kSign &&
       std::string_view("+-*/%<>=!&|^~").find(now.text) !=
           std::string_view::npos) ||
      (now.kind == Kind::kName &&
       (now.text == "and" || now.text == "or" || now.text == "if" ||
        now.text == "elif" || now.text == "is" || now.text == "in"));
  if (joins) ++operators_;
  // A chain of subscripts or calls is as deep as one of operators.
  if (before.kind == Kind::kSign && (now.Is("(") || now.Is("[")) &&
      (before.text == ")" || before.text == "]")) {
    ++operators_;
  }
  if (operators_ > kMaxOperators || dots_ > kMaxDots) {
    fail_("has a statement of absurd length");
  }
}

void ShapeLimits::CheckBrackets(std::size_t open) const {
  if (open > kMaxNesting) {
    fail_("nests brackets more than " + std::to_string(kMaxNesting) + " deep");
  }
}

}  // namespace yolotorch::gate

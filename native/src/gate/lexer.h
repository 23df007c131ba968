// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace yolotorch::gate {

struct Token {
  enum class Kind : std::uint8_t { kEnd, kName, kNumber, kText, kSign, kLine };

  Kind kind = Kind::kEnd;
  std::string_view text;   ///< of kText: without its quotes
  std::size_t indent = 0;  ///< of kLine: blanks before the line's first token

  [[nodiscard]] bool Is(std::string_view sign) const {
    return kind == Kind::kSign && text == sign;
  }
  [[nodiscard]] bool IsWord(std::string_view word) const {
    return kind == Kind::kName && text == word;
  }
};

/// Whether `text` could follow a dot.
bool IsName(std::string_view text);

/// Splits source code into tokens exactly as torch/csrc/jit/frontend/lexer.h
/// does: code could hide where the two differ. Signs are returned one character
/// at a time. Line ends within brackets and empty lines are skipped.
class Lexer {
 public:
  /// `fault` is called for what LibTorch's printer never writes: comments,
  /// decorators, continued lines, characters outside of ASCII.
  Lexer(std::string_view source,
        const std::function<void(const std::string&)>& fault)
      : source_(source), fault_(fault) {}

  Token Next();

  /// Length of the current line up to the last token.
  [[nodiscard]] std::size_t line_length() const { return at_ - line_; }

 private:
  [[nodiscard]] char At(std::size_t at) const {
    return at < source_.size() ? source_[at] : '\0';
  }
  void SkipBlanks();
  Token Line();
  Token Number();
  Token Text(char quote);

  std::string_view source_;
  const std::function<void(const std::string&)>& fault_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::size_t nesting_ = 0;
};

}  // namespace yolotorch::gate

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

/// Whether `text` could stand behind a dot.
bool IsName(std::string_view text);

/// Cuts source code into tokens just as torch/csrc/jit/frontend/lexer.h does;
/// wherever the two differ, code can hide. Signs are given one character at a
/// time. Within brackets lines do not end; empty lines are none.
class Lexer {
 public:
  /// `fault` is told of what LibTorch's printer of programs never writes:
  /// comments, decorators, continued lines, characters that are no ASCII.
  Lexer(std::string_view source,
        const std::function<void(const std::string&)>& fault)
      : source_(source), fault_(fault) {}

  Token Next();

  /// Length so far of the line of the token given last.
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

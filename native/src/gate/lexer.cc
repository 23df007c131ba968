// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/lexer.h"

#include <algorithm>

namespace yolotorch::gate {
namespace {

using Kind = Token::Kind;

// Not those of <cctype>, which a process's locale changes.
bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// What LibTorch skips between tokens.
bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

}  // namespace

bool IsName(std::string_view text) {
  return !text.empty() && IsNameStart(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsNameStart(c) || IsDigit(c); });
}

Token Lexer::Next() {
  SkipBlanks();
  while (nesting_ > 0 && At(at_) == '\n') {
    line_ = ++at_;
    SkipBlanks();
  }
  if (at_ >= source_.size()) return {};
  const char c = source_[at_];
  const std::size_t begin = at_;
  if (c == '\n') return Line();
  if (IsNameStart(c)) {
    while (IsNameStart(At(at_)) || IsDigit(At(at_))) ++at_;
    return {Kind::kName, source_.substr(begin, at_ - begin)};
  }
  if (source_.substr(at_).starts_with("...")) {
    fault_("'...'");
    at_ += 3;
    return {Kind::kSign, source_.substr(begin, 3)};
  }
  if (IsDigit(c) || (c == '.' && IsDigit(At(at_ + 1)))) return Number();
  if (c == '"' || c == '\'') return Text(c);
  ++at_;
  if (c == '(' || c == '[' || c == '{') ++nesting_;
  if ((c == ')' || c == ']' || c == '}') && nesting_ > 0) --nesting_;
  if (std::string_view("()[]{},:.=+-*/%<>!&|^~").find(c) ==
      std::string_view::npos) {
    fault_(c > ' ' && c <= '~' ? std::string("character '") + c + "'"
                               : "a character that is no ASCII");
  }
  return {Kind::kSign, source_.substr(begin, 1)};
}

void Lexer::SkipBlanks() {
  while (IsBlank(At(at_))) {
    if (At(at_) == '\v' || At(at_) == '\f') {
      fault_("a character that is no ASCII");
    }
    ++at_;
  }
}

Token Lexer::Line() {
  const std::size_t begin = at_;
  while (At(at_) == '\n') {
    line_ = ++at_;
    SkipBlanks();
  }
  return {Kind::kLine, source_.substr(begin, 1), at_ - line_};
}

// As strtod reads it, and the "j" of a complex number.
Token Lexer::Number() {
  const std::size_t begin = at_;
  const auto digits = [&] {
    while (IsDigit(At(at_))) ++at_;
  };
  digits();
  if (At(at_) == '.') {
    ++at_;
    digits();
  }
  if (At(at_) == 'e' || At(at_) == 'E') {
    const std::size_t sign = At(at_ + 1) == '-' || At(at_ + 1) == '+' ? 1 : 0;
    if (IsDigit(At(at_ + 1 + sign))) {
      at_ += 1 + sign;
      digits();
    }
  }
  if (At(at_) == 'j') ++at_;
  if (At(at_) == 'x' || At(at_) == 'X') fault_("a hexadecimal number");
  return {Kind::kNumber, source_.substr(begin, at_ - begin)};
}

// Up to the same quote or quotes; a backslash guards whatever follows.
Token Lexer::Text(char quote) {
  const bool is_long = At(at_ + 1) == quote && At(at_ + 2) == quote;
  const std::size_t quotes = is_long ? 3 : 1;
  if (is_long) fault_("a text of several lines");
  const std::size_t begin = at_ += quotes;
  const auto ends = [&] {
    return At(at_) == quote &&
           (!is_long || (At(at_ + 1) == quote && At(at_ + 2) == quote));
  };
  while (at_ < source_.size() && !ends()) {
    if (source_[at_] == '\\') ++at_;
    if (At(at_) == '\n') {
      fault_("a text of several lines");
      line_ = at_ + 1;
    }
    ++at_;
  }
  at_ = std::min(at_, source_.size());
  const std::string_view text = source_.substr(begin, at_ - begin);
  at_ = std::min(at_ + quotes, source_.size());
  return {Kind::kText, text};
}

}  // namespace yolotorch::gate

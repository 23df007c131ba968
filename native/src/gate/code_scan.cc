// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/code_scan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <vector>

#include "gate/operators.h"
#include "yolotorch/error.h"

namespace yolotorch::gate {
namespace {

constexpr std::size_t kMaxNesting = 100;
constexpr std::size_t kMaxSigns = 100;
constexpr std::size_t kMaxOperators = 2'000;
constexpr std::size_t kMaxDots = 10'000;
constexpr std::size_t kMaxLine = 1 << 20;

enum class Kind : std::uint8_t { kEnd, kName, kNumber, kText, kSign, kLine };

struct Token {
  Kind kind = Kind::kEnd;
  std::string_view text;  // of kText: without its quotes

  [[nodiscard]] bool Is(std::string_view sign) const {
    return kind == Kind::kSign && text == sign;
  }
};

bool IsNameStart(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool IsDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool IsName(std::string_view text) {
  return !text.empty() && IsNameStart(text[0]) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsNameStart(c) || IsDigit(c); });
}

// Words of the language that LibTorch's printer of programs writes.
bool IsKnownKeyword(std::string_view word) {
  constexpr std::array kWords = std::to_array<std::string_view>(
      {"False", "None", "True", "class", "def", "else", "for", "if", "in",
       "pass", "return", "while"});
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// Words that would change what the rest means.
bool IsForeignKeyword(std::string_view word) {
  constexpr std::array kWords = std::to_array<std::string_view>(
      {"and",      "as",     "assert", "async",  "await",  "break",
       "continue", "del",    "elif",   "except", "exec",   "from",
       "finally",  "global", "import", "is",     "lambda", "not",
       "or",       "print",  "raise",  "try",    "with",   "yield"});
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

class Lexer {
 public:
  Lexer(std::string_view source,
        const std::function<void(const std::string&)>& unknown)
      : source_(source), unknown_(unknown) {}

  // Spaces at the beginning of the line of the token given last.
  [[nodiscard]] std::size_t indentation() const { return indentation_; }
  [[nodiscard]] std::size_t line_length() const { return at_ - line_; }

  Token Next() {
    SkipBlanks();
    if (at_ >= source_.size()) return {};
    const char c = source_[at_];
    const std::size_t begin = at_;
    if (c == '\n') {
      ++at_;
      line_ = at_;
      while (at_ < source_.size() && source_[at_] == ' ') ++at_;
      indentation_ = at_ - line_;
      return {Kind::kLine, source_.substr(begin, 1)};
    }
    if (IsNameStart(c)) {
      while (at_ < source_.size() &&
             (IsNameStart(source_[at_]) || IsDigit(source_[at_]))) {
        ++at_;
      }
      return {Kind::kName, source_.substr(begin, at_ - begin)};
    }
    if (IsDigit(c) ||
        (c == '.' && at_ + 1 < source_.size() && IsDigit(source_[at_ + 1]))) {
      return Number();
    }
    if (c == '"' || c == '\'') return Text(c);
    ++at_;
    // Comments, decorators, backslashes and what is no ASCII: never printed.
    if (std::string_view("()[]{},:.=+-*/%<>!&|^~").find(c) ==
        std::string_view::npos) {
      unknown_(std::isprint(static_cast<unsigned char>(c)) != 0
                   ? std::string("character '") + c + "'"
                   : "a character that is no ASCII");
    }
    return {Kind::kSign, source_.substr(begin, 1)};
  }

 private:
  void SkipBlanks() {
    while (
        at_ < source_.size() &&
        (source_[at_] == ' ' || source_[at_] == '\t' || source_[at_] == '\r')) {
      ++at_;
    }
  }

  Token Number() {
    const std::size_t begin = at_;
    while (at_ < source_.size()) {
      const char c = source_[at_];
      const char before = source_[at_ - (at_ > begin ? 1 : 0)];
      const bool sign =
          (c == '-' || c == '+') && (before == 'e' || before == 'E');
      if (!sign && !IsDigit(c) && c != '.' && c != 'e' && c != 'E' &&
          c != 'j' && c != 'x') {
        break;
      }
      ++at_;
    }
    return {Kind::kNumber, source_.substr(begin, at_ - begin)};
  }

  // Up to the same quote, as LibTorch's lexer does; a backslash guards whatever
  // follows.
  Token Text(char quote) {
    const std::size_t begin = ++at_;
    if (source_.substr(at_).starts_with(std::string(2, quote))) {
      unknown_("a text of several lines");
    }
    while (at_ < source_.size() && source_[at_] != quote) {
      if (source_[at_] == '\\') ++at_;
      if (at_ < source_.size() && source_[at_] == '\n') {
        unknown_("a text of several lines");
      }
      ++at_;
    }
    at_ = std::min(at_, source_.size());
    const std::string_view text = source_.substr(begin, at_ - begin);
    if (at_ < source_.size()) ++at_;
    return {Kind::kText, text};
  }

  std::string_view source_;
  const std::function<void(const std::string&)>& unknown_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::size_t indentation_ = 0;
};

class Scanner {
 public:
  Scanner(std::string_view source, const std::string& file,
          const std::string& label, CodeFacts* facts)
      : file_(file),
        label_(label),
        facts_(*facts),
        unknown_([this](const std::string& what) { Unknown(what); }),
        lexer_(source, unknown_) {
    Shift();
    Shift();
  }

  void Run() {
    while (now_.kind != Kind::kEnd) {
      CheckShape();
      switch (now_.kind) {
        case Kind::kName:
          Name();
          break;
        case Kind::kText:
          if (!brackets_.empty() && brackets_.back() && IsName(now_.text)) {
            Unknown("attribute '" + std::string(now_.text) + "' by getattr");
          }
          Called(now_);
          break;
        case Kind::kSign:
          Sign();
          break;
        default:
          break;
      }
      Shift();
    }
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(Code::kUnsafeModel, "'" + label_ + "' " + what + " in '" +
                                        file_ + "': do not use this file.");
  }

  void Unknown(const std::string& what) {
    constexpr std::size_t kMost = 100;
    if (facts_.unknown.size() < kMost) facts_.unknown.insert(what);
  }

  void Shift() {
    before_ = now_;
    now_ = next_;
    next_ = lexer_.Next();
  }

  void CheckShape() {
    if (lexer_.line_length() > kMaxLine) Fail("has a line of over 1 MiB");
    if (now_.kind == Kind::kLine) {
      if (brackets_.empty()) operators_ = dots_ = 0;
      // LibTorch prints two spaces a level.
      if (lexer_.indentation() > 2 * kMaxNesting && brackets_.empty()) {
        Fail("nests blocks more than " + std::to_string(kMaxNesting) + " deep");
      }
      return;
    }
    const bool negates = now_.Is("-") || now_.Is("~") || now_.Is("+") ||
                         (now_.kind == Kind::kName && now_.text == "not");
    signs_ = negates ? signs_ + 1 : 0;
    if (signs_ > kMaxSigns) {
      Fail("has more than " + std::to_string(kMaxSigns) + " signs in a row");
    }
    if (now_.Is(".")) ++dots_;
    const bool joins =
        (now_.kind == Kind::kSign &&
         std::string_view("+-*/%<>=!&|^~").find(now_.text) !=
             std::string_view::npos) ||
        (now_.kind == Kind::kName &&
         (now_.text == "and" || now_.text == "or" || now_.text == "if" ||
          now_.text == "elif" || now_.text == "is" || now_.text == "in"));
    if (joins) ++operators_;
    // A chain of subscripts or calls is as deep as one of operators.
    if (before_.kind == Kind::kSign && (now_.Is("(") || now_.Is("[")) &&
        (before_.text == ")" || before_.text == "]")) {
      ++operators_;
    }
    if (operators_ > kMaxOperators || dots_ > kMaxDots) {
      Fail("has a statement of absurd length");
    }
  }

  void Sign() {
    const bool opens = now_.Is("(") || now_.Is("[") || now_.Is("{");
    if (opens) {
      brackets_.push_back(now_.Is("(") && before_.kind == Kind::kName &&
                          before_.text == "getattr");
      if (brackets_.size() > kMaxNesting) {
        Fail("nests brackets more than " + std::to_string(kMaxNesting) +
             " deep");
      }
    }
    if (now_.Is(")") || now_.Is("]") || now_.Is("}")) {
      if (brackets_.empty()) {
        throw Error(Code::kCorruptModel,
                    "'" + label_ + "' is damaged (the code of '" + file_ +
                        "' closes what it did not open): export the model "
                        "again.");
      }
      brackets_.pop_back();
      Called(now_);
    }
  }

  // Refuses to call what is no name: it could be any function at all.
  void Called(const Token& token) {
    if (next_.Is("(")) {
      Unknown("call of '" + std::string(token.text.substr(0, 40)) + "'");
    }
  }

  void Name() {
    const std::string name(now_.text);
    if (before_.Is(".")) {
      if (next_.Is("(") && !IsAllowedMethod(name)) {
        Unknown("method '" + name + "'");
      }
      return;
    }
    if (before_.kind == Kind::kName && before_.text == "def") {
      if (!IsAllowedMethod(name)) Unknown("method '" + name + "'");
      return;
    }
    if (before_.kind == Kind::kName && before_.text == "class") {
      Class(name);
      return;
    }
    if (name == "torch") {
      Operator("aten");
    } else if (name == "ops") {
      if (!Dot()) return;
      const std::string space(now_.text);
      Operator(space);
    } else if (name == "__torch__") {
      Path();
    } else if (name == "CONSTANTS") {
      Dot();
    } else if (IsForeignKeyword(name)) {
      Unknown("word '" + name + "'");
    } else if (next_.Is("(") && !IsKnownKeyword(name) && !IsAllowedCall(name)) {
      Unknown("function '" + name + "'");
    }
  }

  // Steps over ".NAME"; false, having noted it, where there is none.
  bool Dot() {
    if (!next_.Is(".")) {
      Unknown("'" + std::string(now_.text) + "' by itself");
      return false;
    }
    Shift();
    if (next_.kind != Kind::kName) return false;
    Shift();
    return true;
  }

  void Operator(const std::string& space) {
    if (!Dot()) return;
    const std::string name(now_.text);
    const std::string full = space + "::" + name;
    ++facts_.operators[full];
    if (!IsAllowedOperator(space, name)) Unknown("operator '" + full + "'");
    // A name of several parts is a function of some other kind.
    if (next_.Is(".")) Unknown("'" + full + "' with a part behind it");
    if (full == "aten::device" && next_.Is("(")) {
      Shift();
      Sign();
      if (next_.kind == Kind::kText) {
        facts_.devices.insert(std::string(next_.text));
      } else {
        Unknown("a device that is no text");
      }
    }
  }

  // The qualified name of a class of the archive.
  void Path() {
    std::string path = "__torch__";
    while (next_.Is(".")) {
      Shift();
      if (next_.kind != Kind::kName) break;
      Shift();
      path += "." + std::string(now_.text);
    }
    if (path.starts_with("__torch__.torch.classes")) {
      Unknown("class '" + path + "'");
    }
    if (next_.Is("(")) Unknown("call of '" + path + "'");
  }

  void Class(const std::string& name) {
    if (!next_.Is("(")) {
      Unknown("class '" + name + "' without a base");
      return;
    }
    Shift();
    Sign();
    if (next_.kind != Kind::kName || next_.text != "Module") {
      Unknown("class '" + name + "' that is no module");
    }
  }

  const std::string& file_;
  const std::string& label_;
  CodeFacts& facts_;
  std::function<void(const std::string&)> unknown_;
  Lexer lexer_;
  Token before_;
  Token now_;
  Token next_;
  // Of each open bracket: whether it holds the arguments of getattr.
  std::vector<bool> brackets_;
  std::size_t signs_ = 0;
  std::size_t operators_ = 0;
  std::size_t dots_ = 0;
};

}  // namespace

void ScanCode(std::string_view source, const std::string& file,
              const std::string& label, CodeFacts* facts) {
  Scanner(source, file, label, facts).Run();
}

}  // namespace yolotorch::gate

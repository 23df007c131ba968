// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/code_scan.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <vector>

#include "gate/class_statement.h"
#include "gate/lexer.h"
#include "gate/operators.h"
#include "gate/shape_limits.h"
#include "yolotorch/error.h"

namespace yolotorch::gate {
namespace {

constexpr std::size_t kMaxWord = 500;
constexpr std::size_t kMaxTokens = 400'000;  // of a file; yolo11x has 150,000
constexpr std::size_t kMaxType = 1'000;      // characters; also of class names
constexpr std::size_t kMaxStatement = 100'000;  // tokens of a class's own
constexpr std::size_t kMaxKinds = 10'000;       // of operators, and of classes
constexpr std::size_t kMaxAttributes = 250'000;

using Kind = Token::Kind;

// Whether LibTorch replaces declared attributes of the class: those of
// quantized modules become C++ objects.
bool IsRetyped(std::string_view name) {
  constexpr std::string_view kMangle = ".___torch_mangle_";
  std::string plain;
  while (!name.empty()) {
    if (!name.starts_with(kMangle)) {
      plain += name[0];
      name.remove_prefix(1);
      continue;
    }
    name.remove_prefix(kMangle.size());
    const std::size_t end = name.find_first_not_of("0123456789");
    name.remove_prefix(std::min(end, name.size()));
  }
  return plain.find("quantized") != std::string::npos ||
         plain.find("PackedParams") != std::string::npos;
}

class Scanner {
 public:
  Scanner(std::string_view source, const std::string& file,
          const std::string& label, CodeFacts* facts)
      : file_(file),
        label_(label),
        facts_(*facts),
        fault_([this](const std::string& what) { Fault(what); }),
        shape_([this](const std::string& what) { Fail(what); }),
        lexer_(source, fault_) {
    Shift();
    Shift();
  }

  void Run() {
    while (now_.kind != Kind::kEnd) {
      shape_.Check(before_, now_, lexer_.line_length());
      switch (now_.kind) {
        case Kind::kName:
          Name();
          break;
        case Kind::kSign:
          Sign();
          break;
        case Kind::kLine:
          Line();
          break;
        default:
          break;
      }
      Shift();
    }
    EndStatement();
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(Code::kUnsafeModel, "'" + label_ + "' " + what + " in '" +
                                        file_ + "': do not use this file.");
  }

  void Unknown(const std::string& what) { Note(what, &facts_.unknown); }

  void Fault(const std::string& what) { Note(what, &facts_.faults); }

  static void Note(const std::string& what, std::set<std::string>* noted) {
    constexpr std::size_t kMaxNoted = 100;
    constexpr std::size_t kLongest = 80;
    if (noted->size() >= kMaxNoted) return;
    std::string shown = what.substr(0, kLongest);
    for (char& c : shown) {
      if (c < ' ' || c > '~') c = '?';
    }
    noted->insert(shown);
  }

  void Shift() {
    before_ = now_;
    now_ = next_;
    next_ = lexer_.Next();
    if (++tokens_ > kMaxTokens) Fail("is of absurd length");
    if (now_.kind == Kind::kName && now_.text.size() > kMaxWord) {
      Fail("has a word of absurd length");
    }
    if (!collecting_) return;
    statement_.push_back(now_);
    if (statement_.size() > kMaxStatement) {
      Fail("has a statement of absurd length");
    }
  }

  void Sign() {
    if (now_.Is("(") || now_.Is("[") || now_.Is("{")) {
      // Everything within a cast belongs to it.
      casts_.push_back(before_.IsWord("unchecked_cast") ||
                       (!casts_.empty() && casts_.back()));
      shape_.CheckBrackets(casts_.size());
    }
    if (now_.Is(")") || now_.Is("]") || now_.Is("}")) {
      if (casts_.empty()) {
        throw Error(Code::kCorruptModel,
                    "'" + label_ + "' is damaged (the code of '" + file_ +
                        "' closes what it did not open): export the model "
                        "again.");
      }
      casts_.pop_back();
    }
  }

  void Name() {
    const std::string_view name = now_.text;
    if (before_.Is(".")) return;
    if (before_.IsWord("def")) {
      // LibTorch runs it while it loads.
      if (name == "__setstate__") Fault("method '__setstate__'");
    } else if (before_.IsWord("class")) {
      Class(std::string(name));
    } else if (name == "torch") {
      Operator("aten");
    } else if (name == "ops") {
      if (Dot()) Operator(std::string(now_.text));
    } else if (name == "__torch__") {
      Path();
    }
  }

  // A statement of a class's own begins where the first one did.
  void Line() {
    EndStatement();
    line_indent_ = now_.indent;
    if (heads_class_) {
      class_indent_ = now_.indent;
      heads_class_ = false;
    } else if (now_.indent < class_indent_) {
      class_ = nullptr;
    }
    collecting_ = class_ != nullptr && now_.indent == class_indent_ &&
                  !next_.IsWord("def");
  }

  void EndStatement() {
    if (!collecting_) return;
    collecting_ = false;
    std::vector<Token> tokens;
    tokens.swap(statement_);
    while (!tokens.empty() && (tokens.back().kind == Kind::kLine ||
                               tokens.back().kind == Kind::kEnd)) {
      tokens.pop_back();
    }
    if (tokens.empty()) return;
    if (heads_class_ ? IsClassHead(tokens) : Declare(tokens)) return;
    Fault("statement '" + std::string(tokens[0].text.substr(0, 40)) +
          "' of a class, as no printer writes it");
  }

  // Adds what the statement declares; false when it has none of the forms.
  bool Declare(std::span<const Token> tokens) {
    const auto declaration = ReadDeclaration(tokens);
    if (!declaration) return false;
    if (!declaration->hook.empty()) {
      Unknown("'" + std::string(declaration->hook) + "'");
    }
    if (!declaration->type.empty()) {
      AddAttribute(declaration->name, declaration->type);
    }
    return true;
  }

  void AddAttribute(std::string_view name, std::span<const Token> type) {
    std::string text;
    for (const Token& token : type) {
      text += token.text;
      if (text.size() > kMaxType) Fail("has a type of absurd length");
    }
    if (++attributes_ > kMaxAttributes) Fail("has absurdly many attributes");
    class_->attributes.emplace_back(name, std::move(text));
  }

  // Skips ".NAME"; notes a fault and returns false if there is none.
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
    const bool known = RuleOf(space, name) != nullptr;
    if (!known) Unknown("operator '" + full + "'");
    if (known || facts_.operators.size() < kMaxKinds) ++facts_.operators[full];
    if (full == "aten::device" && next_.Is("(")) {
      Shift();
      Sign();
      if (next_.kind == Kind::kText) {
        facts_.devices.insert(std::string(next_.text));
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
      if (path.size() > kMaxType) Fail("has a name of absurd length");
    }
    if (class_ != nullptr && path != class_name_ &&
        class_->refers.size() < kMaxKinds) {
      class_->refers.insert(path);
    }
    // A cast is not checked at run time: an object of another class has other
    // attributes.
    if (!casts_.empty() && casts_.back()) {
      Fault("cast to '" + path + "'");
    }
    if (path.starts_with("__torch__.torch.classes")) {
      Fault("class '" + path + "'");
    }
  }

  void Class(const std::string& name) {
    if (!next_.Is("(")) {
      Fault("class '" + name + "' without a base");
      return;
    }
    if (line_indent_ > 0) Fault("class '" + name + "' within another");
    collecting_ = true;
    statement_ = {now_};
    Shift();
    Sign();
    if (!next_.IsWord("Module")) {
      Fault("class '" + name + "' that is no module");
    }
    if (facts_.classes.size() > kMaxKinds) Fail("has absurdly many classes");
    class_name_ = PackageOf(file_) + "." + name;
    if (IsRetyped(class_name_)) Fault("class '" + class_name_ + "'");
    const auto [place, is_new] = facts_.classes.try_emplace(class_name_);
    if (!is_new) Fail("defines the class '" + name + "' twice");
    class_ = &place->second;
    heads_class_ = true;
  }

  const std::string& file_;
  const std::string& label_;
  CodeFacts& facts_;
  std::function<void(const std::string&)> fault_;
  ShapeLimits shape_;
  Lexer lexer_;
  Token before_;
  Token now_;
  Token next_;
  std::vector<bool> casts_;  // for each open bracket: whether it is in a cast
  std::string class_name_;
  CodeFacts::Class* class_ = nullptr;  // that the code is within
  bool heads_class_ = false;           // on the line that opens it
  std::size_t line_indent_ = 0;
  std::size_t class_indent_ = 0;  // of the class's own statements
  bool collecting_ = false;       // such a statement or the head, in statement_
  std::vector<Token> statement_;
  std::size_t attributes_ = 0;
  std::size_t tokens_ = 0;
};

}  // namespace

std::string PackageOf(std::string_view file) {
  if (file.starts_with("code/")) file.remove_prefix(5);
  if (file.ends_with(".py")) file.remove_suffix(3);
  std::string package(file);
  std::replace(package.begin(), package.end(), '/', '.');
  return package;
}

void ScanCode(std::string_view source, const std::string& file,
              const std::string& label, CodeFacts* facts) {
  Scanner(source, file, label, facts).Run();
}

}  // namespace yolotorch::gate

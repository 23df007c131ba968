// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/program.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "gate/lexer.h"

namespace yolotorch::gate {
namespace {

using Kind = Token::Kind;

constexpr std::size_t kShown = 40;

// Thrown by the reader of a method and caught by it.
struct NotPrinted {
  std::string what;
};

// A number below zero is one token here, its sign at its front.
std::string_view Joined(std::string_view sign, std::string_view number) {
  return {sign.data(), static_cast<std::size_t>(number.data() - sign.data()) +
                           number.size()};
}

class MethodReader {
 public:
  explicit MethodReader(const std::vector<Token>& tokens) : tokens_(tokens) {}

  // From behind "def NAME" up to the first line that is not of its body.
  // Returns where that begins; whatever the body holds.
  std::size_t Read(std::size_t at, std::size_t indent, Method* method) {
    std::size_t end = at;
    while (Now(end).kind != Kind::kEnd &&
           (Now(end).kind != Kind::kLine || Now(end).indent > indent)) {
      ++end;
    }
    at_ = at;
    end_ = end;
    try {
      Head(method);
      method->body = Block(indent);
      if (at_ != end_) Fail();
    } catch (const NotPrinted& fault) {
      method->fault = fault.what;
    }
    return end;
  }

 private:
  [[nodiscard]] const Token& Now(std::size_t at) const {
    return tokens_[std::min(at, tokens_.size() - 1)];
  }
  [[nodiscard]] const Token& Now() const {
    static const Token kNone;
    return at_ < end_ ? Now(at_) : kNone;
  }
  [[nodiscard]] const Token& Next() const {
    static const Token kNone;
    return at_ + 1 < end_ ? Now(at_ + 1) : kNone;
  }

  [[noreturn]] void Fail() const {
    const std::string shown(Now().text.substr(0, kShown));
    throw NotPrinted{Now().kind == Kind::kLine || Now().kind == Kind::kEnd
                         ? "a statement that ends too early"
                         : "'" + shown + "' where no network has it"};
  }

  void Take(std::string_view sign) {
    if (!Now().Is(sign)) Fail();
    ++at_;
  }
  bool TakeIf(std::string_view sign) {
    if (!Now().Is(sign)) return false;
    ++at_;
    return true;
  }
  std::string_view Name() {
    if (Now().kind != Kind::kName) Fail();
    return Now(at_++).text;
  }

  // A name that gets a value; one of the language would mean something else
  // then.
  std::string_view Target() {
    constexpr std::array kWords = std::to_array<std::string_view>(
        {"CONSTANTS", "False", "None", "True", "annotate", "bool", "float",
         "getattr", "int", "ops", "range", "torch", "unchecked_cast"});
    const std::string_view name = Name();
    if (std::find(kWords.begin(), kWords.end(), name) != kWords.end()) {
      throw NotPrinted{"'" + std::string(name) + "' is written"};
    }
    return name;
  }

  // "(self: __torch__.M, x: Tensor, conf: float=0.25) -> Tensor:"
  void Head(Method* method) {
    Take("(");
    while (!TakeIf(")")) {
      method->parameters.push_back(Target());
      method->types.push_back(TakeIf(":") ? Type() : "");
      if (TakeIf("=")) Value();
      if (!Now().Is(")")) Take(",");
    }
    if (TakeIf("-")) {
      Take(">");
      Type();
    }
    Take(":");
    if (method->parameters.empty()) Fail();
  }

  std::string Type() {
    std::string type;
    int depth = 0;
    while (Now().kind == Kind::kName || Now().Is(".") || Now().Is("[") ||
           (depth > 0 && (Now().Is("]") || Now().Is(",")))) {
      depth += Now().Is("[") ? 1 : Now().Is("]") ? -1 : 0;
      type += Now().text;
      ++at_;
    }
    if (type.empty()) Fail();
    return type;
  }

  // The statements of the lines that are more indented than `indent`, and of
  // the same indent.
  std::vector<Statement> Block(std::size_t indent) {
    std::vector<Statement> block;
    if (Now().kind != Kind::kLine || Now().indent <= indent) Fail();
    const std::size_t own = Now().indent;
    while (Now().kind == Kind::kLine && Now().indent == own) {
      ++at_;
      if (Now().kind == Kind::kEnd) break;
      block.push_back(Line(own));
      if (Now().kind != Kind::kLine && Now().kind != Kind::kEnd) Fail();
    }
    if (Now().kind == Kind::kLine && Now().indent > own) Fail();
    return block;
  }

  Statement Line(std::size_t indent) {
    Statement statement;
    const std::string_view word =
        Now().kind == Kind::kName ? Now().text : std::string_view();
    if (word == "pass") {
      ++at_;
      statement.kind = Statement::Kind::kPass;
    } else if (word == "return") {
      ++at_;
      statement.kind = Statement::Kind::kReturn;
      statement.value = Values();
    } else if (word == "if" || word == "while") {
      ++at_;
      statement.kind =
          word == "if" ? Statement::Kind::kIf : Statement::Kind::kWhile;
      statement.value = Value();
      Take(":");
      statement.body = Block(indent);
      if (word == "if" && Now().kind == Kind::kLine && Now().indent == indent &&
          Next().IsWord("else")) {
        at_ += 2;
        Take(":");
        statement.other = Block(indent);
      }
    } else if (word == "for") {
      ++at_;
      statement.kind = Statement::Kind::kFor;
      statement.targets.push_back(Target());
      if (!Now().IsWord("in")) Fail();
      ++at_;
      statement.value = Value();
      Take(":");
      statement.body = Block(indent);
    } else {
      Assignment(&statement);
    }
    return statement;
  }

  void Assignment(Statement* statement) {
    if (Now().kind == Kind::kName && (Next().Is("=") || Next().Is(","))) {
      while (!TakeIf("=")) {
        statement->targets.push_back(Target());
        if (!Now().Is("=")) Take(",");
      }
      statement->value = Values();
      return;
    }
    if (Now().kind == Kind::kName && Next().Is(":")) {
      statement->targets.push_back(Target());
      ++at_;
      Type();
      Take("=");
      statement->value = Value();
      return;
    }
    const std::size_t begin = at_;
    statement->value = Value();
    if (Now().Is("=")) {
      std::string place;
      for (std::size_t i = begin; i < at_ && place.size() < kShown; ++i) {
        place += Now(i).text;
      }
      throw NotPrinted{"'" + place + "' is written"};
    }
  }

  // One value, or several with commas between, which are a tuple.
  Expression Values() {
    Expression first = Value();
    if (!Now().Is(",")) return first;
    Expression tuple;
    tuple.kind = Expression::Kind::kTuple;
    tuple.parts.push_back(std::move(first));
    while (TakeIf(",")) {
      if (Now().kind == Kind::kLine || Now().kind == Kind::kEnd) break;
      tuple.parts.push_back(Value());
    }
    return tuple;
  }

  Expression Value() {
    Expression value = Simple();
    for (;;) {
      Expression outer;
      if (TakeIf(".")) {
        outer.text = Name();
        outer.kind = Now().Is("(") ? Expression::Kind::kCall
                                   : Expression::Kind::kAttribute;
        outer.parts.push_back(std::move(value));
        outer.keywords.emplace_back();
        if (Now().Is("(")) Arguments(&outer);
      } else if (TakeIf("[")) {
        outer.kind = Expression::Kind::kElement;
        outer.text = Number();
        Take("]");
        outer.parts.push_back(std::move(value));
      } else {
        return value;
      }
      value = std::move(outer);
    }
  }

  std::string_view Number() {
    const std::string_view sign =
        Now().Is("-") ? Now().text : std::string_view();
    if (!sign.empty()) ++at_;
    if (Now().kind != Kind::kNumber) Fail();
    const std::string_view digits = Now(at_++).text;
    return sign.empty() ? digits : Joined(sign, digits);
  }

  Expression Simple() {
    Expression value;
    if (Now().kind == Kind::kNumber || Now().Is("-")) {
      value.kind = Expression::Kind::kNumber;
      value.text = Number();
    } else if (Now().kind == Kind::kText) {
      value.kind = Expression::Kind::kText;
      value.text = Now(at_++).text;
    } else if (TakeIf("[")) {
      value.kind = Expression::Kind::kList;
      Elements("]", &value);
    } else if (TakeIf("(")) {
      const bool comma = Elements(")", &value);
      if (value.parts.size() == 1 && !comma) {
        return Expression(std::move(value.parts[0]));
      }
      value.kind = Expression::Kind::kTuple;
    } else {
      Named(&value);
    }
    return value;
  }

  // Up to `end`; whether the last one has a comma behind it.
  bool Elements(std::string_view end, Expression* value) {
    bool comma = false;
    while (!TakeIf(end)) {
      value->parts.push_back(Value());
      comma = TakeIf(",");
      if (!comma && !Now().Is(end)) Fail();
    }
    return comma;
  }

  void Arguments(Expression* call) {
    Take("(");
    while (!TakeIf(")")) {
      const bool keyword = Now().kind == Kind::kName && Next().Is("=");
      call->keywords.push_back(keyword ? Name() : std::string_view());
      if (keyword) Take("=");
      call->parts.push_back(Value());
      if (!Now().Is(")")) Take(",");
    }
  }

  void Named(Expression* value) {
    const std::string_view name = Name();
    value->text = name;
    if (name == "True" || name == "False" || name == "None") {
      value->kind = Expression::Kind::kWord;
    } else if (name == "CONSTANTS") {
      Take(".");
      value->kind = Expression::Kind::kConstant;
      value->text = Name();
    } else if (name == "torch" || name == "ops") {
      Take(".");
      value->kind = Expression::Kind::kOperator;
      value->space = "aten";
      value->text = Name();
      if (name == "ops") {
        Take(".");
        value->space = value->text;
        value->text = Name();
      }
      Arguments(value);
    } else if (name == "annotate" || name == "unchecked_cast") {
      Take("(");
      value->kind = Expression::Kind::kTyped;
      const std::size_t begin = at_;
      Type();
      value->text = Joined(Now(begin).text, Now(at_ - 1).text);
      Take(",");
      value->parts.push_back(Value());
      Take(")");
    } else if (name == "getattr") {
      Take("(");
      value->kind = Expression::Kind::kAttribute;
      value->parts.push_back(Value());
      Take(",");
      if (Now().kind != Kind::kText) Fail();
      value->text = Now(at_++).text;
      Take(")");
    } else if (Now().Is("(")) {
      constexpr std::array kCasts =
          std::to_array<std::string_view>({"bool", "float", "int", "range"});
      if (std::find(kCasts.begin(), kCasts.end(), name) == kCasts.end()) {
        throw NotPrinted{"'" + std::string(name.substr(0, kShown)) +
                         "' is called"};
      }
      Take("(");
      value->kind = Expression::Kind::kCast;
      value->parts.push_back(Value());
      Take(")");
    }
  }

  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

void ReadProgram(std::string_view source, const std::string& package,
                 Program* program) {
  // What no printer writes was noted by ScanCode.
  const std::function<void(const std::string&)> ignore =
      [](const std::string& /*what*/) {};
  Lexer lexer(source, ignore);
  std::vector<Token> tokens;
  do {
    tokens.push_back(lexer.Next());
  } while (tokens.back().kind != Kind::kEnd);

  MethodReader reader(tokens);
  std::map<std::string, Method>* methods = nullptr;
  std::size_t indent = 0;
  for (std::size_t i = 0; i + 1 < tokens.size();) {
    const Token& token = tokens[i];
    const bool begins = i == 0 || tokens[i - 1].kind == Kind::kLine;
    ++i;
    if (token.kind == Kind::kLine) {
      indent = token.indent;
    } else if (token.IsWord("class") && begins && indent == 0) {
      methods = &(*program)[package + "." + std::string(tokens[i].text)];
    } else if (begins && (indent == 0 || methods == nullptr)) {
      (*program)[package][""].fault =
          "'" + std::string(token.text.substr(0, kShown)) +
          "' outside of classes";
    } else if (token.IsWord("def") && begins) {
      Method method;
      const std::string name(tokens[i].text);
      i = reader.Read(i + 1, indent, &method);
      const auto [place, is_new] = methods->emplace(name, std::move(method));
      if (!is_new) place->second.fault = "'" + name + "' is defined twice";
    }
  }
}

}  // namespace yolotorch::gate

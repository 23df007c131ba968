// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/straight_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "formats/pickle_rules.h"
#include "gate/operator_call.h"
#include "gate/own_scripts.h"

namespace yolotorch::gate {
namespace {

constexpr std::size_t kMaxCodeSteps = 30'000;  // yolo11x has some 4,000
constexpr std::size_t kMaxParts = 10'000;
constexpr int kMaxCalls = 30;  // one within the other; networks have some 10
constexpr std::int64_t kMaxNumber = std::int64_t{1} << 31;
constexpr std::int64_t kEndOfSlice = INT64_MAX;

class Runner {
 public:
  Runner(const Program& program,
         const std::map<std::string, CodeFacts::Class>& classes)
      : program_(program), classes_(classes) {}

  void Run(std::string_view root) {
    if (const Method* forward = Find(root, "forward")) {
      CallFresh(root, "forward", *forward, true);
    }
    // LibTorch compiles the others too; what calls them is not known.
    for (const auto& [type, methods] : program_) {
      for (const auto& [name, method] : methods) {
        if (seen_.count(&method) == 0) {
          CallFresh(type, name, method, false);
        }
      }
    }
  }

 private:
  using Variables = std::map<std::string_view, Fact>;

  // Of a call.
  struct Frame {
    const Method& method;
    std::string place;
    std::map<const Statement*, std::string> texts;
    Fact result;
  };

  [[nodiscard]] const Method* Find(std::string_view type,
                                   std::string_view name) const {
    const auto methods = program_.find(std::string(type));
    if (methods == program_.end()) return nullptr;
    const auto method = methods->second.find(std::string(name));
    return method == methods->second.end() ? nullptr : &method->second;
  }

  // A value of a declared type, from outside of the program.
  [[nodiscard]] static Fact Declared(std::string_view type) {
    const std::string_view whole = type;
    Fact fact;
    fact.shared = true;
    bool mixed = false;
    for (;;) {
      const std::size_t open = type.find('[');
      if (open == std::string_view::npos) break;
      const std::string_view outer = type.substr(0, open);
      if (outer != "Optional") ++fact.lists;
      mixed = mixed || (outer != "Optional" && outer != "List");
      type.remove_prefix(open + 1);
    }
    fact.parts += whole.size();
    const std::string_view name = type.substr(0, type.find_first_of(",]"));
    if (mixed && whole.find("str") == std::string_view::npos) {
      fact.kind = Fact::Kind::kMixed;
    } else if (name.starts_with("__torch__.") && !mixed) {
      fact.kind = Fact::Kind::kModule;
      fact.type = name;
    } else if (name == "Tensor" && !mixed) {
      fact.kind = Fact::Kind::kTensor;
    } else if ((name == "int" || name == "float" || name == "bool" ||
                name == "number") &&
               !mixed) {
      fact.kind = Fact::Kind::kNumber;
    } else if (name == "str" && !mixed) {
      fact.kind = Fact::Kind::kText;
    } else if (name == "NoneType" && !mixed) {
      fact.kind = Fact::Kind::kNone;
    } else if (name == "Device" && !mixed) {
      fact.kind = Fact::Kind::kDevice;
    } else {
      FailProgram("a value of type " + std::string(whole.substr(0, 60)));
    }
    return fact;
  }

  void CallFresh(std::string_view type, std::string_view name,
                 const Method& method, bool shared) {
    std::vector<Fact> arguments;
    for (const std::string& declared : method.types) {
      arguments.push_back(Declared(declared));
      arguments.back().shared = shared;
    }
    if (!arguments.empty()) {
      arguments[0].kind = Fact::Kind::kModule;
      arguments[0].type = type;
    }
    Call(name, method, std::move(arguments));
  }

  void Step() {
    if (++steps_ > kMaxCodeSteps) {
      FailProgram("more than " + std::to_string(kMaxCodeSteps) + " steps");
    }
  }

  // A method of a script is no part of it.
  Fact Call(std::string_view name, const Method& method,
            std::vector<Fact> arguments) {
    const bool was_in_script = std::exchange(in_script_, false);
    const Fact result = Run(name, method, std::move(arguments));
    in_script_ = was_in_script;
    return result;
  }

  Fact Run(std::string_view name, const Method& method,
           std::vector<Fact> arguments) {
    Step();
    if (depth_ == kMaxCalls) {
      FailProgram("calls within calls, more than " + std::to_string(kMaxCalls) +
                  " deep");
    }
    seen_.insert(&method);
    const std::string place =
        name.empty() ? "" : " in '" + std::string(name) + "'";
    if (!method.fault.empty()) FailProgram(method.fault + place);
    Variables variables;
    for (std::size_t i = 0; i < method.parameters.size(); ++i) {
      variables[method.parameters[i]] =
          i < arguments.size() ? arguments[i] : Fact{Fact::Kind::kNumber};
    }
    ++depth_;
    Frame frame{method, place, {}, {Fact::Kind::kNone}};
    Block(method.body, &variables, &frame);
    --depth_;
    return frame.result;
  }

  void Block(const std::vector<Statement>& block, Variables* variables,
             Frame* frame) {
    for (const Statement& statement : block) {
      if (statement.kind == Statement::Kind::kPass) continue;
      if (statement.kind > Statement::Kind::kReturn) {
        Branch(statement, variables, frame);
        continue;
      }
      const Fact value = Value(statement.value, *variables);
      if (statement.kind == Statement::Kind::kReturn) {
        frame->result = Either(frame->result, value);
      }
      Assign(statement.targets, value, variables);
    }
  }

  // A loop or condition of our own scripts: whatever it does may have been done
  // once, several times or never.
  void Branch(const Statement& statement, Variables* variables, Frame* frame) {
    const bool outermost = !in_script_;
    if (outermost && !IsOwn(statement, frame)) {
      FailProgram(
          (statement.kind == Statement::Kind::kIf ? "a condition" : "a loop") +
          frame->place);
    }
    in_script_ = true;
    Value(statement.value, *variables);
    if (statement.kind == Statement::Kind::kFor) {
      Assign(statement.targets, Fact{Fact::Kind::kNumber}, variables);
    }
    const int turns = statement.kind == Statement::Kind::kIf ? 1 : 2;
    for (int turn = 0; turn < turns; ++turn) {
      Variables one = *variables;
      Variables other = *variables;
      Block(statement.body, &one, frame);
      Block(statement.other, &other, frame);
      for (const auto& [name, fact] : one) Join(name, fact, variables);
      for (const auto& [name, fact] : other) Join(name, fact, variables);
    }
    in_script_ = !outermost;
  }

  static void Join(std::string_view name, const Fact& fact,
                   Variables* variables) {
    const auto [place, is_new] = variables->try_emplace(name, fact);
    if (!is_new) place->second = Either(place->second, fact);
  }

  // What holds for both.
  static Fact Either(const Fact& a, const Fact& b) {
    Fact both =
        b.kind == Fact::Kind::kTensor || a.kind == Fact::Kind::kNone ? b : a;
    both.lists = std::max(a.lists, b.lists);
    both.shared = a.shared || b.shared;
    both.parts = std::max(a.parts, b.parts);
    return both;
  }

  bool IsOwn(const Statement& statement, Frame* frame) {
    auto& texts = frame->texts;
    if (texts.empty()) texts = CanonicalBlocks(frame->method);
    const auto [place, is_new] = own_.try_emplace(&statement, false);
    if (is_new) place->second = IsOwnScript(texts.at(&statement));
    return place->second;
  }

  static void Assign(const std::vector<std::string_view>& targets,
                     const Fact& value, Variables* variables) {
    if (targets.size() == 1) {
      (*variables)[targets[0]] = value;
      return;
    }
    for (const std::string_view target : targets) {
      Fact part = value;
      part.lists = std::max(0, value.lists - 1);
      (*variables)[target] = part;
    }
  }

  Fact Value(const Expression& value, const Variables& variables) {
    switch (value.kind) {
      case Expression::Kind::kName: {
        const auto found = variables.find(value.text);
        if (found == variables.end())
          FailProgram("'" + ShownText(value) + "' is unknown");
        return found->second;
      }
      case Expression::Kind::kNumber:
        return Number(value.text);
      case Expression::Kind::kText:
        return Fact{Fact::Kind::kText};
      case Expression::Kind::kWord:
        return Fact{value.text == "None" ? Fact::Kind::kNone
                                         : Fact::Kind::kNumber};
      case Expression::Kind::kConstant: {
        Fact constant;
        constant.shared = true;
        return constant;
      }
      case Expression::Kind::kAttribute:
        return Attribute(value, variables);
      case Expression::Kind::kElement: {
        Fact element = Value(value.parts[0], variables);
        element.lists = std::max(0, element.lists - 1);
        return element;
      }
      case Expression::Kind::kList:
      case Expression::Kind::kTuple:
        return Sequence(value, variables);
      case Expression::Kind::kTyped:
        return Value(value.parts[0], variables);
      case Expression::Kind::kCast:
        Value(value.parts[0], variables);
        return Fact{Fact::Kind::kNumber};
      case Expression::Kind::kOperator:
        return Operator(value, variables);
      case Expression::Kind::kCall:
        break;
    }
    return CallOf(value, variables);
  }

  static Fact Number(std::string_view text) {
    // Blanks and ends of lines may follow the sign.
    const bool is_negative = text[0] == '-';
    const std::size_t begin = text.find_first_of("0123456789.");
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] =
        std::from_chars(text.data() + begin, end, number);
    const bool whole = stop == end;
    if (whole && (error != std::errc() || number > kMaxNumber) &&
        (is_negative || number != kEndOfSlice)) {
      FailProgram("the number " + std::string(text.substr(0, 25)));
    }
    return Fact{Fact::Kind::kNumber};
  }

  Fact Attribute(const Expression& value, const Variables& variables) {
    const Fact object = Value(value.parts[0], variables);
    const auto found = classes_.find(std::string(object.type));
    if (object.kind == Fact::Kind::kModule && object.lists == 0 &&
        found != classes_.end()) {
      for (const auto& [name, type] : found->second.attributes) {
        if (name == value.text) return Declared(type);
      }
    }
    FailProgram("'" + ShownText(value) + "' of what has none");
  }

  Fact Sequence(const Expression& value, const Variables& variables) {
    Fact all{Fact::Kind::kNumber};
    all.lists = 1;
    for (std::size_t i = 0; i < value.parts.size(); ++i) {
      const Fact part = Value(value.parts[i], variables);
      if (i == 0) all.kind = part.kind;
      if (part.kind != all.kind) {
        if (part.kind == Fact::Kind::kText || all.kind == Fact::Kind::kText) {
          FailProgram("a list of texts and others");
        }
        all.kind = Fact::Kind::kMixed;
      }
      if (part.kind == Fact::Kind::kModule) FailProgram("a list of modules");
      all.shared = all.shared || part.shared;
      all.lists = std::max(all.lists, part.lists + 1);
      all.parts += part.parts;
      if (all.parts > kMaxParts) {
        FailProgram("a value of more than " + std::to_string(kMaxParts) +
                    " parts");
      }
    }
    return all;
  }

  Fact CallOf(const Expression& value, const Variables& variables) {
    std::vector<Fact> arguments;
    for (const Expression& part : value.parts) {
      arguments.push_back(Value(part, variables));
    }
    const bool keywords =
        std::any_of(value.keywords.begin(), value.keywords.end(),
                    [](std::string_view name) { return !name.empty(); });
    const Fact& object = arguments[0];
    const Method* method =
        object.kind == Fact::Kind::kModule && object.lists == 0
            ? Find(object.type, value.text)
            : nullptr;
    if (method == nullptr || keywords ||
        arguments.size() > method->parameters.size()) {
      FailProgram("a call of '" + ShownText(value) + "'");
    }
    return Call(value.text, *method, std::move(arguments));
  }

  Fact Operator(const Expression& value, const Variables& variables) {
    Step();
    std::vector<Fact> arguments;
    for (const Expression& part : value.parts) {
      arguments.push_back(Value(part, variables));
    }
    return ResultOf(value, arguments, in_script_);
  }

  const Program& program_;
  const std::map<std::string, CodeFacts::Class>& classes_;
  std::set<const Method*> seen_;
  std::map<const Statement*, bool> own_;
  bool in_script_ = false;
  std::size_t steps_ = 0;
  int depth_ = 0;
};

}  // namespace

std::string FaultOfProgram(
    const Program& program,
    const std::map<std::string, CodeFacts::Class>& classes,
    std::string_view root) {
  try {
    Runner(program, classes).Run(root);
  } catch (const ProgramFault& fault) {
    // Texts and expressions of several lines are parts of the source.
    return formats::Shown(fault.what);
  }
  return "";
}

}  // namespace yolotorch::gate

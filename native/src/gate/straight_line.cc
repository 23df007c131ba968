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

#include "gate/operators.h"
#include "gate/own_scripts.h"

namespace yolotorch::gate {
namespace {

constexpr std::size_t kMaxSteps = 30'000;  // yolo11x has some 4,000
constexpr std::size_t kMaxParts = 10'000;
constexpr int kMaxCalls = 30;  // one within the other; networks have some 10
constexpr std::int64_t kMaxNumber = std::int64_t{1} << 31;
constexpr std::int64_t kEndOfSlice = INT64_MAX;

// What is known of a value before the program runs.
struct Fact {
  enum class Kind : std::uint8_t {
    kTensor,
    kNumber,
    kText,
    kNone,
    kType,  // of a tensor: what ops.prim.dtype gives
    kDevice,
    kModule,
  };

  Kind kind = Kind::kTensor;  // of a list's elements as well
  int lists = 0;              // around it
  bool shared = false;        // other predictions, or the caller, see it too
  std::size_t parts = 1;
  std::string_view type;  // of a module
};

// Thrown and caught here.
struct NoStraightLine {
  std::string what;
};

[[noreturn]] void Fail(const std::string& what) { throw NoStraightLine{what}; }

// What LibTorch prints for a type of numbers that networks have: uint8, int8
// to int64, float16, float32, float64, bool and bfloat16.
bool IsElementType(std::string_view number) {
  constexpr std::array kTypes = std::to_array<std::string_view>(
      {"0", "1", "2", "3", "4", "5", "6", "7", "11", "15"});
  return std::find(kTypes.begin(), kTypes.end(), number) != kTypes.end();
}

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
    Fact fact;
    fact.shared = true;
    for (;;) {
      const std::size_t open = type.find('[');
      if (open == std::string_view::npos) break;
      if (type.substr(0, open) != "Optional") ++fact.lists;
      fact.parts += type.size();
      type.remove_prefix(open + 1);
    }
    const std::string_view name = type.substr(0, type.find_first_of(",]"));
    if (name.starts_with("__torch__.")) {
      fact.kind = Fact::Kind::kModule;
      fact.type = name;
    } else if (name == "int" || name == "float" || name == "bool" ||
               name == "number") {
      fact.kind = Fact::Kind::kNumber;
    } else if (name == "str") {
      fact.kind = Fact::Kind::kText;
    } else if (name == "NoneType") {
      fact.kind = Fact::Kind::kNone;
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
    if (++steps_ > kMaxSteps) {
      Fail("more than " + std::to_string(kMaxSteps) + " steps");
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
      Fail("calls within calls, more than " + std::to_string(kMaxCalls) +
           " deep");
    }
    seen_.insert(&method);
    const std::string place =
        name.empty() ? "" : " in '" + std::string(name) + "'";
    if (!method.fault.empty()) Fail(method.fault + place);
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
      Fail((statement.kind == Statement::Kind::kIf ? "a condition" : "a loop") +
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
        if (found == variables.end()) Fail("'" + Text(value) + "' is unknown");
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

  static std::string Text(const Expression& value) {
    constexpr std::size_t kShown = 40;
    return std::string(value.text.substr(0, kShown));
  }

  static Fact Number(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    const bool whole = stop == end;
    if (whole &&
        (error != std::errc() || number > kMaxNumber || number < -kMaxNumber) &&
        number != kEndOfSlice) {
      Fail("the number " + std::string(text.substr(0, 25)));
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
    Fail("'" + Text(value) + "' of what has none");
  }

  Fact Sequence(const Expression& value, const Variables& variables) {
    Fact all{Fact::Kind::kNumber};
    all.lists = 1;
    for (std::size_t i = 0; i < value.parts.size(); ++i) {
      const Fact part = Value(value.parts[i], variables);
      // Of different kinds: as what may do most harm.
      if (i == 0 || part.kind == Fact::Kind::kTensor ||
          part.kind == Fact::Kind::kText) {
        all.kind = part.kind;
      }
      if (part.kind == Fact::Kind::kModule) Fail("a list of modules");
      all.shared = all.shared || part.shared;
      all.lists = std::max(all.lists, part.lists + 1);
      all.parts += part.parts;
      if (all.parts > kMaxParts) {
        Fail("a value of more than " + std::to_string(kMaxParts) + " parts");
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
      Fail("a call of '" + Text(value) + "'");
    }
    return Call(value.text, *method, std::move(arguments));
  }

  Fact Operator(const Expression& value, const Variables& variables) {
    Step();
    const OperatorRule* rule = RuleOf(value.space, value.text);
    const std::string name = "'" + Text(value) + "'";
    if (rule == nullptr || (rule->effect == Effect::kScript && !in_script_)) {
      Fail("the operator " + name);
    }
    std::vector<Fact> arguments;
    bool shared = false;
    for (std::size_t i = 0; i < value.parts.size(); ++i) {
      arguments.push_back(Value(value.parts[i], variables));
      shared = shared || arguments[i].shared;
      CheckKeyword(value.keywords[i], value.parts[i], arguments[i], name);
      if (arguments[i].kind == Fact::Kind::kModule) Fail("a module in " + name);
    }
    if (rule->max_arguments != 0 && arguments.size() > rule->max_arguments) {
      Fail(name + " with " + std::to_string(arguments.size()) + " arguments");
    }
    CheckTypes(*rule, value, arguments, name);
    // Training mode would write into weights, or draw lots.
    if (rule->false_at != 0 && (value.parts.size() <= rule->false_at ||
                                value.parts[rule->false_at].text != "False")) {
      Fail(name + " in training mode");
    }
    if (rule->positive_at != 0 && !IsPositive(value, rule->positive_at)) {
      Fail(name + " by what is no whole number above 0");
    }
    Fact result;
    switch (rule->effect) {
      case Effect::kArithmetic:
        for (const Fact& argument : arguments) {
          if (argument.lists > 0 ||
              (argument.kind == Fact::Kind::kText && !in_script_)) {
            Fail(name + " of a list or text");
          }
        }
        [[fallthrough]];
      case Effect::kNew:
        result.kind = AllNumbers(arguments) && rule->effect != Effect::kNew
                          ? Fact::Kind::kNumber
                          : Fact::Kind::kTensor;
        break;
      case Effect::kView:
        result.shared = shared;
        break;
      case Effect::kViews:
        result.shared = shared;
        result.lists = 1;
        break;
      case Effect::kWrite:
        if (arguments.empty() || arguments[0].shared ||
            arguments[0].lists > 0) {
          Fail(name + " writes into what is not its own");
        }
        for (const Fact& argument : arguments) {
          if (argument.kind == Fact::Kind::kText) Fail(name + " of a text");
        }
        break;
      case Effect::kNumber:
        result.kind = Fact::Kind::kNumber;
        break;
      case Effect::kType:
        result.kind = Fact::Kind::kType;
        break;
      case Effect::kDevice:
        result.kind = Fact::Kind::kDevice;
        break;
      case Effect::kSize:
        result.kind = Fact::Kind::kNumber;
        result.lists = arguments.size() == 1 ? 1 : 0;
        break;
      case Effect::kScript:
        if (value.text == "format") result.kind = Fact::Kind::kText;
        break;
    }
    return result;
  }

  static bool IsPositive(const Expression& value, std::size_t at) {
    if (at >= value.parts.size()) return false;
    const Expression& part = value.parts[at];
    return part.kind == Expression::Kind::kNumber && part.text[0] >= '1' &&
           part.text[0] <= '9' &&
           part.text.find_first_not_of("0123456789") == std::string_view::npos;
  }

  static bool AllNumbers(const std::vector<Fact>& arguments) {
    return std::all_of(
        arguments.begin(), arguments.end(), [](const Fact& argument) {
          return argument.kind == Fact::Kind::kNumber && argument.lists == 0;
        });
  }

  static bool IsType(const Expression& value, const Fact& fact) {
    return fact.kind == Fact::Kind::kType ||
           (value.kind == Expression::Kind::kNumber &&
            IsElementType(value.text));
  }

  static void CheckKeyword(std::string_view keyword, const Expression& value,
                           const Fact& fact, const std::string& name) {
    if (keyword.empty() || fact.kind == Fact::Kind::kNone) return;
    const bool number = value.kind == Expression::Kind::kNumber;
    const bool fits =
        keyword == "dtype"    ? IsType(value, fact)
        : keyword == "layout" ? number && value.text == "0"
        : keyword == "memory_format"
            ? number && value.text.size() == 1 && value.text[0] <= '2'
        : keyword == "pin_memory" ? value.text == "False"
        : keyword == "device"     ? fact.kind == Fact::Kind::kDevice
                              // One that is written, such as out.
                              : fact.kind != Fact::Kind::kTensor;
    if (!fits) Fail(std::string(keyword) + "=" + Text(value) + " of " + name);
  }

  // Types that have no keyword.
  static void CheckTypes(const OperatorRule& rule, const Expression& value,
                         const std::vector<Fact>& arguments,
                         const std::string& name) {
    if (rule.type_at == 0) return;
    std::size_t at = rule.type_at;
    // torch.to(x, device, type, ...), torch.to(x, like, ...).
    if (value.text == "to" && arguments.size() > 1) {
      if (!value.keywords[1].empty()) return;
      if (arguments[1].kind == Fact::Kind::kDevice) {
        at = 2;
      } else if (arguments[1].kind == Fact::Kind::kTensor) {
        return;
      }
    }
    if (at >= arguments.size() || !value.keywords[at].empty()) return;
    const bool none =
        value.text != "to" && arguments[at].kind == Fact::Kind::kNone;
    if (!none && !IsType(value.parts[at], arguments[at])) {
      Fail(name + " to the type " + Text(value.parts[at]));
    }
    // A memory format behind it is a number, and so are two flags.
    for (std::size_t i = at + 1; i < arguments.size(); ++i) {
      const Expression& part = value.parts[i];
      if (part.kind == Expression::Kind::kNumber &&
          (part.text.size() > 1 || part.text[0] > '2')) {
        Fail(name + " with the memory format " + Text(part));
      }
    }
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
  } catch (const NoStraightLine& fault) {
    return fault.what;
  }
  return "";
}

}  // namespace yolotorch::gate

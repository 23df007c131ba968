// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/operator_call.h"

#include <algorithm>
#include <array>

#include "gate/operators.h"

namespace yolotorch::gate {
namespace {

// What LibTorch prints for a type of numbers that networks have: uint8, int8
// to int64, float16, float32, float64, bool and bfloat16.
bool IsElementType(std::string_view number) {
  constexpr std::array kTypes = std::to_array<std::string_view>(
      {"0", "1", "2", "3", "4", "5", "6", "7", "11", "15"});
  return std::find(kTypes.begin(), kTypes.end(), number) != kTypes.end();
}

bool IsPositive(const Expression& value) {
  return value.kind == Expression::Kind::kNumber && value.text[0] >= '1' &&
         value.text[0] <= '9' &&
         value.text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsFalse(const Expression& value) {
  return value.kind == Expression::Kind::kWord && value.text == "False";
}

bool IsType(const Expression& value, const Fact& fact) {
  return (fact.kind == Fact::Kind::kType && fact.lists == 0) ||
         (value.kind == Expression::Kind::kNumber && IsElementType(value.text));
}

// Contiguous, preserved and channels_last.
bool IsMemoryFormat(const Expression& value) {
  return value.kind == Expression::Kind::kNumber && value.text.size() == 1 &&
         value.text[0] <= '2';
}

class OperatorCall {
 public:
  OperatorCall(const Expression& call, const std::vector<Fact>& arguments,
               bool in_script)
      : call_(call),
        arguments_(arguments),
        in_script_(in_script),
        name_("'" + ShownText(call) + "'") {}

  Fact Result() {
    const OperatorRule* rule = RuleOf(call_.space, call_.text);
    if (rule == nullptr || (rule->effect == Effect::kScript && !in_script_)) {
      FailProgram("the operator " + name_);
    }
    CheckArguments(*rule);
    Fact result;
    result.kind = KindOfResult();
    switch (rule->effect) {
      case Effect::kArithmetic:
        RefuseLists();
        break;
      case Effect::kNew:
        break;
      case Effect::kView:
        result.shared = IsShared();
        // Of a list, such as slice.
        result.lists = arguments_.empty() ? 0 : arguments_[0].lists;
        break;
      case Effect::kViews:
        result.shared = IsShared();
        result.lists = 1;
        break;
      case Effect::kWrite:
        if (arguments_.empty() || arguments_[0].lists > 0) RefuseWrite();
        [[fallthrough]];
      case Effect::kScript:
        if (!arguments_.empty() && arguments_[0].shared) RefuseWrite();
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
        result.lists = arguments_.size() == 1 ? 1 : 0;
        break;
    }
    return result;
  }

 private:
  [[nodiscard]] bool IsShared() const {
    return std::any_of(arguments_.begin(), arguments_.end(),
                       [](const Fact& argument) { return argument.shared; });
  }

  // A tensor if one goes in; a number, perhaps, if only numbers do.
  [[nodiscard]] Fact::Kind KindOfResult() const {
    bool numbers = true;
    for (const Fact& argument : arguments_) {
      if (argument.lists == 0 && argument.kind == Fact::Kind::kTensor) {
        return Fact::Kind::kTensor;
      }
      numbers = numbers && argument.lists == 0 &&
                argument.kind == Fact::Kind::kNumber;
    }
    return numbers ? Fact::Kind::kNumber : Fact::Kind::kMixed;
  }

  [[noreturn]] void RefuseWrite() const {
    FailProgram(name_ + " writes into what is not its own");
  }

  // They would be repeated, and each time be longer.
  void RefuseLists() const {
    for (const Fact& argument : arguments_) {
      if (argument.lists > 0 ||
          (argument.kind == Fact::Kind::kText && !in_script_)) {
        FailProgram(name_ + " of a list or text");
      }
    }
  }

  void CheckArguments(const OperatorRule& rule) const {
    const std::size_t count = arguments_.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (arguments_[i].kind == Fact::Kind::kModule) {
        FailProgram("a module in " + name_);
      }
      CheckKeyword(i, i == 0 || rule.false_at != 0 || rule.positive_at != 0);
    }
    if (rule.max_arguments != 0 && count > rule.max_arguments) {
      FailProgram(name_ + " with " + std::to_string(count) + " arguments");
    }
    CheckTypes(rule);
    // Training mode would write into weights, or draw lots.
    if (rule.false_at != 0 &&
        (count <= rule.false_at || !IsFalse(call_.parts[rule.false_at]))) {
      FailProgram(name_ + " in training mode");
    }
    if (rule.positive_at != 0 && (count <= rule.positive_at ||
                                  !IsPositive(call_.parts[rule.positive_at]))) {
      FailProgram(name_ + " by what is no whole number above 0");
    }
  }

  // `by_place`: the argument is known by its place, so it has no keyword.
  void CheckKeyword(std::size_t at, bool by_place) const {
    const std::string_view keyword = call_.keywords[at];
    if (keyword.empty()) return;
    const Expression& value = call_.parts[at];
    const Fact& fact = arguments_[at];
    using Kind = Fact::Kind;
    const bool none = fact.kind == Kind::kNone && fact.lists == 0;
    const bool fits =
        keyword == "dtype" ? none || IsType(value, fact)
        : keyword == "layout"
            ? none ||
                  (value.kind == Expression::Kind::kNumber && value.text == "0")
        : keyword == "memory_format" ? none || IsMemoryFormat(value)
        : keyword == "pin_memory"    ? none || IsFalse(value)
        : keyword == "device"
            ? none || fact.kind == Kind::kDevice
            // A tensor might be one to write into.
            : fact.kind != Kind::kTensor && fact.kind != Kind::kMixed;
    if (!fits || by_place) {
      FailProgram(std::string(keyword) + "=" + ShownText(value) + " of " +
                  name_);
    }
  }

  // Types that have no keyword.
  void CheckTypes(const OperatorRule& rule) const {
    if (rule.type_at == 0) return;
    std::size_t at = rule.type_at;
    const bool converts = call_.text == "to";
    if (converts && arguments_.size() > 1 && call_.keywords[1].empty() &&
        arguments_[1].lists == 0) {
      // torch.to(x, like, ...), torch.to(x, device, type, ...).
      if (arguments_[1].kind == Fact::Kind::kTensor) return CheckBehind(1);
      if (arguments_[1].kind == Fact::Kind::kDevice) at = 2;
    }
    if (at >= arguments_.size() || !call_.keywords[at].empty()) return;
    const bool none = !converts && arguments_[at].kind == Fact::Kind::kNone;
    if (!none && !IsType(call_.parts[at], arguments_[at])) {
      FailProgram(name_ + " to the type " + ShownText(call_.parts[at]));
    }
    CheckBehind(at);
  }

  // Behind a type, or a tensor of that type: two flags and a memory format, as
  // they are written. LibTorch ends the process over a format it does not know.
  void CheckBehind(std::size_t at) const {
    for (std::size_t i = at + 1; i < arguments_.size(); ++i) {
      const Expression& part = call_.parts[i];
      if (part.kind != Expression::Kind::kWord && !IsMemoryFormat(part)) {
        FailProgram(name_ + " with the memory format " + ShownText(part));
      }
    }
  }

  const Expression& call_;
  const std::vector<Fact>& arguments_;
  bool in_script_;
  std::string name_;
};

}  // namespace

void FailProgram(const std::string& what) { throw ProgramFault{what}; }

std::string ShownText(const Expression& value) {
  constexpr std::size_t kShown = 40;
  return std::string(value.text.substr(0, kShown));
}

Fact ResultOf(const Expression& call, const std::vector<Fact>& arguments,
              bool in_script) {
  return OperatorCall(call, arguments, in_script).Result();
}

}  // namespace yolotorch::gate

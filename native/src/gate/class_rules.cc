// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/class_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/pickle_rules.h"

namespace yolotorch::gate {
namespace {

using formats::Shown;
using formats::Value;
using ValueKind = Value::Kind;

constexpr int kMaxChain = 100;  // of classes; real networks need a dozen
constexpr std::size_t kMaxSteps = 4'000'000;
constexpr std::string_view kPickle = "torch.jit._pickle.";

// "Tuple[int, List[int]]" as its name and the types within.
struct Type {
  explicit Type(std::string_view text) {
    const std::size_t open = text.find('[');
    name = text.substr(0, open);
    if (open == std::string_view::npos || !text.ends_with(']')) return;
    std::string_view rest = text.substr(open + 1, text.size() - open - 2);
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= rest.size(); ++i) {
      if (i < rest.size() && rest[i] == '[') ++depth;
      if (i < rest.size() && rest[i] == ']') --depth;
      if (i == rest.size() || (rest[i] == ',' && depth == 0)) {
        if (i > begin) within.push_back(rest.substr(begin, i - begin));
        begin = i + 1;
      }
    }
  }

  std::string_view name;
  std::vector<std::string_view> within;
};

class ObjectChecker {
 public:
  explicit ObjectChecker(CodeFacts* facts) : facts_(*facts) {}

  std::string Check(const formats::Pickle& pickle) {
    for (const Value& value : pickle.values()) {
      if (!value.ClassName().starts_with("__torch__.")) continue;
      std::string why = CheckObject(value);
      if (!why.empty()) return why;
    }
    return "";
  }

 private:
  std::string CheckObject(const Value& object) {
    const std::string name(object.ClassName());
    const auto found = facts_.classes.find(name);
    if (found == facts_.classes.end()) {
      return "holds a '" + Shown(name) + "', which its code does not define";
    }
    if (object.state == nullptr || !object.state->Is(ValueKind::kDict)) {
      return "holds a '" + Shown(name) + "' without attributes";
    }
    std::unordered_map<std::string_view, const Value*> members;
    const std::vector<const Value*>& items = object.state->items;
    steps_ += items.size() + found->second.attributes.size();
    for (std::size_t i = 0; i + 1 < items.size() && steps_ < kMaxSteps;
         i += 2) {
      if (items[i]->Is(ValueKind::kString))
        members[items[i]->text] = items[i + 1];
    }
    for (const auto& [attribute, type] : found->second.attributes) {
      const auto member = members.find(attribute);
      if (member == members.end() || !Fits(*member->second, type)) {
        return "holds a '" + Shown(name) + "' whose '" + Shown(attribute) +
               "' is no " + Shown(type);
      }
    }
    return steps_ < kMaxSteps ? "" : "holds absurdly many attributes";
  }

  bool Fits(const Value& value, std::string_view text) {
    if (++steps_ > kMaxSteps) return true;  // refused by the caller
    if (text.starts_with("__torch__.")) {
      return !value.called && value.ClassName() == text;
    }
    steps_ += text.size() / 16;  // the cost of splitting it
    const Type type(text);
    const std::size_t count = type.within.size();
    if (type.name == "Tensor") {
      return value.Is(ValueKind::kStorage) || value.Is(ValueKind::kNone) ||
             value.ClassName() == "torch._utils._rebuild_tensor_v2";
    }
    if (type.name == "bool") return value.Is(ValueKind::kBool);
    if (type.name == "int") return value.Is(ValueKind::kInt);
    if (type.name == "float") return value.Is(ValueKind::kFloat);
    if (type.name == "str") return value.Is(ValueKind::kString);
    if (type.name == "NoneType" || type.name == "None") {
      return value.Is(ValueKind::kNone);
    }
    if (type.name == "Device") return value.ClassName() == "torch.device";
    if (type.name == "Optional" && count == 1) {
      return value.Is(ValueKind::kNone) || Fits(value, type.within[0]);
    }
    if (type.name == "List" && count == 1) {
      return FitsList(value, type.within[0]);
    }
    if (type.name == "Dict" && count == 2) return FitsDict(value, type);
    if (type.name == "Tuple") {
      if (!value.Is(ValueKind::kTuple) || value.items.size() != count)
        return false;
      for (std::size_t i = 0; i < count; ++i) {
        if (!Fits(*value.items[i], type.within[i])) return false;
      }
      return true;
    }
    if (facts_.faults.size() < 100) {
      facts_.faults.insert("an attribute that is a '" + Shown(text) + "'");
    }
    return true;
  }

  bool FitsList(const Value& value, std::string_view element) {
    const Value* list = &value;
    std::string_view maker = value.ClassName();
    if (maker.starts_with(kPickle) && !value.arguments->items.empty()) {
      maker.remove_prefix(kPickle.size());
      const bool fits = maker == "restore_type_tag" ||
                        (maker == "build_intlist" && element == "int") ||
                        (maker == "build_doublelist" && element == "float") ||
                        (maker == "build_boollist" && element == "bool") ||
                        (maker == "build_tensorlist" && element == "Tensor");
      if (!fits) return false;
      list = value.arguments->items[0];
    }
    if (!list->Is(ValueKind::kList)) return false;
    return std::all_of(list->items.begin(), list->items.end(),
                       [&](const Value* item) { return Fits(*item, element); });
  }

  bool FitsDict(const Value& value, const Type& type) {
    const Value* dict = &value;
    if (value.ClassName() == "torch.jit._pickle.restore_type_tag") {
      dict = value.arguments->items[0];
    }
    if (!dict->Is(ValueKind::kDict)) return false;
    for (std::size_t i = 0; i < dict->items.size(); ++i) {
      if (!Fits(*dict->items[i], type.within[i % 2])) return false;
    }
    return true;
  }

  CodeFacts& facts_;
  std::size_t steps_ = 0;
};

// The name with the package in small letters: LibTorch finds the file of a
// package regardless of case, so several names can denote one class.
std::string Folded(std::string name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return name;
  for (std::size_t i = 0; i < dot; ++i) {
    if (name[i] >= 'A' && name[i] <= 'Z') {
      name[i] = static_cast<char>(name[i] - 'A' + 'a');
    }
  }
  return name;
}

// Length of the longest chain of references from each class.
class ChainReader {
 public:
  explicit ChainReader(const CodeFacts& facts) {
    for (const auto& [name, found] : facts.classes) {
      refers_.emplace(Folded(name), &found.refers);
    }
  }

  std::string Check() {
    for (const auto& [name, refers] : refers_) {
      if (Follow(name, 1) > kMaxChain) {
        return "refers from class to class more than " +
               std::to_string(kMaxChain) + " times";
      }
    }
    return "";
  }

 private:
  // Recursive, but never deeper than kMaxChain. A cycle counts as too long.
  int Follow(const std::string& name, int depth) {
    if (depth > kMaxChain) return depth;
    const auto [place, is_new] = lengths_.try_emplace(name, kMaxChain);
    if (!is_new) return place->second;
    const auto found = refers_.find(name);
    int longest = 0;
    if (found != refers_.end()) {
      for (const std::string& other : *found->second) {
        longest = std::max(longest, Follow(Folded(other), depth + 1));
      }
    }
    return lengths_[name] = longest + 1;
  }

  std::map<std::string, const std::set<std::string>*> refers_;  // by class
  std::map<std::string, int> lengths_;
};

}  // namespace

std::string FaultOfObjects(const formats::Pickle& pickle, CodeFacts* facts) {
  return ObjectChecker(facts).Check(pickle);
}

std::string FaultOfClasses(const CodeFacts& facts) {
  return ChainReader(facts).Check();
}

}  // namespace yolotorch::gate

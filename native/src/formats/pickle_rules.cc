// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/pickle_rules.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace yolotorch::formats {
namespace {

using Kind = Value::Kind;

constexpr std::size_t kMaxNesting = 1'000;
constexpr std::size_t kMaxTypeText = 1'000;
constexpr int kMaxTypeNesting = 20;

// Top-level modules whose classes and functions appear in checkpoints. A call
// of anything else is refused, although it would not be carried out either:
// such a file was not made by a training run.
constexpr std::array<std::string_view, 11> kKnownModules = {
    "argparse", "collections", "copy_reg", "copyreg",     "models",     "numpy",
    "pathlib",  "torch",       "types",    "torchvision", "ultralytics"};
constexpr std::array<std::string_view, 18> kKnownBuiltins = {
    "set",   "frozenset", "dict",  "list",   "tuple", "getattr",
    "slice", "complex",   "int",   "str",    "bytes", "bytearray",
    "bool",  "float",     "range", "xrange", "long",  "unicode"};
// Plain values of Python's own library, which hold numbers and texts.
constexpr std::array<std::string_view, 11> kKnownValues = {
    "_codecs.encode",  // bytes
    "array._array_reconstructor",
    "array.array",
    "datetime.date",
    "datetime.datetime",
    "datetime.time",
    "datetime.timedelta",
    "datetime.timezone",
    "decimal.Decimal",
    "fractions.Fraction",
    "uuid.UUID"};

bool IsLeaf(const Value& value) {
  return value.items.empty() && value.arguments == nullptr &&
         value.state == nullptr;
}

// The child behind the `*next`-th that holds values of its own.
const Value* Child(const Value& value, std::size_t* next) {
  for (;;) {
    const std::size_t at = (*next)++;
    const Value* child = nullptr;
    if (at < value.items.size()) {
      child = value.items[at];
    } else if (at == value.items.size()) {
      child = value.arguments;
    } else if (at == value.items.size() + 1) {
      child = value.state;
    } else {
      return nullptr;
    }
    if (child != nullptr && !IsLeaf(*child)) return child;
  }
}

}  // namespace

bool MayBeCalled(std::string_view global) {
  for (const std::string_view prefix : {"__builtin__.", "builtins."}) {
    if (global.starts_with(prefix)) {
      const std::string_view name = global.substr(prefix.size());
      return std::find(kKnownBuiltins.begin(), kKnownBuiltins.end(), name) !=
             kKnownBuiltins.end();
    }
  }
  if (std::find(kKnownValues.begin(), kKnownValues.end(), global) !=
      kKnownValues.end()) {
    return true;
  }
  const std::string_view top = global.substr(0, global.find('.'));
  return std::find(kKnownModules.begin(), kKnownModules.end(), top) !=
         kKnownModules.end();
}

bool IsTorchScriptGlobal(std::string_view global) {
  constexpr std::array<std::string_view, 8> kGlobals = {
      "collections.OrderedDict",
      "torch._utils._rebuild_tensor_v2",
      "torch.device",
      "torch.jit._pickle.build_boollist",
      "torch.jit._pickle.build_doublelist",
      "torch.jit._pickle.build_intlist",
      "torch.jit._pickle.build_tensorlist",
      "torch.jit._pickle.restore_type_tag"};
  if (global.starts_with("__torch__.")) {
    // Classes implemented in C++ by whoever registered them.
    return !global.starts_with("__torch__.torch.classes.");
  }
  if (global.starts_with("torch.") && global.ends_with("Storage")) return true;
  return std::find(kGlobals.begin(), kGlobals.end(), global) != kGlobals.end();
}

// Opcodes that only protocols later than LibTorch's use.
bool IsTorchScriptOpcode(std::uint8_t opcode) {
  switch (opcode) {
    case kPop:
    case kPopMark:
    case kBinBytes:
    case kShortBinBytes:
    case kLong4:
    case kShortBinUnicode:
    case kBinUnicode8:
    case kBinBytes8:
    case kFrozenSet:
    case kNewObjEx:
    case kByteArray8:
    case kEmptySet:
    case kAddItems:
    case kStackGlobal:
    case kMemoize:
    case kFrame:
      return false;
    default:
      return true;
  }
}

std::string Shown(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  std::string shown(text.substr(0, kLongest));
  for (char& c : shown) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text.size() > kLongest ? shown + "..." : shown;
}

// Visits the values without recursion, each once; a value that contains itself
// is refused.
std::string FaultOfNesting(const std::deque<Value>& values) {
  enum : std::uint8_t { kOpen = 1, kDone = 2 };
  struct Step {
    const Value* value;
    std::size_t next;
  };
  std::unordered_map<const Value*, std::pair<std::uint8_t, std::size_t>> seen;
  std::vector<Step> path;
  for (const Value& root : values) {
    if (IsLeaf(root) || !seen.try_emplace(&root, kOpen, 1).second) continue;
    path.push_back({&root, 0});
    while (!path.empty()) {
      const Step step = path.back();
      const Value* child = Child(*step.value, &path.back().next);
      if (child == nullptr) {
        auto& own = seen[step.value];
        own.first = kDone;
        path.pop_back();
        if (!path.empty()) {
          auto& above = seen[path.back().value];
          above.second = std::max(above.second, own.second + 1);
        }
        continue;
      }
      const auto [found, is_new] = seen.try_emplace(child, kOpen, 1);
      std::size_t depth = path.size();
      if (is_new) {
        path.push_back({child, 0});
      } else if (found->second.first == kOpen) {
        return "holds a value that contains itself";
      } else {
        depth += found->second.second;
        auto& own = seen[step.value];
        own.second = std::max(own.second, found->second.second + 1);
      }
      if (depth > kMaxNesting) {
        return "nests values more than " + std::to_string(kMaxNesting) +
               " deep";
      }
    }
  }
  return "";
}

std::string FaultOfKeys(const Value& dict) {
  // c10's dict multiplies the hash with this and takes the upper bits.
  constexpr std::uint64_t kSpread = 11'400'714'819'323'198'485ULL;
  constexpr int kPlaces = 20;  // bits
  constexpr std::size_t kMaxAlike = 12;
  std::vector<std::uint64_t> places;
  places.reserve(dict.items.size() / 2);
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    const Value& key = *dict.items[i];
    std::uint64_t hash = 0;
    if (key.Is(Kind::kString)) {
      hash = std::hash<std::string_view>()(key.text);
    } else if (key.Is(Kind::kInt)) {
      hash = static_cast<std::uint64_t>(key.integer);
    } else {
      return "has a dict whose keys are neither texts nor numbers";
    }
    places.push_back((hash * kSpread) >> (64 - kPlaces));
  }
  std::sort(places.begin(), places.end());
  for (std::size_t i = kMaxAlike; i < places.size(); ++i) {
    if (places[i] == places[i - kMaxAlike]) {
      return "has a dict whose keys are made to collide";
    }
  }
  return "";
}

std::string FaultOfTypeTag(const Value& arguments) {
  const Value* text =
      arguments.items.size() == 2 ? arguments.items[1] : nullptr;
  if (text == nullptr || !text->Is(Kind::kString)) {
    return "tags a value with what is no type";
  }
  int depth = 0;
  int deepest = 0;
  for (const char c : text->text) {
    if (c == '[' || c == '(') deepest = std::max(deepest, ++depth);
    if (c == ']' || c == ')') --depth;
  }
  if (deepest > kMaxTypeNesting || text->text.size() > kMaxTypeText) {
    return "nests types more than " + std::to_string(kMaxTypeNesting) + " deep";
  }
  // Elements of a list would be read as objects of another class.
  if (text->text.find("__torch__") != std::string::npos) {
    return "refers to '" + Shown(text->text) + "', which no YOLO archive needs";
  }
  return "";
}

}  // namespace yolotorch::formats

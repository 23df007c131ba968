// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/pickle.h"

#include <unordered_map>

#include "formats/pickle_bytes.h"
#include "formats/pickle_rules.h"
#include "yolotorch/error.h"

namespace yolotorch::formats {
namespace {

using Kind = Value::Kind;

constexpr std::size_t kMaxItems = 4'000'000;
constexpr std::size_t kMaxMarks = 100'000;

class Parser {
 public:
  Parser(std::span<const std::uint8_t> bytes, std::string_view label,
         PickleKind kind, std::deque<Value>* values)
      : bytes_(bytes, label), label_(label), kind_(kind), values_(*values) {}

  const Value* Run() {
    for (;;) {
      const auto opcode = bytes_.Take<std::uint8_t>();
      if (kind_ == PickleKind::kTorchScript && !IsTorchScriptOpcode(opcode)) {
        FailOpcode(opcode);
      }
      if (opcode == kStop) {
        const Value* root = Pop();
        if (!stack_.empty() || !marks_.empty()) Fail("ends with values left");
        // Checkpoints are plain data here, however deep they are nested.
        if (kind_ == PickleKind::kTorchScript) CheckForLibTorch();
        return root;
      }
      Step(opcode);
    }
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const { bytes_.Fail(what); }

  [[noreturn]] void FailOpcode(std::uint8_t opcode) const {
    Fail("holds an opcode that such files do not use (" +
         std::to_string(opcode) + ")");
  }

  [[noreturn]] void FailUnsafe(const std::string& what) const {
    throw Error(Code::kUnsafeModel, "'" + std::string(label_) + "' " + what +
                                        ": do not use this file.");
  }

  void CheckForLibTorch() const {
    std::string why = FaultOfNesting(values_);
    for (const Value& value : values_) {
      if (!why.empty()) break;
      if (value.Is(Kind::kDict)) why = FaultOfKeys(value);
      if (IsUnfinished(value)) Fail("leaves an object without its state");
    }
    if (!why.empty()) FailUnsafe(why);
  }

  // An object that was begun but not built: to LibTorch still a number.
  static bool IsUnfinished(const Value& value) {
    return value.Is(Kind::kObject) && !value.called && value.state == nullptr;
  }

  void Step(std::uint8_t opcode) {
    switch (opcode) {
      case kProto: {
        const auto version = bytes_.Take<std::uint8_t>();
        const int newest = kind_ == PickleKind::kTorchScript ? 2 : 5;
        if (version < 2 || version > newest) Fail("has an unknown protocol");
        return;
      }
      case kFrame:
        bytes_.Take<std::uint64_t>();
        return;
      case kMark:
        if (marks_.size() >= kMaxMarks)
          FailUnsafe("opens absurdly many groups");
        marks_.push_back(stack_.size());
        return;
      case kPop:
        Pop();
        return;
      case kNone:
        New(Kind::kNone);
        return;
      case kNewTrue:
      case kNewFalse:
        New(Kind::kBool)->integer = opcode == kNewTrue ? 1 : 0;
        return;
      case kBinInt:
        New(Kind::kInt)->integer = bytes_.Take<std::int32_t>();
        return;
      case kBinInt1:
        New(Kind::kInt)->integer = bytes_.Take<std::uint8_t>();
        return;
      case kBinInt2:
        New(Kind::kInt)->integer = bytes_.Take<std::uint16_t>();
        return;
      case kPopMark:
        PopMany(PopMark());
        return;
      case kLong1:
        NewLong(bytes_.Take<std::uint8_t>());
        return;
      case kLong4:
        NewLong(bytes_.Take<std::uint32_t>());
        return;
      case kBinFloat:
        New(Kind::kFloat)->number = bytes_.TakeBigEndianDouble();
        return;
      case kBinUnicode:
        NewText(Kind::kString, bytes_.Take<std::uint32_t>());
        return;
      case kShortBinUnicode:
        NewText(Kind::kString, bytes_.Take<std::uint8_t>());
        return;
      case kBinUnicode8:
        NewText(Kind::kString, bytes_.Take<std::uint64_t>());
        return;
      case kBinBytes:
        NewText(Kind::kBytes, bytes_.Take<std::uint32_t>());
        return;
      case kShortBinBytes:
        NewText(Kind::kBytes, bytes_.Take<std::uint8_t>());
        return;
      case kBinBytes8:
      case kByteArray8:
        NewText(Kind::kBytes, bytes_.Take<std::uint64_t>());
        return;
      case kFrozenSet: {
        std::vector<const Value*> items = PopMany(PopMark());
        New(Kind::kList)->items = std::move(items);
        return;
      }
      case kEmptyDict:
        New(Kind::kDict);
        return;
      case kEmptyList:
      case kEmptySet:
        New(Kind::kList);
        return;
      case kEmptyTuple:
        New(Kind::kTuple);
        return;
      case kTuple1:
      case kTuple2:
      case kTuple3:
        MakeTuple(static_cast<std::size_t>(opcode - kTuple1) + 1);
        return;
      case kTuple: {
        const std::size_t count = PopMark();
        MakeTuple(count);
        return;
      }
      case kAppend:
        Extend(Kind::kList, 1);
        return;
      case kAppends:
      case kAddItems:
        Extend(Kind::kList, PopMark());
        return;
      case kSetItem:
        Extend(Kind::kDict, 2);
        return;
      case kSetItems:
        Extend(Kind::kDict, PopMark());
        return;
      case kBinGet:
        Push(Recall(bytes_.Take<std::uint8_t>()));
        return;
      case kLongBinGet:
        Push(Recall(bytes_.Take<std::uint32_t>()));
        return;
      case kBinPut:
        Remember(bytes_.Take<std::uint8_t>());
        return;
      case kLongBinPut:
        Remember(bytes_.Take<std::uint32_t>());
        return;
      case kMemoize:
        Remember(static_cast<std::uint32_t>(memo_.size()));
        return;
      case kGlobal: {
        const std::string module = bytes_.TakeLine();
        NewGlobal(module + "." + bytes_.TakeLine());
        return;
      }
      case kStackGlobal: {
        const Value* name = Pop();
        const Value* module = Pop();
        if (!name->Is(Kind::kString) || !module->Is(Kind::kString)) {
          Fail("names a global without text");
        }
        NewGlobal(module->text + "." + name->text);
        return;
      }
      case kBinPersId: {
        const Value* id = Pop();
        if (!id->Is(Kind::kTuple)) Fail("has a persistent id of another kind");
        SetItems(id->items, New(Kind::kStorage));
        return;
      }
      case kNewObjEx:
        Pop();  // arguments by keyword, which no class of a model has
        MakeObject(/*called=*/false);
        return;
      case kReduce:
      case kNewObj:
        MakeObject(opcode == kReduce);
        return;
      case kBuild: {
        const Value* state = Pop();
        Value* object = Top();
        // LibTorch takes BUILD for a call of whatever lies below.
        if (kind_ == PickleKind::kTorchScript && !IsUnfinished(*object)) {
          Fail("builds what is no new object");
        }
        if (object->Is(Kind::kObject)) object->state = state;
        return;
      }
      default:
        FailOpcode(opcode);
    }
  }

  void NewGlobal(const std::string& name) {
    if (kind_ == PickleKind::kTorchScript && !IsTorchScriptGlobal(name)) {
      FailUnsafe("refers to '" + Shown(name) +
                 "', which no YOLO archive needs");
    }
    New(Kind::kGlobal)->text = name;
  }

  void MakeObject(bool called) {
    const Value* arguments = Pop();
    const Value* type = Pop();
    if (!type->Is(Kind::kGlobal)) Fail("makes an object of no class");
    if (!arguments->Is(Kind::kTuple)) Fail("makes an object without arguments");
    const std::string& name = type->text;
    if (kind_ == PickleKind::kCheckpoint && called && !MayBeCalled(name)) {
      FailUnsafe("asks to call '" + Shown(name) +
                 "', which no YOLO checkpoint needs");
    }
    if (kind_ == PickleKind::kTorchScript) {
      // LibTorch knows no difference: a storage's name is a number to it, and
      // what is made anew is called once its state is there.
      const bool is_class = name.starts_with("__torch__.");
      if (called ? is_class || name.ends_with("Storage")
                 : !is_class || !arguments->items.empty()) {
        FailUnsafe("asks to call '" + Shown(name) +
                   "', which no YOLO archive needs");
      }
    }
    if (name == "torch.jit._pickle.restore_type_tag") {
      const std::string why = FaultOfTypeTag(*arguments);
      if (!why.empty()) FailUnsafe(why);
    }
    const Value* first =
        arguments->items.empty() ? nullptr : arguments->items.front();
    if (name == "collections.OrderedDict") {
      Value* dict = New(Kind::kDict);
      if (first != nullptr) AddPairs(*first, dict);
    } else if (called && first != nullptr &&
               (name == "torch.Size" || name.ends_with("__.set") ||
                name.ends_with("builtins.set") ||
                name.ends_with(".frozenset"))) {
      SetItems(first->items,
               New(name == "torch.Size" ? Kind::kTuple : Kind::kList));
    } else {
      Value* object = New(Kind::kObject);
      object->called = called;
      object->type = type;
      object->arguments = arguments;
    }
  }

  // Counts items, so that few bytes cannot describe many of them.
  void Charge(std::size_t count) {
    items_ += count;
    if (items_ > kMaxItems) {
      FailUnsafe("holds more than " + std::to_string(kMaxItems) + " items");
    }
  }

  void SetItems(const std::vector<const Value*>& items, Value* target) {
    Charge(items.size());
    target->items = items;
  }

  void AddPairs(const Value& pairs, Value* dict) {
    Charge(2 * pairs.items.size());
    for (const Value* pair : pairs.items) {
      if (pair->items.size() != 2) Fail("has a dict entry without a value");
      dict->items.insert(dict->items.end(), pair->items.begin(),
                         pair->items.end());
    }
  }

  void MakeTuple(std::size_t count) {
    std::vector<const Value*> items = PopMany(count);
    New(Kind::kTuple)->items = std::move(items);
  }

  void Extend(Kind kind, std::size_t count) {
    const std::vector<const Value*> items = PopMany(count);
    Value* target = Top();
    // Subclasses of list and dict, and objects that act like them.
    const bool acts_alike =
        target->Is(Kind::kObject) && kind_ == PickleKind::kCheckpoint;
    if (!target->Is(kind) && !acts_alike) {
      Fail("adds items to what cannot hold them");
    }
    if (kind == Kind::kDict && items.size() % 2 != 0) {
      Fail("has a dict key without a value");
    }
    target->items.insert(target->items.end(), items.begin(), items.end());
  }

  // Numbers beyond 64 bits, such as seeds of generators, say nothing here.
  void NewLong(std::size_t length) {
    if (length > 8 && kind_ == PickleKind::kCheckpoint) {
      bytes_.TakeBytes(length);
      New(Kind::kNone);
    } else {
      New(Kind::kInt)->integer = bytes_.TakeLong(length);
    }
  }

  void NewText(Kind kind, std::size_t length) {
    const auto bytes = bytes_.TakeBytes(length);
    New(kind)->text.assign(reinterpret_cast<const char*>(bytes.data()),
                           bytes.size());
  }

  Value* New(Kind kind) {
    if (values_.size() >= kMaxValues) {
      FailUnsafe("holds more than " + std::to_string(kMaxValues) + " values");
    }
    Value& value = values_.emplace_back();
    value.kind = kind;
    Push(&value);
    return &value;
  }

  void Push(Value* value) {
    if (stack_.size() >= kMaxItems) Charge(kMaxItems);
    stack_.push_back(value);
  }

  Value* Top() const {
    if (stack_.empty() || (!marks_.empty() && marks_.back() >= stack_.size())) {
      Fail("takes a value from an empty stack");
    }
    return stack_.back();
  }

  Value* Pop() {
    Value* value = Top();
    stack_.pop_back();
    return value;
  }

  std::vector<const Value*> PopMany(std::size_t count) {
    if (count > stack_.size() ||
        (!marks_.empty() && stack_.size() - count < marks_.back())) {
      Fail("takes a value from an empty stack");
    }
    Charge(count);
    std::vector<const Value*> items(
        stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
    stack_.resize(stack_.size() - count);
    return items;
  }

  // Number of values above the last mark, which is removed.
  std::size_t PopMark() {
    if (marks_.empty() || marks_.back() > stack_.size()) {
      Fail("ends a group that was not begun");
    }
    const std::size_t count = stack_.size() - marks_.back();
    marks_.pop_back();
    return count;
  }

  void Remember(std::uint32_t index) {
    if (index >= bytes_.size()) Fail("uses an absurd memo index");
    if (memo_.size() >= kMaxValues) FailUnsafe("remembers too many values");
    Value* value = Top();
    if (kind_ == PickleKind::kTorchScript && IsUnfinished(*value)) {
      Fail("remembers an object without its state");
    }
    memo_[index] = value;
  }

  Value* Recall(std::uint32_t index) const {
    const auto found = memo_.find(index);
    if (found == memo_.end()) Fail("recalls a value it never stored");
    return found->second;
  }

  PickleBytes bytes_;
  std::string_view label_;
  PickleKind kind_;
  std::deque<Value>& values_;
  std::size_t items_ = 0;
  std::vector<Value*> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::uint32_t, Value*> memo_;
};

}  // namespace

const Value* Value::Get(std::string_view key) const {
  if (kind != Kind::kDict) return nullptr;
  // Backwards: as in Python, the last entry of a key wins.
  for (std::size_t i = items.size() & ~std::size_t{1}; i >= 2; i -= 2) {
    const Value& candidate = *items[i - 2];
    if (candidate.Is(Kind::kString) && candidate.text == key) {
      return items[i - 1];
    }
  }
  return nullptr;
}

std::string_view Value::ClassName() const {
  return kind == Kind::kObject ? std::string_view(type->text)
                               : std::string_view();
}

double Value::NumberOr(double fallback) const {
  if (kind == Kind::kFloat) return number;
  if (kind == Kind::kInt || kind == Kind::kBool) {
    return static_cast<double>(integer);
  }
  return fallback;
}

std::string Value::TextOr(std::string_view fallback) const {
  return kind == Kind::kString ? text : std::string(fallback);
}

Pickle::Pickle(std::span<const std::uint8_t> bytes, std::string_view label,
               PickleKind kind) {
  root_ = Parser(bytes, label, kind, &values_).Run();
}

}  // namespace yolotorch::formats

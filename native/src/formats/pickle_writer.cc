// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/pickle_writer.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "formats/pickle_rules.h"

namespace yolotorch::formats {
namespace {

using Kind = Value::Kind;

constexpr std::size_t kBatch = 1000;  // items that one opcode adds at most

// What the opcode that is to follow adds to.
enum class Holder : std::uint8_t { kList, kDict };

class Writer {
 public:
  std::string Run(const Value& root) {
    Put(kProto);
    Put(2);
    Save(root);
    Put(kStop);
    return std::move(out_);
  }

 private:
  void Put(std::uint8_t byte) { out_ += static_cast<char>(byte); }

  void PutLittle(std::uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) {
      Put(static_cast<std::uint8_t>(number >> (8 * i)));
    }
  }

  void Save(const Value& value) {
    const auto known = memo_.find(&value);
    if (known != memo_.end()) {
      PutIndex(kBinGet, kLongBinGet, known->second);
      return;
    }
    switch (value.kind) {
      case Kind::kNone:
        return Put(kNone);
      case Kind::kBool:
        return Put(value.integer != 0 ? kNewTrue : kNewFalse);
      case Kind::kInt:
        return SaveInt(value.integer);
      case Kind::kFloat:
        return SaveFloat(value.number);
      case Kind::kString:
        return SaveText(value);
      case Kind::kList:
        Put(kEmptyList);
        Remember(value);
        return SaveItems(value.items, Holder::kList);
      case Kind::kTuple:
        return SaveTuple(value);
      case Kind::kDict:
        Put(kEmptyDict);
        Remember(value);
        return SaveItems(value.items, Holder::kDict);
      case Kind::kGlobal:
        return SaveGlobal(value);
      case Kind::kObject:
        return SaveObject(value);
      case Kind::kStorage:
        SaveItemsOfTuple(value.items);
        PutIndex(kBinPut, kLongBinPut, remembered_++);
        return Put(kBinPersId);
      case Kind::kBytes:
        break;
    }
    throw std::invalid_argument("protocol 2 has no bytes");
  }

  void PutIndex(Opcode narrow, Opcode wide, std::uint32_t index) {
    Put(index < 256 ? narrow : wide);
    PutLittle(index, index < 256 ? 1 : 4);
  }

  void Remember(const Value& value) {
    PutIndex(kBinPut, kLongBinPut, remembered_);
    memo_.emplace(&value, remembered_++);
  }

  void SaveInt(std::int64_t number) {
    if (number >= 0 && number < 0x100) {
      Put(kBinInt1);
      PutLittle(static_cast<std::uint64_t>(number), 1);
    } else if (number >= 0 && number < 0x10000) {
      Put(kBinInt2);
      PutLittle(static_cast<std::uint64_t>(number), 2);
    } else if (number >= std::numeric_limits<std::int32_t>::min() &&
               number <= std::numeric_limits<std::int32_t>::max()) {
      Put(kBinInt);
      PutLittle(static_cast<std::uint64_t>(number), 4);
    } else {
      Put(kLong1);
      Put(8);
      PutLittle(static_cast<std::uint64_t>(number), 8);
    }
  }

  void SaveFloat(double number) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    Put(kBinFloat);
    for (int shift = 56; shift >= 0; shift -= 8) {
      Put(static_cast<std::uint8_t>(bits >> shift));
    }
  }

  void SaveText(const Value& value) {
    Put(kBinUnicode);
    PutLittle(value.text.size(), 4);
    out_ += value.text;
    Remember(value);
  }

  void SaveItemsOfTuple(const std::vector<const Value*>& items) {
    const std::size_t count = items.size();
    if (count > 3) Put(kMark);
    for (const Value* item : items) Save(*item);
    const auto few = static_cast<std::uint8_t>(kTuple1 + count - 1);
    Put(count > 3 ? std::uint8_t{kTuple} : few);
  }

  void SaveTuple(const Value& value) {
    if (value.items.empty()) return Put(kEmptyTuple);
    SaveItemsOfTuple(value.items);
    Remember(value);
  }

  void SaveItems(const std::vector<const Value*>& items, Holder holder) {
    const bool is_list = holder == Holder::kList;
    const std::size_t size = is_list ? 1 : 2;  // of an entry
    for (std::size_t begin = 0; begin < items.size(); begin += kBatch * size) {
      const std::size_t end = std::min(begin + kBatch * size, items.size());
      const bool one = end - begin == size;
      if (!one) Put(kMark);
      for (std::size_t i = begin; i < end; ++i) Save(*items[i]);
      if (one) {
        Put(is_list ? kAppend : kSetItem);
      } else {
        Put(is_list ? kAppends : kSetItems);
      }
    }
  }

  // Module and name, which the last point parts.
  void SaveGlobal(const Value& value) {
    const std::size_t point = value.text.rfind('.');
    Put(kGlobal);
    out_ += value.text.substr(0, point) + '\n' + value.text.substr(point + 1) +
            '\n';
    Remember(value);
  }

  void SaveObject(const Value& value) {
    Save(*value.type);
    Save(*value.arguments);
    Put(value.called ? kReduce : kNewObj);
    Remember(value);
    SaveItems(value.items, Holder::kDict);
    if (value.state == nullptr) return;
    Save(*value.state);
    Put(kBuild);
  }

  std::string out_;
  std::unordered_map<const Value*, std::uint32_t> memo_;
  std::uint32_t remembered_ = 0;
};

}  // namespace

std::string WritePickle(const Value& root) { return Writer().Run(root); }

}  // namespace yolotorch::formats

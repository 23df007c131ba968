// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "formats/pickle.h"

namespace yolotorch::formats {

// Opcodes by the names of Python's pickletools.
enum Opcode : std::uint8_t {
  kMark = '(',
  kStop = '.',
  kPop = '0',
  kBinFloat = 'G',
  kBinInt = 'J',
  kBinInt1 = 'K',
  kBinInt2 = 'M',
  kNone = 'N',
  kBinPersId = 'Q',
  kReduce = 'R',
  kBinUnicode = 'X',
  kAppend = 'a',
  kBuild = 'b',
  kGlobal = 'c',
  kAppends = 'e',
  kBinGet = 'h',
  kLongBinGet = 'j',
  kBinPut = 'q',
  kLongBinPut = 'r',
  kSetItem = 's',
  kTuple = 't',
  kSetItems = 'u',
  kEmptyDict = '}',
  kEmptyList = ']',
  kEmptyTuple = ')',
  kProto = 0x80,
  kNewObj = 0x81,
  kTuple1 = 0x85,
  kTuple2 = 0x86,
  kTuple3 = 0x87,
  kNewTrue = 0x88,
  kNewFalse = 0x89,
  kLong1 = 0x8A,
  kShortBinUnicode = 0x8C,
  kEmptySet = 0x8F,
  kAddItems = 0x90,
  kStackGlobal = 0x93,
  kMemoize = 0x94,
  kFrame = 0x95,
};

/// Most values of one pickle; the largest models need a fourth of it.
constexpr std::size_t kMaxValues = 250'000;

/// Whether a checkpoint may ask to call this.
bool MayBeCalled(std::string_view global);

/// Whether LibTorch's unpickler is given this by LibTorch's own pickler.
bool IsTorchScriptGlobal(std::string_view global);
bool IsTorchScriptOpcode(std::uint8_t opcode);

/// What is wrong with how these values lie in one another; empty when nothing
/// is. Whoever destroys or prints a value goes down as deep as it is nested,
/// also one that nothing refers to in the end.
std::string FaultOfNesting(const std::deque<Value>& values);

/// What is wrong with the keys of a dict of LibTorch's; empty when nothing is.
/// Its hash table doubles until keys that collide find places: 40 such keys
/// would take a terabyte.
std::string FaultOfKeys(const Value& dict);

/// A text of a file for a message: not long, nothing unprintable.
std::string Shown(std::string_view text);

/// What is wrong with the arguments of restore_type_tag: a value and the text
/// of a type, which LibTorch's parser of types follows as deep as it goes.
/// Empty when nothing is.
std::string FaultOfTypeTag(const Value& arguments);

}  // namespace yolotorch::formats

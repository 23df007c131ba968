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
  kPopMark = '1',
  kBinBytes = 'B',
  kShortBinBytes = 'C',
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
  kLong4 = 0x8B,
  kShortBinUnicode = 0x8C,
  kBinUnicode8 = 0x8D,
  kBinBytes8 = 0x8E,
  kEmptySet = 0x8F,
  kAddItems = 0x90,
  kFrozenSet = 0x91,
  kNewObjEx = 0x92,
  kStackGlobal = 0x93,
  kMemoize = 0x94,
  kFrame = 0x95,
  kByteArray8 = 0x96,
};

/// Maximum number of values of one pickle; the largest models need a fourth of
/// it.
constexpr std::size_t kMaxValues = 250'000;

/// Whether a checkpoint may name this callable.
bool MayBeCalled(std::string_view global);

/// Whether LibTorch's own pickler writes this.
bool IsTorchScriptGlobal(std::string_view global);
bool IsTorchScriptOpcode(std::uint8_t opcode);

/// What is wrong with the nesting of these values; empty if nothing. Destroying
/// or printing a value recurses as deep as it is nested.
std::string FaultOfNesting(const std::deque<Value>& values);

/// What is wrong with the keys of a LibTorch dict; empty if nothing. Its hash
/// table doubles until colliding keys fit: 40 such keys would take a terabyte.
std::string FaultOfKeys(const Value& dict);

/// A text from a file, shortened and made printable for a message.
std::string Shown(std::string_view text);

/// What is wrong with the arguments of restore_type_tag, a value and the text
/// of a type, which LibTorch parses recursively; empty if nothing.
std::string FaultOfTypeTag(const Value& arguments);

}  // namespace yolotorch::formats

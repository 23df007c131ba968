// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <cstdint>

namespace yolotorch::base {
namespace {

// A character of UTF-8: its number and its bytes; of what is none, one byte.
struct Character {
  std::uint32_t number;
  std::size_t bytes;
  bool valid;
};

Character First(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {0, 1, false};
  std::uint32_t number = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {0, 1, false};
    number = (number << 6) | (byte(i) & 0x3FU);
  }
  const std::uint32_t least = bytes == 4 ? 0x10000 : bytes == 3 ? 0x800 : 0x80;
  const bool surrogate = number >= 0xD800 && number <= 0xDFFF;
  if (number < least || number > 0x10FFFF || surrogate) return {0, 1, false};
  return {number, bytes, true};
}

// Marks that turn the direction of what follows, or that nobody sees.
bool IsHidden(std::uint32_t number) {
  return (number >= 0x200B && number <= 0x200F) ||
         (number >= 0x202A && number <= 0x202E) ||
         (number >= 0x2060 && number <= 0x206F) || number == 0xFEFF ||
         number == 0x061C;
}

bool IsBlank(std::uint32_t number) {
  return number == ' ' || (number >= '\t' && number <= '\r') ||
         number == 0x85 || number == 0x2028 || number == 0x2029;
}

}  // namespace

std::string OneLine(std::string_view text, std::size_t longest) {
  std::string line;
  bool blank = false;
  while (!text.empty()) {
    const Character character = First(text);
    const std::string_view bytes = text.substr(0, character.bytes);
    text.remove_prefix(character.bytes);
    if (character.valid && IsBlank(character.number)) {
      blank = !line.empty();
      continue;
    }
    const bool control = character.number < ' ' ||
                         (character.number >= 0x7F && character.number < 0xA0);
    const bool shown =
        character.valid && !control && !IsHidden(character.number);
    if (line.size() + character.bytes + (blank ? 1 : 0) > longest) {
      return line + "...";
    }
    if (blank) line += ' ';
    blank = false;
    line += shown ? bytes : std::string_view("?");
  }
  return line;
}

std::string ValidUtf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const Character character = First(text);
    valid += character.valid ? text.substr(0, character.bytes) : "?";
    text.remove_prefix(character.bytes);
  }
  return valid;
}

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/pickle_bytes.h"

#include <algorithm>
#include <bit>

#include "yolotorch/error.h"

namespace yolotorch::formats {

void PickleBytes::Fail(const std::string& what) const {
  throw Error(Code::kCorruptModel, "'" + std::string(label_) +
                                       "' is damaged (its pickle " + what +
                                       " at byte " + std::to_string(at_) +
                                       "): copy or download the file again.");
}

std::int64_t PickleBytes::TakeLong(std::size_t count) {
  if (count > 8) Fail("holds an integer of more than 64 bits");
  if (count == 0) return 0;
  const auto bytes = TakeBytes(count);
  std::uint64_t value = (bytes.back() & 0x80U) != 0 ? ~0ULL : 0ULL;
  for (std::size_t i = count; i-- > 0;) value = (value << 8) | bytes[i];
  return std::bit_cast<std::int64_t>(value);
}

double PickleBytes::TakeBigEndianDouble() {
  std::uint64_t bits = 0;
  for (const std::uint8_t byte : TakeBytes(8)) bits = (bits << 8) | byte;
  return std::bit_cast<double>(bits);
}

std::string PickleBytes::TakeLine() {
  const auto rest = bytes_.subspan(at_);
  const auto end = std::find(rest.begin(), rest.end(), '\n');
  if (end == rest.end()) Fail("is cut short");
  const auto length = static_cast<std::size_t>(end - rest.begin());
  std::string line(reinterpret_cast<const char*>(rest.data()), length);
  at_ += length + 1;
  return line;
}

}  // namespace yolotorch::formats

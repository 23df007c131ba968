// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace yolotorch::formats {

/// Sequential reader of the bytes of a pickle. Reading past the end throws
/// Error kCorruptModel, which names the file `label` and the byte.
class PickleBytes {
 public:
  PickleBytes(std::span<const std::uint8_t> bytes, std::string_view label)
      : bytes_(bytes), label_(label) {}

  [[noreturn]] void Fail(const std::string& what) const;

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  /// A little-endian number.
  template <typename T>
  T Take() {
    T value;
    std::memcpy(&value, TakeBytes(sizeof(T)).data(), sizeof(T));
    return value;
  }
  /// A signed number of so many bytes, 8 at most.
  std::int64_t TakeLong(std::size_t count);
  double TakeBigEndianDouble();
  std::span<const std::uint8_t> TakeBytes(std::size_t count) {
    if (count > bytes_.size() - at_) Fail("is cut short");
    const auto part = bytes_.subspan(at_, count);
    at_ += count;
    return part;
  }
  /// The bytes up to the next '\n', which is consumed.
  std::string TakeLine();

 private:
  std::span<const std::uint8_t> bytes_;
  std::string_view label_;
  std::size_t at_ = 0;
};

}  // namespace yolotorch::formats

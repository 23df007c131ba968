// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace yolotorch::formats {

using Bytes = std::span<const std::uint8_t>;

/// The little-endian number at `offset`. REQUIRES: it lies inside `bytes`.
template <typename T>
T ReadAt(Bytes bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

/// One record as the central directory of a zip archive lists it.
struct ZipRecord {
  std::string name;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed = 0;  ///< bytes in the archive
  std::uint64_t size = 0;    ///< bytes when unpacked
  std::uint64_t offset = 0;  ///< of the local header
};

/// The central directory of a zip archive.
struct ZipDirectory {
  std::vector<ZipRecord> records;
  std::uint64_t offset = 0;  ///< where the data ends and the directory begins
};

/// Whether `bytes` begin as a zip archive does.
bool LooksLikeZip(Bytes bytes);

/// Reads the central directory, zip64 too, and no record. `label` names the
/// file in messages. Throws Error kCorruptModel when it is damaged or lists
/// more than `max_records`.
ZipDirectory ReadZipDirectory(Bytes bytes, const std::string& label,
                              std::uint64_t max_records);

}  // namespace yolotorch::formats

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/zip_directory.h"

namespace yolotorch::formats {

/// What an archive may ask for.
struct ZipLimits {
  std::uint64_t max_records = 20'000;
  std::uint64_t max_unpacked = 4ULL << 30;   ///< bytes of all records together
  std::uint64_t max_inflated = 32ULL << 20;  ///< of those compressed, together
};

/// The records of a zip archive held in memory, as torch.save and
/// torch.jit.save write them: one top folder, records stored at aligned
/// offsets, only source code compressed. When made, it checks the directory
/// against the records' own headers, names, sizes and ratios, and that no two
/// records share bytes or a name but for capitals, which LibTorch does not tell
/// apart; on request every record's CRC-32, which LibTorch's own reader does
/// not check.
///
/// Holds views only: the bytes must outlive it. Immutable, so safe to share
/// among threads.
class ZipArchive {
 public:
  struct Entry {
    std::string name;  ///< without the top folder
    Bytes data;        ///< as stored; compressed unless `stored`
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    bool stored = true;
  };

  /// `label` names the file in messages. Throws Error kCorruptModel when the
  /// bytes are no sound archive and kUnsafeModel when it exceeds a limit or is
  /// made to mislead.
  ZipArchive(Bytes bytes, std::string label, const ZipLimits& limits = {});

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  /// The record `name`, if there is one.
  [[nodiscard]] const Entry* Find(std::string_view name) const;

  /// A record's content, unpacked where it is compressed, its CRC-32 compared.
  /// Throws Error kCorruptModel.
  [[nodiscard]] std::vector<std::uint8_t> Read(const Entry& entry) const;

  /// Compares the CRC-32 of every record with the directory's. Throws Error
  /// kCorruptModel naming the first record that differs.
  void VerifyChecksums() const;

 private:
  void Add(Bytes bytes, const ZipRecord& record, std::uint64_t end);
  void CheckOverlaps() const;
  void CheckCapitals() const;
  void CheckChecksum(const Entry& entry, std::uint32_t actual) const;
  [[noreturn]] void Fail(const std::string& what) const;
  [[noreturn]] void FailUnsafe(const std::string& what) const;

  std::string label_;
  std::string top_;
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t, std::less<>> index_;
  // Of each record, header included: where it begins and ends in the file.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> spans_;
};

}  // namespace yolotorch::formats

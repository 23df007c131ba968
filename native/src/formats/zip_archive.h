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

/// Limits of an archive.
struct ZipLimits {
  std::uint64_t max_records = 20'000;
  std::uint64_t max_unpacked = 4ULL << 30;   ///< bytes of all records together
  std::uint64_t max_inflated = 32ULL << 20;  ///< of those compressed, together
};

/// The records of a zip archive held in memory, as torch.save and
/// torch.jit.save write them: one top folder, records stored at aligned
/// offsets, only source code compressed. The constructor checks the directory
/// against the records' headers, names, sizes and compression ratios, and that
/// no two records share bytes or a name (case is ignored, as by LibTorch).
/// VerifyChecksums() checks every CRC-32, which LibTorch's own reader does not.
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
  /// archive is damaged, and kUnsafeModel when it exceeds a limit or is
  /// ambiguous.
  ZipArchive(Bytes bytes, std::string label, const ZipLimits& limits = {});

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  /// The record `name`, if there is one.
  [[nodiscard]] const Entry* Find(std::string_view name) const;

  /// The content of a record, unpacked if it is compressed, after a check of
  /// its CRC-32. Throws Error kCorruptModel.
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
  // Begin and end of each record in the file, its header included.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> spans_;
};

}  // namespace yolotorch::formats

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace yolotorch::checkpoint {

using Bytes = std::span<const std::uint8_t>;

/// Reads a whole file. Throws Error kNotFound when there is none, and
/// kCorruptModel when it is empty or larger than 16 GiB.
std::vector<std::uint8_t> ReadFile(const std::string& path);

/// The records of a zip archive held in memory, as torch.save and
/// torch.jit.save write them: one top folder, records stored at aligned
/// offsets. Checks the directory when made, and every record's CRC-32 on
/// request, which LibTorch's own reader does not do.
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
  /// bytes are no sound archive.
  ZipArchive(Bytes bytes, std::string label);

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

  /// The stored record `name`, if there is one.
  [[nodiscard]] const Entry* Find(std::string_view name) const;

  /// Compares the CRC-32 of every stored record with the directory's. Throws
  /// Error kCorruptModel naming the first record that differs.
  void VerifyChecksums() const;

 private:
  std::string label_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace yolotorch::checkpoint

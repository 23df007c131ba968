// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/zip_directory.h"

#include <algorithm>
#include <cstring>

#include "formats/pickle_rules.h"
#include "yolotorch/error.h"

namespace yolotorch::formats {
namespace {

constexpr std::size_t kEndRecordSize = 22;
constexpr std::size_t kMaxCommentSize = 65'535;
constexpr std::size_t kEntrySize = 46;

class Reader {
 public:
  Reader(Bytes bytes, const std::string& label)
      : bytes_(bytes), label_(label) {}

  ZipDirectory Read(std::uint64_t max_records) {
    FindEnd();
    if (count_ > max_records) {
      throw Error(Code::kUnsafeModel,
                  "'" + label_ + "' lists " + std::to_string(count_) +
                      " records, more than the " + std::to_string(max_records) +
                      " a model may have: do not use this file.");
    }
    const Bytes table = bytes_.subspan(directory_.offset, size_);
    directory_.records.reserve(count_);
    std::size_t at = 0;
    for (std::uint64_t i = 0; i < count_; ++i) at += ReadRecord(table, at);
    if (at != table.size()) Fail("is damaged (its directory hides records)");
    return std::move(directory_);
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(Code::kCorruptModel, "'" + label_ + "' " + what +
                                         ": copy or download the file again.");
  }

  void FindEnd() {
    const std::size_t end = bytes_.size();
    const std::size_t furthest = end > kEndRecordSize + kMaxCommentSize
                                     ? end - kEndRecordSize - kMaxCommentSize
                                     : 0;
    for (std::size_t at = end < kEndRecordSize ? 0 : end - kEndRecordSize;;
         --at) {
      if (at + kEndRecordSize <= end && Get<std::uint32_t>(at) == 0x06054B50U) {
        ReadEnd(at);
        return;
      }
      if (at <= furthest) break;
    }
    Fail("is cut short (a zip archive without its end record)");
  }

  void ReadEnd(std::size_t at) {
    count_ = Get<std::uint16_t>(at + 10);
    size_ = Get<std::uint32_t>(at + 12);
    directory_.offset = Get<std::uint32_t>(at + 16);
    if (Get<std::uint16_t>(at + 20) != bytes_.size() - at - kEndRecordSize) {
      Fail("is damaged (something follows its end record)");
    }
    const bool zip64 = count_ == 0xFFFFU || size_ == 0xFFFFFFFFU ||
                       directory_.offset == 0xFFFFFFFFU;
    const bool has_locator =
        at >= 20 && Get<std::uint32_t>(at - 20) == 0x07064B50U;
    std::uint64_t limit = at;
    // LibTorch follows any locator.
    if (zip64 || has_locator) {
      if (!has_locator) Fail("is damaged (its zip64 locator is missing)");
      const auto record = Get<std::uint64_t>(at - 12);
      if (record > at || at - record < 56 ||
          Get<std::uint32_t>(record) != 0x06064B50U) {
        Fail("is damaged (its zip64 end record is missing)");
      }
      Widen(Get<std::uint64_t>(record + 32), 0xFFFFU, &count_);
      Widen(Get<std::uint64_t>(record + 40), 0xFFFFFFFFU, &size_);
      Widen(Get<std::uint64_t>(record + 48), 0xFFFFFFFFU, &directory_.offset);
      limit = record;
    }
    if (directory_.offset > limit || size_ > limit - directory_.offset) {
      Fail("is damaged (its directory points outside of the file)");
    }
    if (size_ != limit - directory_.offset) {
      Fail("is damaged (something lies behind its directory)");
    }
  }

  // The zip64 record must equal the other where the other can hold the value.
  void Widen(std::uint64_t value, std::uint64_t unknown,
             std::uint64_t* target) const {
    if (*target != unknown && *target != value) {
      Fail("is damaged (it has two different end records)");
    }
    *target = value;
  }

  // Bytes that the record took.
  std::size_t ReadRecord(Bytes table, std::size_t at) {
    if (at + kEntrySize > table.size() ||
        ReadAt<std::uint32_t>(table, at) != 0x02014B50U) {
      Fail("is damaged (its directory ends early)");
    }
    const Bytes entry = table.subspan(at);
    const std::size_t name = ReadAt<std::uint16_t>(entry, 28);
    const std::size_t extra = ReadAt<std::uint16_t>(entry, 30);
    const std::size_t comment = ReadAt<std::uint16_t>(entry, 32);
    const std::size_t taken = kEntrySize + name + extra + comment;
    if (taken > entry.size()) Fail("is damaged (its directory ends early)");
    ZipRecord record;
    record.name.assign(reinterpret_cast<const char*>(entry.data() + kEntrySize),
                       name);
    record.flags = ReadAt<std::uint16_t>(entry, 8);
    record.method = ReadAt<std::uint16_t>(entry, 10);
    record.crc = ReadAt<std::uint32_t>(entry, 16);
    record.packed = ReadAt<std::uint32_t>(entry, 20);
    record.size = ReadAt<std::uint32_t>(entry, 24);
    record.offset = ReadAt<std::uint32_t>(entry, 42);
    ApplyZip64(entry.subspan(kEntrySize + name, extra), &record);
    directory_.records.push_back(std::move(record));
    return taken;
  }

  // The zip64 extra field replaces sizes that do not fit into 32 bits.
  void ApplyZip64(Bytes extra, ZipRecord* record) const {
    std::size_t at = 0;
    while (at + 4 <= extra.size()) {
      const auto id = ReadAt<std::uint16_t>(extra, at);
      const std::size_t length = ReadAt<std::uint16_t>(extra, at + 2);
      at += 4;
      if (length > extra.size() - at) return;
      if (id == 1) {
        std::size_t field = at;
        for (std::uint64_t* value :
             {&record->size, &record->packed, &record->offset}) {
          if (*value != 0xFFFFFFFFU) continue;
          if (field + 8 > at + length) {
            Fail("is damaged (record '" + Shown(record->name) +
                 "' lacks its size)");
          }
          *value = ReadAt<std::uint64_t>(extra, field);
          field += 8;
        }
        return;  // as LibTorch, which ignores a second one
      }
      at += length;
    }
  }

  template <typename T>
  [[nodiscard]] T Get(std::size_t at) const {
    return ReadAt<T>(bytes_, at);
  }

  Bytes bytes_;
  const std::string& label_;
  ZipDirectory directory_;
  std::uint64_t size_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace

bool LooksLikeZip(Bytes bytes) {
  return bytes.size() >= 4 && ReadAt<std::uint32_t>(bytes, 0) == 0x04034B50U;
}

ZipDirectory ReadZipDirectory(Bytes bytes, const std::string& label,
                              std::uint64_t max_records) {
  return Reader(bytes, label).Read(max_records);
}

}  // namespace yolotorch::formats

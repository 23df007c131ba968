// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/zip_archive.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "yolotorch/error.h"

namespace yolotorch::formats {
namespace {

constexpr std::size_t kMaxNameLength = 512;
constexpr std::size_t kLocalHeaderSize = 30;
// Real source code packs at 30:1.
constexpr std::uint64_t kMaxRatio = 200;
constexpr std::uint64_t kMaxCompressedRecord = 16ULL << 20;
constexpr std::uint16_t kEncrypted = 1U << 0;
constexpr std::uint16_t kSizesFollow = 1U << 3;

bool IsSafeName(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameLength || name.front() == '/' ||
      name.find('\\') != std::string_view::npos) {
    return false;
  }
  const bool controls = std::any_of(name.begin(), name.end(), [](char c) {
    return (c >= 0 && c < ' ') || c == '\x7F';
  });
  if (controls) return false;
  std::size_t begin = 0;
  while (begin <= name.size()) {
    std::size_t end = name.find('/', begin);
    if (end == std::string_view::npos) end = name.size();
    const std::string_view part = name.substr(begin, end - begin);
    if (part == ".." || part == ".") return false;
    begin = end + 1;
  }
  return true;
}

// Unpacks a record piece by piece.
class Inflater {
 public:
  explicit Inflater(Bytes packed) {
    stream_.next_in = const_cast<Bytef*>(packed.data());
    stream_.avail_in = static_cast<uInt>(packed.size());
    // Negative: raw deflate, without zlib's own header.
    ready_ = inflateInit2(&stream_, -MAX_WBITS) == Z_OK;
  }
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Fills `out` as far as data is left; false if the data is not a valid
  // deflate stream.
  bool Next(std::span<std::uint8_t> out, std::size_t* written) {
    *written = 0;
    if (!ready_) return false;
    stream_.next_out = out.data();
    stream_.avail_out = static_cast<uInt>(out.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    *written = out.size() - stream_.avail_out;
    ended_ = status == Z_STREAM_END;
    return ended_ || (status == Z_OK && *written > 0);
  }

  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] bool used_all() const { return stream_.avail_in == 0; }

 private:
  z_stream stream_{};
  bool ready_ = false;
  bool ended_ = false;
};

// Calls `take` with pieces of a record's unpacked content; false if it does not
// match the directory.
template <typename Take>
bool ForEachPiece(const ZipArchive::Entry& entry, const Take& take) {
  if (entry.stored) {
    take(entry.data);
    return true;
  }
  Inflater inflater(entry.data);
  std::array<std::uint8_t, 32 << 10> piece{};
  std::uint64_t total = 0;
  while (!inflater.ended()) {
    std::size_t written = 0;
    if (!inflater.Next(piece, &written)) return false;
    total += written;
    if (total > entry.size) return false;
    take(Bytes(piece.data(), written));
  }
  return total == entry.size && inflater.used_all();
}

std::uint32_t Crc32(std::uint32_t crc, Bytes bytes) {
  return static_cast<std::uint32_t>(crc32_z(crc, bytes.data(), bytes.size()));
}

}  // namespace

ZipArchive::ZipArchive(Bytes bytes, std::string label, const ZipLimits& limits)
    : label_(std::move(label)) {
  if (bytes.empty()) {
    Fail(
        "is empty; expected an Ultralytics checkpoint (.pt) or a TorchScript "
        "archive (.torchscript)");
  }
  if (!LooksLikeZip(bytes)) {
    Fail(
        "is neither an Ultralytics checkpoint nor a TorchScript archive (it "
        "does not begin as a zip archive does)");
  }
  const ZipDirectory directory =
      ReadZipDirectory(bytes, label_, limits.max_records);
  entries_.reserve(directory.records.size());
  std::uint64_t unpacked = 0;
  std::uint64_t inflated = 0;
  for (const ZipRecord& record : directory.records) {
    Add(bytes, record, directory.offset);
    if (record.method != 0) inflated += record.size;
    if (inflated > limits.max_inflated) {
      FailUnsafe("holds more than " +
                 std::to_string(limits.max_inflated >> 20) +
                 " MiB that are compressed");
    }
    unpacked += std::min(record.size, limits.max_unpacked);
    if (unpacked > limits.max_unpacked) {
      FailUnsafe("holds more than the " +
                 std::to_string(limits.max_unpacked >> 20) +
                 " MiB that a model may have when unpacked");
    }
  }
  CheckOverlaps();
  CheckCapitals();
}

void ZipArchive::Fail(const std::string& what) const {
  throw Error(Code::kCorruptModel, "'" + label_ + "' " + what +
                                       ": copy or download the file again.");
}

void ZipArchive::FailUnsafe(const std::string& what) const {
  throw Error(Code::kUnsafeModel,
              "'" + label_ + "' " + what + ": do not use this file.");
}

void ZipArchive::Add(Bytes bytes, const ZipRecord& record, std::uint64_t end) {
  const std::string& name = record.name;
  const bool stored = record.method == 0;
  if ((record.flags & kEncrypted) != 0) Fail("is an encrypted archive");
  if (!IsSafeName(name)) FailUnsafe("holds a record with a forbidden name");
  if (!stored && record.method != 8) {
    Fail("packs '" + name + "' in an unknown way");
  }
  if (!stored && record.size > kMaxCompressedRecord) {
    FailUnsafe("holds '" + name + "' compressed from more than " +
               std::to_string(kMaxCompressedRecord >> 20) + " MiB");
  }
  if (!stored && record.size / kMaxRatio > record.packed) {
    FailUnsafe("holds '" + name + "' compressed by more than " +
               std::to_string(kMaxRatio) + " to 1");
  }
  if (record.offset > end || end - record.offset < kLocalHeaderSize ||
      ReadAt<std::uint32_t>(bytes, record.offset) != 0x04034B50U) {
    Fail("is damaged (record '" + name + "' is not where it should be)");
  }
  const Bytes local = bytes.subspan(record.offset);
  const std::uint64_t local_name = ReadAt<std::uint16_t>(local, 26);
  const std::uint64_t begin = record.offset + kLocalHeaderSize + local_name +
                              ReadAt<std::uint16_t>(local, 28);
  if (begin > end || record.packed > end - begin ||
      (stored && record.packed != record.size)) {
    Fail("is damaged (record '" + name + "' leaves the file)");
  }
  if (local_name != name.size() || std::memcmp(local.data() + kLocalHeaderSize,
                                               name.data(), name.size()) != 0) {
    Fail("is damaged (record '" + name + "' has two names)");
  }
  // A streaming writer omits these; otherwise both are equal.
  const bool follow = (record.flags & kSizesFollow) != 0;
  const auto agree = [&](std::size_t at, std::uint64_t expected) {
    const auto said = ReadAt<std::uint32_t>(local, at);
    return said == expected || said == 0xFFFFFFFFU || (follow && said == 0);
  };
  if (ReadAt<std::uint16_t>(local, 8) != record.method ||
      ReadAt<std::uint16_t>(local, 6) != record.flags ||
      !agree(14, record.crc) || !agree(18, record.packed) ||
      !agree(22, record.size)) {
    Fail("is damaged (record '" + name + "' has two different headers)");
  }
  const std::size_t slash = name.find('/');
  if (slash == std::string::npos) {
    Fail("is a zip archive, but no model (record '" + name +
         "' lies outside of a top folder)");
  }
  if (top_.empty()) top_ = name.substr(0, slash);
  if (name.compare(0, slash, top_) != 0) {
    Fail("is a zip archive, but no model (it has several top folders)");
  }
  spans_.emplace_back(record.offset, begin + record.packed);
  if (name.back() == '/') return;  // a folder of its own
  Entry entry{name.substr(slash + 1), bytes.subspan(begin, record.packed),
              record.size, record.crc, stored};
  if (!index_.emplace(entry.name, entries_.size()).second) {
    FailUnsafe("holds record '" + entry.name + "' twice");
  }
  entries_.push_back(std::move(entry));
}

void ZipArchive::CheckOverlaps() const {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> order = spans_;
  std::sort(order.begin(), order.end());
  std::uint64_t end = 0;
  for (const auto& [begin, next] : order) {
    if (begin < end) {
      FailUnsafe("lets one record share bytes with another");
    }
    end = next;
  }
}

void ZipArchive::CheckCapitals() const {
  std::vector<std::string> names;
  names.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    std::string& name = names.emplace_back(entry.name);
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }
  std::sort(names.begin(), names.end());
  const auto same = std::adjacent_find(names.begin(), names.end());
  if (same != names.end()) {
    FailUnsafe("holds record '" + *same + "' twice, but for its capitals");
  }
}

const ZipArchive::Entry* ZipArchive::Find(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &entries_[found->second];
}

void ZipArchive::CheckChecksum(const Entry& entry, std::uint32_t actual) const {
  if (actual == entry.crc) return;
  Fail("is damaged (the CRC-32 of record '" + entry.name + "' does not match)");
}

std::vector<std::uint8_t> ZipArchive::Read(const Entry& entry) const {
  std::vector<std::uint8_t> content;
  content.reserve(entry.size);
  const bool sound = ForEachPiece(entry, [&](Bytes piece) {
    content.insert(content.end(), piece.begin(), piece.end());
  });
  if (!sound) {
    Fail("is damaged (record '" + entry.name + "' cannot be unpacked)");
  }
  CheckChecksum(entry, Crc32(0, content));
  return content;
}

void ZipArchive::VerifyChecksums() const {
  for (const Entry& entry : entries_) {
    std::uint32_t crc = 0;
    const bool sound =
        ForEachPiece(entry, [&](Bytes piece) { crc = Crc32(crc, piece); });
    if (!sound) {
      Fail("is damaged (record '" + entry.name + "' cannot be unpacked)");
    }
    CheckChecksum(entry, crc);
  }
}

}  // namespace yolotorch::formats

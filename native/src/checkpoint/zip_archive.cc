// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "checkpoint/zip_archive.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "checkpoint/crc32.h"
#include "yolotorch/error.h"

namespace yolotorch::checkpoint {
namespace {

constexpr std::uint64_t kMaxFileSize = 16ULL << 30;
constexpr std::uint64_t kMaxEntries = 20'000;
constexpr std::size_t kMaxNameLength = 512;
constexpr std::size_t kEndRecordSize = 22;
constexpr std::size_t kMaxCommentSize = 65'535;

template <typename T>
T Read(Bytes bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

// Where the central directory lies and how many entries it lists.
struct Directory {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t count = 0;
};

class Reader {
 public:
  Reader(Bytes bytes, const std::string& label)
      : bytes_(bytes), label_(label) {}

  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(Code::kCorruptModel, "'" + label_ + "' " + what +
                                         ": copy or download the file again.");
  }

  [[nodiscard]] Directory FindDirectory() const {
    const bool looks_like_zip =
        bytes_.size() >= 4 && Read<std::uint32_t>(bytes_, 0) == 0x04034B50U;
    if (!looks_like_zip) {
      Fail(
          "is neither an Ultralytics checkpoint nor a TorchScript archive (it "
          "does not begin as a zip archive does)");
    }
    const std::size_t end = bytes_.size();
    const std::size_t furthest = end > kEndRecordSize + kMaxCommentSize
                                     ? end - kEndRecordSize - kMaxCommentSize
                                     : 0;
    for (std::size_t at = end < kEndRecordSize ? 0 : end - kEndRecordSize;;
         --at) {
      if (at + kEndRecordSize <= end &&
          Read<std::uint32_t>(bytes_, at) == 0x06054B50U) {
        return ReadEndRecord(at);
      }
      if (at <= furthest) break;
    }
    Fail("is cut short (a zip archive without its end record)");
  }

 private:
  [[nodiscard]] Directory ReadEndRecord(std::size_t at) const {
    Directory directory;
    directory.count = Read<std::uint16_t>(bytes_, at + 10);
    directory.size = Read<std::uint32_t>(bytes_, at + 12);
    directory.offset = Read<std::uint32_t>(bytes_, at + 16);
    const bool zip64 = directory.count == 0xFFFFU ||
                       directory.size == 0xFFFFFFFFU ||
                       directory.offset == 0xFFFFFFFFU;
    std::uint64_t limit = at;
    if (zip64) {
      if (at < 20 || Read<std::uint32_t>(bytes_, at - 20) != 0x07064B50U) {
        Fail("is damaged (its zip64 locator is missing)");
      }
      const auto record = Read<std::uint64_t>(bytes_, at - 12);
      if (record > at || at - record < 56 ||
          Read<std::uint32_t>(bytes_, record) != 0x06064B50U) {
        Fail("is damaged (its zip64 end record is missing)");
      }
      directory.count = Read<std::uint64_t>(bytes_, record + 32);
      directory.size = Read<std::uint64_t>(bytes_, record + 40);
      directory.offset = Read<std::uint64_t>(bytes_, record + 48);
      limit = record;
    }
    if (directory.offset > limit || directory.size > limit - directory.offset) {
      Fail("is damaged (its directory points outside of the file)");
    }
    if (directory.count > kMaxEntries) {
      Fail("lists " + std::to_string(directory.count) +
           " records, more than the " + std::to_string(kMaxEntries) +
           " a model may have");
    }
    return directory;
  }

  Bytes bytes_;
  const std::string& label_;
};

// The zip64 extra field replaces sizes that do not fit into 32 bits.
void ApplyZip64Extra(Bytes extra, std::uint64_t* size, std::uint64_t* packed,
                     std::uint64_t* offset) {
  std::size_t at = 0;
  while (at + 4 <= extra.size()) {
    const auto id = Read<std::uint16_t>(extra, at);
    const std::size_t length = Read<std::uint16_t>(extra, at + 2);
    at += 4;
    if (length > extra.size() - at) return;
    if (id == 1) {
      std::size_t field = at;
      for (std::uint64_t* value : {size, packed, offset}) {
        if (*value != 0xFFFFFFFFU) continue;
        if (field + 8 > at + length) return;
        *value = Read<std::uint64_t>(extra, field);
        field += 8;
      }
    }
    at += length;
  }
}

bool IsSafeName(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameLength || name.front() == '/' ||
      name.find('\\') != std::string_view::npos ||
      name.find('\0') != std::string_view::npos) {
    return false;
  }
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

}  // namespace

std::vector<std::uint8_t> ReadFile(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code status;
  const fs::path file(path);
  if (!fs::exists(file, status)) {
    throw Error(Code::kNotFound, "There is no file '" + path +
                                     "': check the path, or put the model "
                                     "there.");
  }
  if (!fs::is_regular_file(file, status)) {
    throw Error(Code::kNotFound,
                "'" + path + "' is not a file; name a model file inside it.");
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(
      std::fopen(path.c_str(), "rb"), &std::fclose);
  if (stream == nullptr) {
    throw Error(Code::kNotFound, "'" + path + "' cannot be opened (" +
                                     std::strerror(errno) +
                                     "): check its permissions.");
  }
  const std::uintmax_t size = fs::file_size(file, status);
  if (status || size > kMaxFileSize) {
    throw Error(Code::kCorruptModel,
                "'" + path + "' is larger than the 16 GiB a model may have.");
  }
  std::vector<std::uint8_t> bytes(size);
  if (std::fread(bytes.data(), 1, bytes.size(), stream.get()) != size) {
    throw Error(Code::kCorruptModel,
                "'" + path + "' could not be read to its end: try again.");
  }
  return bytes;
}

ZipArchive::ZipArchive(Bytes bytes, std::string label)
    : label_(std::move(label)) {
  const Reader reader(bytes, label_);
  if (bytes.empty()) {
    reader.Fail(
        "is empty; expected an Ultralytics checkpoint (.pt) or a TorchScript "
        "archive (.torchscript)");
  }
  const Directory directory = reader.FindDirectory();
  const Bytes table = bytes.subspan(directory.offset, directory.size);
  entries_.reserve(directory.count);
  std::string top;
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < directory.count; ++i) {
    if (at + 46 > table.size() ||
        Read<std::uint32_t>(table, at) != 0x02014B50U) {
      reader.Fail("is damaged (its directory ends early)");
    }
    const auto flags = Read<std::uint16_t>(table, at + 8);
    const auto method = Read<std::uint16_t>(table, at + 10);
    const auto crc = Read<std::uint32_t>(table, at + 16);
    std::uint64_t packed = Read<std::uint32_t>(table, at + 20);
    std::uint64_t size = Read<std::uint32_t>(table, at + 24);
    const std::size_t name_length = Read<std::uint16_t>(table, at + 28);
    const std::size_t extra_length = Read<std::uint16_t>(table, at + 30);
    const std::size_t comment_length = Read<std::uint16_t>(table, at + 32);
    std::uint64_t offset = Read<std::uint32_t>(table, at + 42);
    const std::size_t header = 46 + name_length + extra_length + comment_length;
    if (header > table.size() - at) {
      reader.Fail("is damaged (its directory ends early)");
    }
    const std::string name(
        reinterpret_cast<const char*>(table.data() + at + 46), name_length);
    ApplyZip64Extra(table.subspan(at + 46 + name_length, extra_length), &size,
                    &packed, &offset);
    at += header;

    if ((flags & 1U) != 0) reader.Fail("is an encrypted archive");
    if (method != 0 && method != 8) {
      reader.Fail("packs '" + name + "' in an unknown way");
    }
    if (!IsSafeName(name)) {
      reader.Fail("holds a record with a forbidden name");
    }
    if (offset > directory.offset || directory.offset - offset < 30 ||
        Read<std::uint32_t>(bytes, offset) != 0x04034B50U) {
      reader.Fail("is damaged (record '" + name + "' is not where it should)");
    }
    const std::uint64_t local_name = Read<std::uint16_t>(bytes, offset + 26);
    const std::uint64_t begin =
        offset + 30 + local_name + Read<std::uint16_t>(bytes, offset + 28);
    if (begin > directory.offset || packed > directory.offset - begin ||
        (method == 0 && packed != size)) {
      reader.Fail("is damaged (record '" + name + "' leaves the file)");
    }
    if (local_name != name_length ||
        std::memcmp(bytes.data() + offset + 30, name.data(), name_length) !=
            0) {
      reader.Fail("is damaged (record '" + name + "' has two names)");
    }
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) {
      reader.Fail("is a zip archive, but no model (record '" + name +
                  "' lies outside of a top folder)");
    }
    if (top.empty()) top = name.substr(0, slash);
    if (name.compare(0, slash, top) != 0) {
      reader.Fail(
          "is a zip archive, but no model (it has several top folders)");
    }
    if (name.back() == '/') continue;  // a folder of its own
    Entry entry{name.substr(slash + 1), bytes.subspan(begin, packed), size, crc,
                method == 0};
    if (!index_.emplace(entry.name, entries_.size()).second) {
      reader.Fail("holds record '" + entry.name + "' twice");
    }
    entries_.push_back(std::move(entry));
  }
}

const ZipArchive::Entry* ZipArchive::Find(std::string_view name) const {
  const auto found = index_.find(std::string(name));
  return found == index_.end() ? nullptr : &entries_[found->second];
}

void ZipArchive::VerifyChecksums() const {
  for (const Entry& entry : entries_) {
    if (entry.stored && Crc32(entry.data) != entry.crc) {
      throw Error(Code::kCorruptModel,
                  "'" + label_ + "' is damaged (the CRC-32 of record '" +
                      entry.name +
                      "' does not match): copy or download the file again.");
    }
  }
}

}  // namespace yolotorch::checkpoint

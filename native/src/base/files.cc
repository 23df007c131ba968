// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <random>
#include <utility>

#if !defined(_WIN32)
#include <unistd.h>
#endif

#include "yolotorch/error.h"

namespace yolotorch::base {
namespace {

namespace fs = std::filesystem;

// What may be unpacked, and room for headers.
constexpr std::uint64_t kMaxFileSize = (4ULL << 30) + (128ULL << 20);

// A name beside `path` that no other process takes.
fs::path NameBeside(const fs::path& path) {
  std::random_device random;
  fs::path temporary = path;
  temporary += "." + std::to_string(random()) + ".part";
  return temporary;
}

// Removes the file unless it was renamed before.
class TemporaryFile {
 public:
  explicit TemporaryFile(fs::path path) : path_(std::move(path)) {}
  ~TemporaryFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void WriteFlushed(const fs::path& path, std::string_view bytes,
                  const std::string& shown) {
  // "x": fails when the file is there already.
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      std::fopen(path.string().c_str(), "wbx"), &std::fclose);
  if (file == nullptr) FailWrite(shown, std::strerror(errno));
  bool written =
      std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
      std::fflush(file.get()) == 0;
#if !defined(_WIN32)
  written = written && fsync(fileno(file.get())) == 0;
#endif
  const int reason = errno;
  if (std::fclose(file.release()) != 0 || !written) {
    FailWrite(shown, std::strerror(reason));
  }
}

}  // namespace

std::vector<std::uint8_t> ReadFile(const std::string& path) {
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
  if (stream == nullptr && (errno == EMFILE || errno == ENFILE)) {
    throw Error(Code::kNotFound,
                "'" + path +
                    "' cannot be opened, as the process may open no more "
                    "files: close some, or raise its limit (ulimit -n).");
  }
  if (stream == nullptr) {
    throw Error(Code::kNotFound, "'" + path + "' cannot be opened (" +
                                     std::strerror(errno) +
                                     "): check its permissions.");
  }
  const std::uintmax_t size = fs::file_size(file, status);
  if (status || size > kMaxFileSize) {
    throw Error(Code::kCorruptModel,
                "'" + path + "' is larger than the 4.1 GiB a model may have.");
  }
  std::vector<std::uint8_t> bytes(size);
  if (std::fread(bytes.data(), 1, bytes.size(), stream.get()) != size) {
    throw Error(Code::kCorruptModel,
                "'" + path + "' could not be read to its end: try again.");
  }
  return bytes;
}

void FailWrite(const std::string& path, const std::string& reason) {
  throw Error(Code::kWriteFailed,
              "'" + path + "' cannot be written (" + reason +
                  "): check the folder, its permissions and the free space, "
                  "or name another file.");
}

void WriteFile(const std::string& path, std::string_view bytes) {
  const fs::path target(path);
  const TemporaryFile temporary(NameBeside(target));
  WriteFlushed(temporary.path(), bytes, path);
  std::error_code status;
  fs::rename(temporary.path(), target, status);
  if (status) FailWrite(path, status.message());
}

}  // namespace yolotorch::base

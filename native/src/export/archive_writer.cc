// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "export/archive_writer.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <random>
#include <sstream>
#include <string_view>

#if !defined(_WIN32)
#include <unistd.h>
#endif

#include "yolotorch/error.h"

namespace yolotorch::exporter {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Fail(const std::string& path, const std::string& why) {
  throw Error(Code::kWriteFailed,
              "'" + path + "' cannot be written (" + why +
                  "): check the folder, its permissions and the free space, "
                  "or name another file.");
}

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
  if (file == nullptr) Fail(shown, std::strerror(errno));
  bool written =
      std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
      std::fflush(file.get()) == 0;
#if !defined(_WIN32)
  written = written && fsync(fileno(file.get())) == 0;
#endif
  const int reason = errno;
  if (std::fclose(file.release()) != 0 || !written) {
    Fail(shown, std::strerror(reason));
  }
}

}  // namespace

void WriteArchive(const torch::jit::Module& module,
                  const metadata::Metadata& metadata, const std::string& path,
                  bool for_mobile) {
  const fs::path target(path);
  std::error_code status;
  if (fs::is_directory(target, status)) Fail(path, "it is a folder");
  std::ostringstream archive;
  const torch::jit::ExtraFilesMap extra = {{"config.txt", ToJson(metadata)}};
  if (for_mobile) {
    module._save_for_mobile(archive, extra);
  } else {
    module.save(archive, extra);
  }
  const TemporaryFile temporary(NameBeside(target));
  WriteFlushed(temporary.path(), archive.view(), path);
  fs::rename(temporary.path(), target, status);
  if (status) Fail(path, status.message());
}

}  // namespace yolotorch::exporter

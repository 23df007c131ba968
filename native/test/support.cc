// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "support.h"

#include <zlib.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace yolotorch::test {
namespace {

namespace fs = std::filesystem;

std::string AssetsFolder() {
  const char* given = std::getenv("YOLOTORCH_ASSETS");
  return given != nullptr ? given : YOLOTORCH_SOURCE_DIR "/../shared/assets";
}

std::string CasesFolder() { return AssetsFolder() + "/../cases"; }

bool Have(const std::string& folder) {
  if (fs::is_directory(folder)) return true;
  const char* ci = std::getenv("CI");
  if (ci != nullptr && std::string_view(ci) == "true") {
    ADD_FAILURE() << "CI needs the folder '" << folder << "'";
  }
  return false;
}

template <typename T>
void Put(Bytes* out, T value) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
  out->insert(out->end(), bytes, bytes + sizeof(T));
}

void Append(Bytes* out, const Bytes& more) {
  out->insert(out->end(), more.begin(), more.end());
}

}  // namespace

std::string Asset(const std::string& name) {
  return AssetsFolder() + "/" + name;
}

bool HaveAssets() { return Have(AssetsFolder()); }

std::string CaseFile(const std::string& name) {
  return CasesFolder() + "/" + name;
}

bool HaveCases() { return Have(CasesFolder()); }

Bytes ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteAll(const std::string& path, const Bytes& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.good()) << path;
}

TemporaryFolder::TemporaryFolder()
    : path_((fs::temp_directory_path() /
             ("yolotorch-test-" + std::to_string(std::random_device{}())))
                .string()) {
  fs::create_directory(path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::operator/(const std::string& name) const {
  return path_ + "/" + name;
}

Bytes MakeZip(const std::vector<std::pair<std::string, Bytes>>& records) {
  Bytes archive;
  Bytes directory;
  for (const auto& [name, data] : records) {
    const Bytes full = ToBytes("model/" + name);
    const auto offset = static_cast<std::uint32_t>(archive.size());
    // What local and central header share, from "version needed" on.
    Bytes common;
    Put<std::uint16_t>(&common, 20);
    Put<std::uint16_t>(&common, 0);
    Put<std::uint16_t>(&common, 0);
    Put<std::uint32_t>(&common, 0);
    Put<std::uint32_t>(&common, static_cast<std::uint32_t>(
                                    crc32_z(0, data.data(), data.size())));
    Put<std::uint32_t>(&common, static_cast<std::uint32_t>(data.size()));
    Put<std::uint32_t>(&common, static_cast<std::uint32_t>(data.size()));
    Put<std::uint16_t>(&common, static_cast<std::uint16_t>(full.size()));
    Put<std::uint16_t>(&common, 0);
    Put<std::uint32_t>(&archive, 0x04034B50U);
    Append(&archive, common);
    Append(&archive, full);
    Append(&archive, data);
    Put<std::uint32_t>(&directory, 0x02014B50U);
    Put<std::uint16_t>(&directory, 20);
    Append(&directory, common);
    Put<std::uint16_t>(&directory, 0);
    Put<std::uint16_t>(&directory, 0);
    Put<std::uint16_t>(&directory, 0);
    Put<std::uint32_t>(&directory, 0);
    Put<std::uint32_t>(&directory, offset);
    Append(&directory, full);
  }
  const auto begin = static_cast<std::uint32_t>(archive.size());
  Append(&archive, directory);
  Put<std::uint32_t>(&archive, 0x06054B50U);
  Put<std::uint32_t>(&archive, 0);
  Put<std::uint16_t>(&archive, static_cast<std::uint16_t>(records.size()));
  Put<std::uint16_t>(&archive, static_cast<std::uint16_t>(records.size()));
  Put<std::uint32_t>(&archive, static_cast<std::uint32_t>(directory.size()));
  Put<std::uint32_t>(&archive, begin);
  Put<std::uint16_t>(&archive, 0);
  return archive;
}

Bytes ToBytes(std::string_view text) { return {text.begin(), text.end()}; }

void Figure(const std::string& name, double value, const std::string& unit) {
  std::printf("FIGURE %s=%.6g %s\n", name.c_str(), value, unit.c_str());
  std::fflush(stdout);
}

}  // namespace yolotorch::test

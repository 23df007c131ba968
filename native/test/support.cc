// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "support.h"

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

Bytes ToBytes(std::string_view text) { return {text.begin(), text.end()}; }

void Figure(const std::string& name, double value, const std::string& unit) {
  std::printf("FIGURE %s=%.6g %s\n", name.c_str(), value, unit.c_str());
  std::fflush(stdout);
}

}  // namespace yolotorch::test

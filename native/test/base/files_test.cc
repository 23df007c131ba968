// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support.h"

namespace yolotorch::base {
namespace {

using test::ExpectError;

std::string TextOf(const std::string& path) {
  const auto bytes = ReadFile(path);
  return {bytes.begin(), bytes.end()};
}

TEST(FilesTest, ReadsBackWhatItWrites) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "a";
  WriteFile(path, "first");
  EXPECT_EQ(TextOf(path), "first");
  WriteFile(path, "");
  EXPECT_EQ(TextOf(path), "");
}

TEST(FilesTest, AFailureLeavesTheOldFileAndNothingElse) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "a";
  WriteFile(path, "old");
  ExpectError(Code::kWriteFailed, "cannot be written",
              [&] { WriteFile(path + "/inside", "new"); });
  ExpectError(Code::kWriteFailed, "cannot be written",
              [&] { WriteFile(folder / "none/b", "new"); });
  EXPECT_EQ(TextOf(path), "old");
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry :
       std::filesystem::directory_iterator(folder / "")) {
    ++files;
  }
  EXPECT_EQ(files, 1U);
}

TEST(FilesTest, NamesWhatCannotBeRead) {
  const test::TemporaryFolder folder;
  ExpectError(Code::kNotFound, "There is no file",
              [&] { ReadFile(folder / "none"); });
  ExpectError(Code::kNotFound, "is not a file", [&] { ReadFile(folder / ""); });
}

}  // namespace
}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "make_zip.h"
#include "yolotorch/error.h"

namespace yolotorch::test {

/// Path of a test asset. The folder is $YOLOTORCH_ASSETS, by default
/// ../shared/assets beside the project.
std::string Asset(const std::string& name);

/// Whether the assets are here. Without them tests skip, but fail when CI is
/// "true".
bool HaveAssets();

/// Ends the test unless the assets are here.
#define REQUIRE_ASSETS()                                               \
  do {                                                                 \
    if (!yolotorch::test::HaveAssets()) {                              \
      GTEST_SKIP() << "no test assets; set YOLOTORCH_ASSETS to their " \
                      "folder";                                        \
    }                                                                  \
  } while (false)

/// Path of a small input that once failed. Its folder, `cases`, lies beside
/// that of the assets.
std::string CaseFile(const std::string& name);

/// As HaveAssets(), for those inputs.
bool HaveCases();

/// Ends the test unless those inputs are here.
#define REQUIRE_CASES()                                                       \
  do {                                                                        \
    if (!yolotorch::test::HaveCases()) {                                      \
      GTEST_SKIP() << "no inputs that once failed; put them beside the test " \
                      "assets, as 'cases'";                                   \
    }                                                                         \
  } while (false)

Bytes ReadAll(const std::string& path);
void WriteAll(const std::string& path, const Bytes& bytes);

/// A folder of its own for the running test, removed with it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const;

 private:
  std::string path_;
};

/// Bytes of a text.
Bytes ToBytes(std::string_view text);

/// Prints "FIGURE name=value unit" for the record of a run.
void Figure(const std::string& name, double value, const std::string& unit);

/// Runs `work` and expects an Error of this code whose one sentence holds
/// `part`.
template <typename Work>
void ExpectError(Code code, std::string_view part, Work&& work) {
  try {
    work();
    ADD_FAILURE() << "expected an Error with '" << part << "'";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    const std::string_view text = error.what();
    EXPECT_NE(text.find(part), std::string_view::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string_view::npos) << text;
    EXPECT_EQ(text.find("0x"), std::string_view::npos) << text;
  }
}

}  // namespace yolotorch::test

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "yolotorch/error.h"

// The entry point that libFuzzer calls with each input; its body follows.
#define YOLOTORCH_FUZZER(data, size)                               \
  static void FuzzOne(const std::uint8_t* data, std::size_t size); \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,  \
                                        std::size_t size) {        \
    FuzzOne(data, size);                                           \
    return 0;                                                      \
  }                                                                \
  static void FuzzOne(const std::uint8_t* data, std::size_t size)

namespace yolotorch::fuzz {

/// A finding unless `holds`.
inline void Require(bool holds) {
  if (!holds) std::abort();
}

/// The same with what was expected, for messages.
inline void Require(bool holds, std::string_view expected) {
  if (holds) return;
  std::fprintf(stderr, "expected: %.*s\n", static_cast<int>(expected.size()),
               expected.data());
  std::abort();
}

/// A finding if a message holds control characters, such as those that end a
/// line or speak to a terminal.
inline void RequirePrintable(std::string_view text) {
  for (const char c : text) {
    Require(static_cast<unsigned char>(c) >= ' ' && c != '\x7F', text);
  }
}

/// Runs `work` on an input from a file. It may be refused by an Error that
/// blames the file, without control characters; all else is a finding.
template <typename Work>
void MayRefuse(Work&& work) {
  constexpr std::size_t kLongest = 4096;
  try {
    work();
  } catch (const Error& error) {
    const std::string_view text = error.what();
    Require(error.code() == Code::kCorruptModel ||
                error.code() == Code::kUnsafeModel ||
                error.code() == Code::kUnsupportedModel,
            text);
    Require(!text.empty() && text.size() <= kLongest, "a short message");
    RequirePrintable(text);
  }
}

}  // namespace yolotorch::fuzz

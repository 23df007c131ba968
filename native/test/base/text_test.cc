// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "yolotorch/error.h"

namespace yolotorch::base {
namespace {

using namespace std::string_literals;

TEST(TextTest, IsOneLineThatATerminalShows) {
  for (const auto& [text, line] : {
           std::pair{"plain, with 'quotes'"s, "plain, with 'quotes'"s},
           {"Bänke und 猫 \xF0\x9F\x90\x88", "Bänke und 猫 \xF0\x9F\x90\x88"},
           {"", ""},
           {" \r\n ", ""},
           {"one\r\ntwo\n\n\tthree \n", "one two three"},
           {"\x1B[31mred\x1B[0m", "?[31mred?[0m"},
           {"\x1B]0;title\x07", "?]0;title?"},
           {"a\0b\x7F"s, "a?b?"},
           // Control characters beyond ASCII: CSI, next line.
           {"\xC2\x9B\x33\x31m", "?31m"},
           {"a\xC2\x85"
            "b",
            "a b"},
           {"a\xE2\x80\xA8"
            "b",
            "a b"},
           // The direction of writing; what nobody sees.
           {"gpj.\xE2\x80\xAE"
            "exe",
            "gpj.?exe"},
           {"\xE2\x81\xA6x\xEF\xBB\xBF", "?x?"},
           // No UTF-8: cut, overlong, a surrogate, beyond the last.
           {"a\xFF"
            "b",
            "a?b"},
           {"a\xE2\x82", "a??"},
           {"\xC0\x9B", "??"},
           {"\xED\xA0\x80", "???"},
           {"\xF4\x90\x80\x80", "????"},
       }) {
    EXPECT_EQ(OneLine(text, 100), line);
  }
}

TEST(TextTest, IsCutBetweenCharacters) {
  EXPECT_EQ(OneLine("abcdef", 6), "abcdef");
  EXPECT_EQ(OneLine("abcdefg", 6), "abcdef...");
  EXPECT_EQ(OneLine("abcdeä", 6), "abcde...");
  EXPECT_EQ(OneLine("abc    def", 4), "abc...");
  EXPECT_EQ(OneLine(std::string(1 << 20, '\n') + "a", 4), "a");
}

TEST(TextTest, EveryErrorIsOneLine) {
  const Error error(Code::kCorruptModel,
                    "'\x1B[2Jmodel\n.pt' names \xC2\x9B a class.");
  EXPECT_STREQ(error.what(), "'?[2Jmodel .pt' names ? a class.");
  EXPECT_EQ(error.code(), Code::kCorruptModel);
  const Error large(Code::kCorruptModel, std::string(1 << 20, 'x'));
  EXPECT_LT(std::string(large.what()).size(), 20'000U);
}

TEST(TextTest, WhatIsNoUtf8BecomesAQuestionMark) {
  EXPECT_EQ(ValidUtf8("a\n\xC3\xA9\xE7\x8C\xAB"), "a\n\xC3\xA9\xE7\x8C\xAB");
  EXPECT_EQ(ValidUtf8("caf\xE9"), "caf?");
  EXPECT_EQ(ValidUtf8("\xE7\x8C"), "??");
  EXPECT_EQ(ValidUtf8(""), "");
}

}  // namespace
}  // namespace yolotorch::base

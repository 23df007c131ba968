// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "support.h"

namespace yolotorch::formats {
namespace {

using test::ExpectError;

TEST(YamlTest, ReadsWhatModelFilesUse) {
  const Yaml yaml(
      "---\n"
      "a: 1\nb: -2.5e1\nc: true\nd: None\ne: 'x: # y'\nf: nn.Upsample\n"
      "g: [1, [2, 'three'], {k: v}]\n"
      "h:\n  i: [1,\n      2]  # two lines\n"
      "j:\n- 1\n- [2]\n"
      "k:\n",
      "a.yaml");
  const Value& root = yaml.root();
  EXPECT_EQ(root.Get("a")->integer, 1);
  EXPECT_DOUBLE_EQ(root.Get("b")->number, -25);
  EXPECT_TRUE(root.Get("c")->Is(Value::Kind::kBool));
  EXPECT_TRUE(root.Get("d")->Is(Value::Kind::kNone));
  EXPECT_EQ(root.Get("e")->text, "x: # y");
  EXPECT_EQ(root.Get("f")->text, "nn.Upsample");
  EXPECT_EQ(root.Get("g")->items[1]->items[1]->text, "three");
  EXPECT_EQ(root.Get("g")->items[2]->Get("k")->text, "v");
  EXPECT_EQ(root.Get("h")->Get("i")->items.size(), 2U);
  EXPECT_EQ(root.Get("j")->items.size(), 2U);
  EXPECT_TRUE(root.Get("k")->Is(Value::Kind::kNone));
}

TEST(YamlTest, TakesNoNumberThatDoesNotFitForZero) {
  const Yaml yaml("a: 1e999\nb: 99999999999999999999\n", "a.yaml");
  EXPECT_EQ(yaml.root().Get("a")->text, "1e999");
  EXPECT_DOUBLE_EQ(yaml.root().Get("b")->number, 1e20);
}

TEST(YamlTest, NamesTheLineThatIsWrong) {
  for (const auto& [text, part] :
       {std::pair<const char*, const char*>{"a: 1\nnonsense\n", "line 2 is"},
        {"a: [1, 2\n", "line 1 opens a bracket only"},
        {"a: [1 2]]\n", "line 1 goes on"},
        {"a: {b c}\n", "line 1 lacks a colon"},
        {"a: [1, ]]\n", "line 1 goes on"},
        {"a: [\t, 1]\n", "line 1 lacks a value"},
        {"a: 'open\n", "line 1"},
        {"a: &x 1\n", "line 1 uses a part of YAML"},
        {"a: 1\n   b: 2\n", "line 2 is indented oddly"},
        {"a:\n\t- 1\n", "line 2 is indented with a tab"},
        {"# nothing\n", "line 1 is empty"}}) {
    SCOPED_TRACE(text);
    ExpectError(Code::kCorruptModel, part, [&] { Yaml(text, "a.yaml"); });
  }
  const std::string deep(100'000, '[');
  ExpectError(Code::kCorruptModel, "nested too deeply",
              [&] { Yaml("a: " + deep, "a.yaml"); });
}

}  // namespace
}  // namespace yolotorch::formats

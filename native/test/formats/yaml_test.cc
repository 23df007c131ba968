// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/yaml.h"

#include <gtest/gtest.h>

#include <string>

#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch::formats {
namespace {

using test::ExpectError;

constexpr char kModel[] = R"(# A small detector
nc: 3  # classes
scales: # [depth, width, max_channels]
  n: [0.50, 0.25, 1024]
  s: [0.50, 0.50, 1024]

backbone:
  # [from, repeats, module, args]
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, Conv, [128, 3, 2]]
  - [-1, 1, Conv, [256, 3, 2]]
  - [-1, 2, C3k2, [256, False, 0.25]]
  - [-1, 1, Conv, [256, 3, 2]]
  - [-1, 1, Conv, [512, 3, 2]]
head:
  - [-1, 1, nn.Upsample, [None, 2, "nearest"]]
  - [[-1, 4], 1, Concat, [1]]
  - [[3, 7, 5], 1, Detect, [nc]]
)";

std::string Changed(const std::string& from, const std::string& to) {
  std::string text = kModel;
  text.replace(text.find(from), from.size(), to);
  return text;
}

Model Build(const std::string& text, const std::string& name) {
  const test::TemporaryFolder folder;
  const std::string path = folder / name;
  test::WriteAll(path, test::ToBytes(text));
  return Model::Load(path);
}

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

TEST(YamlTest, NamesTheLineThatIsWrong) {
  for (const auto& [text, part] :
       {std::pair<const char*, const char*>{"a: 1\nnonsense\n", "line 2 is"},
        {"a: [1, 2\n", "line 1 opens a bracket only"},
        {"a: [1 2]]\n", "line 1 goes on"},
        {"a: {b c}\n", "line 1 lacks a colon"},
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

TEST(YamlModelTest, BuildsFromAFile) {
  const Model small = Build(kModel, "yolo11n-small.yaml");
  EXPECT_EQ(small.info().names.size(), 3U);
  EXPECT_EQ(small.info().family, "YOLO11");
  EXPECT_EQ(small.info().scale, "n");
  EXPECT_EQ(small.info().warnings.size(), 1U);
  const Model larger = Build(kModel, "yolo11s-small.yaml");
  EXPECT_EQ(larger.info().scale, "s");
  EXPECT_GT(larger.info().parameters, small.info().parameters);
  const Model unnamed = Build(kModel, "mine.yaml");
  EXPECT_EQ(unnamed.info().scale, "n");
  EXPECT_EQ(unnamed.info().warnings.size(), 2U);
}

TEST(YamlModelTest, NamesTheRowThatIsWrong) {
  const auto expect = [](const std::string& text, const char* part) {
    SCOPED_TRACE(part);
    ExpectError(Code::kUnsupportedModel, part,
                [&] { Build(text, "yolo11n.yaml"); });
  };
  expect(Changed("C3k2", "MyBlock"), "Row 3 of the model (MyBlock)");
  expect(Changed("[[-1, 4]", "[[-1, 40]"), "takes its input from row 40");
  expect(Changed("[3, 7, 5]", "[3, 7]"), "needs three feature maps");
  expect(Changed("[3, 7, 5]", "[7, 3, 5]"), "strides 8, 16 and 32");
  expect(Changed("[[-1, 4]", "[[-1, 3]"), "maps of different sizes");
  expect(Changed("Conv, [64, 3, 2]", "Conv, [wide, 3, 2]"),
         "Row 0 of the model (Conv) does not say its number of channels");
  expect(Changed("[-1, 2, C3k2, [256, False, 0.25]]", "[-1, 2, C3k2]"),
         "a row that is not [from, repeats, module, arguments]");
  expect(Changed("Detect", "v10Detect"), "is a YOLOv10 model");
  expect(Changed("nc: 3", "nc: 20000"), "gives a 'nc' out of its range");
  expect(Changed("nc: 3", "nc: 3\nend2end: True"), "is a YOLO26 model");
  expect(Changed("  - [[3, 7, 5], 1, Detect, [nc]]\n", ""), "is no head");
  expect(Changed("0.50, 0.25", "0, 0.25"), "factors that make no sense");
}

TEST(YamlModelTest, RefusesNetworksLargerThanAnyMachine) {
  for (const auto& [from, to] :
       {std::pair{"Conv, [64, 3, 2]", "Conv, [64, 9001, 2]"},
        std::pair{"s: [0.50, 0.50, 1024]", "s: [0.50, 16, 65536]"}}) {
    SCOPED_TRACE(to);
    ExpectError(Code::kUnsafeModel, "more than 250 million weights",
                [&] { Build(Changed(from, to), "yolo11s.yaml"); });
  }
}

}  // namespace
}  // namespace yolotorch::formats

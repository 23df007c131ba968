// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch::api {
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
}  // namespace yolotorch::api

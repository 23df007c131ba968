// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "api/network_source.h"
#include "peak_memory.h"
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

TEST(YamlModelTest, TakesEveryArgumentOfAConvolution) {
  const std::string first = "Conv, [64, 3, 2]";
  // Of six pixels, with its own padding; in groups; apart; without activation.
  for (const char* same : {"Conv, [64, 6, 2, 2]", "Conv, [64, 3, 2, 1, 1]",
                           "Conv, [64, 3, 2, None, 1, 1, False]",
                           "Conv, [64, 3, 2, 2, 1, 2]", "DWConv, [64, 3, 2]"}) {
    SCOPED_TRACE(same);
    EXPECT_NO_THROW(Build(Changed(first, same), "yolo11n.yaml"));
  }
  const auto parameters = [](const std::string& text) {
    return Build(text, "yolo11n.yaml").info().parameters;
  };
  const std::int64_t whole = parameters(kModel);
  // 32 x 16 x 9 weights become half as many, or one kernel of each channel.
  EXPECT_EQ(parameters(Changed("Conv, [128, 3, 2]", "Conv, [128, 3, 2, 1, 2]")),
            whole - 32 * 16 * 9 / 2);
  EXPECT_EQ(parameters(Changed("Conv, [128, 3, 2]", "DWConv, [128, 3, 2]")),
            whole - 32 * 15 * 9);
  // Repeated: two layers of 64 x 64 x 9 weights and 64 biases instead of one.
  const std::string row = "[-1, 2, C3k2, [256, False, 0.25]]";
  EXPECT_EQ(parameters(Changed(row, "[-1, 4, Conv, [256, 3, 1]]")) -
                parameters(Changed(row, "[-1, 1, Conv, [256, 3, 1]]")),
            64 * 64 * 9 + 64);
}

TEST(YamlModelTest, NamesTheArgumentThatIsWrong) {
  const auto expect = [](const std::string& from, const std::string& to,
                         const char* part) {
    SCOPED_TRACE(to);
    ExpectError(Code::kUnsupportedModel, part,
                [&] { Build(Changed(from, to), "yolo11n.yaml"); });
  };
  const std::string first = "Conv, [64, 3, 2]";
  expect(first, "Conv, [64, 0, 2]",
         "Row 0 of the model (Conv) has an argument 2");
  expect(first, "Conv, [64, 3, 0]", "an argument 3 that is no whole number");
  expect(first, "Conv, [64, 3, 2, 1, 7]", "7 groups, which do not divide");
  expect(first, "Conv, [64, 3, 2, 1, 1, 1, nn.ReLU()]",
         "neither True nor False");
  expect("Conv, [512, 3, 2]", "Conv, [512, 3, 3]", "different sizes");
  expect("[None, 2, \"nearest\"]", "[None, 2, bilinear]",
         "[None, FACTOR, nearest]");
  expect("Concat, [1]", "Concat, [2]", "another dimension than 1");
  expect("[-1, 1, Conv, [128, 3, 2]]", "[-1, 4, Conv, [128, 3, 2]]",
         "must not change its channels");
  expect("[-1, 2, C3k2, [256, False, 0.25]]", "[-1, 1, SPP, [256]]",
         "expected Conv, DWConv, C3k2, C2f");
  expect("n: [0.50, 0.25, 1024]", "n: [0.50, 0.25]",
         "other numbers than [depth, width, max_channels]");
}

TEST(YamlModelTest, ScalesMayHaveNamesOfTheirOwn) {
  const std::string text = Changed("  n: [0.50", "  tiny: [0.50");
  EXPECT_EQ(Build("scale: tiny\n" + text, "mine.yaml").info().scale, "tiny");
  EXPECT_EQ(Build(text, "mine.yaml").info().scale, "tiny");
  EXPECT_EQ(Build("scale: s\n" + text, "mine.yaml").info().scale, "s");
  ExpectError(Code::kUnsupportedModel, "lists no scale 'huge'",
              [&] { Build("scale: huge\n" + text, "mine.yaml"); });
}

TEST(YamlModelTest, TheHeadMaySayItsNumberOfClasses) {
  const Model model =
      Build(Changed("Detect, [nc]", "Detect, [7]"), "mine.yaml");
  EXPECT_EQ(model.info().names.size(), 7U);
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

// A network that ends with `row`; the rows before it fit any.
std::string EndingWith(const std::string& row,
                       const std::string& top = "nc: 3") {
  const bool is_head = row.find("[nc") != std::string::npos ||
                       row.find("Detect") != std::string::npos;
  return top + R"(
backbone:
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, Conv, [128, 3, 2]]
head:
)" + "  - " +
         row + "\n" + (is_head ? "" : "  - [-1, 1, Detect, [nc]]\n");
}

void ExpectBuiltOrRefused(const std::string& text, int* refused) {
  SCOPED_TRACE(text);
  try {
    FromYaml(text, "mine.yaml", 0);
  } catch (const Error& error) {
    ++*refused;
    const std::string what = error.what();
    EXPECT_TRUE(error.code() == Code::kUnsupportedModel ||
                error.code() == Code::kUnsafeModel)
        << static_cast<int>(error.code()) << " " << what;
    EXPECT_TRUE(what.find("Row ") == 0 ||
                what.find(" in row ") != std::string::npos ||
                what.find("has a model yaml that ") != std::string::npos ||
                what.find("more than 250 million weights") != std::string::npos)
        << what;
  }
}

constexpr std::array<const char*, 11> kOddNumbers = {
    "-3",    "0",     "2147483648", "-2147483649", "9223372036854775807",
    "1e308", "1e999", "nan",        "-inf",        "0.001",
    "[3, 3]"};

TEST(YamlModelTest, OddNumbersAreRefusedAtEveryPlaceOfARow) {
  int refused = 0;
  const std::int64_t growth = test::PeakGrowth([&] {
    for (const auto& [module, arguments] :
         {std::pair<std::string, std::vector<std::string>>{
              "Conv", {"128", "3", "1", "1", "1", "1", "True"}},
          {"DWConv", {"128", "3", "1", "1", "True"}},
          {"C3k2", {"128", "False", "0.5", "1", "True"}},
          {"C2f", {"128", "True", "1", "0.5"}},
          {"SPPF", {"128", "5"}},
          {"C2PSA", {"128", "0.5"}},
          {"nn.Upsample", {"None", "2", "nearest"}},
          {"Concat", {"1"}},
          {"Detect", {"nc"}},
          {"Segment", {"nc", "32", "64"}},
          {"Pose", {"nc", "kpt_shape"}},
          {"OBB", {"nc", "1"}},
          {"Classify", {"nc"}}}) {
      for (const char* odd : kOddNumbers) {
        for (std::size_t at = 0; at < arguments.size() + 2; ++at) {
          std::string list;
          for (std::size_t i = 0; i < arguments.size(); ++i) {
            list += (i == 0 ? "" : ", ") + (i + 2 == at ? odd : arguments[i]);
          }
          const std::string from = at == 0 ? odd : "-1";
          const std::string repeats = at == 1 ? odd : "1";
          std::string row = "[" + from + ", " + repeats;
          row += ", " + module + ", [" + list + "]]";
          ExpectBuiltOrRefused(EndingWith(row), &refused);
        }
      }
    }
  });
  EXPECT_GT(refused, 400);
  EXPECT_LT(growth, 256 << 20);
}

TEST(YamlModelTest, OddNumbersAreRefusedInEveryKey) {
  int refused = 0;
  for (const char* odd : kOddNumbers) {
    const std::string number = odd;
    for (const std::string& top :
         {"nc: " + number, "nc: 3\nchannels: " + number, "nc: 3\nch: " + number,
          "nc: 3\ndepth_multiple: " + number,
          "nc: 3\nwidth_multiple: " + number,
          "nc: 3\nkpt_shape: [" + number + ", 3]",
          "nc: 3\nkpt_shape: [17, " + number + "]",
          "nc: 3\nkpt_shape: " + number,
          "nc: 3\nscales:\n  n: [" + number + ", 0.25, 1024]",
          "nc: 3\nscales:\n  n: [0.5, " + number + ", 1024]",
          "nc: 3\nscales:\n  n: [0.5, 0.25, " + number + "]",
          "nc: 3\nscales:\n  n: " + number}) {
      ExpectBuiltOrRefused(EndingWith("[-1, 2, C3k2, [128]]", top), &refused);
      ExpectBuiltOrRefused(EndingWith("[-1, 1, Pose, [nc, kpt_shape]]", top),
                           &refused);
    }
  }
  EXPECT_GT(refused, 150);
}

TEST(YamlModelTest, NamesTheRowOfAnOddNumber) {
  const auto expect = [](const std::string& row, const char* part) {
    SCOPED_TRACE(row);
    ExpectError(Code::kUnsupportedModel, part,
                [&] { FromYaml(EndingWith(row), "mine.yaml", 0); });
  };
  expect("[-1, 1, Conv, [64, -3, 2]]",
         "Row 2 of the model (Conv) has an argument 2 that is no whole number");
  expect("[-1, 1, Conv, [2147483648, 3, 2]]",
         "Row 2 of the model (Conv) has an argument 1 that is no whole number");
  expect("[-1, -4, Conv, [64, 3, 2]]",
         "gives a 'repeats' out of its range in "
         "row 2");
  expect("[nan, 1, Conv, [64, 3, 2]]",
         "gives a 'from' out of its range in row "
         "2");
  expect("[-1, 1, Detect, [-7]]  # nc",
         "gives a number of classes out of its range in row 2");
  expect("[-1, 1, C2f, [64, True, 1, 0.01]]",
         "Row 2 of the model (C2f) expands its channels by a factor");
}

// Each row doubles the channels of the one before.
TEST(YamlModelTest, JoinedChannelsAreBounded) {
  std::string text = "nc: 3\nbackbone:\n  - [-1, 1, Conv, [64, 3, 2]]\nhead:\n";
  for (int i = 0; i < 70; ++i) text += "  - [[-1, -1], 1, Concat, [1]]\n";
  text += "  - [-1, 1, Detect, [nc]]\n";
  ExpectError(Code::kUnsupportedModel, "(Concat) joins more than 1000000",
              [&] { FromYaml(text, "mine.yaml", 0); });
}

}  // namespace
}  // namespace yolotorch::api

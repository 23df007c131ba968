// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "metadata/metadata.h"

#include <gtest/gtest.h>

#include "support.h"

namespace yolotorch::metadata {
namespace {

using test::ExpectError;

TEST(MetadataTest, ReadsBackWhatItWrites) {
  Metadata metadata;
  metadata.description = "a \"quoted\" text";
  metadata.license = "AGPL-3.0";
  metadata.batch = 3;
  metadata.imgsz = {64, 96};
  metadata.names = {{0, "person"}, {1, "Löwe 🦁"}};
  metadata.family = "YOLO11";
  metadata.sppf_activation = "SiLU";
  const Metadata read = FromJson(ToJson(metadata), "a");
  EXPECT_EQ(read.description, metadata.description);
  EXPECT_EQ(read.license, metadata.license);
  EXPECT_EQ(read.batch, 3);
  EXPECT_EQ(read.imgsz, metadata.imgsz);
  EXPECT_EQ(read.names, metadata.names);
  EXPECT_EQ(read.sppf_activation, "SiLU");
  EXPECT_TRUE(read.warnings.empty());
}

TEST(MetadataTest, UnderstandsEveryExpectedConfig) {
  REQUIRE_ASSETS();
  const auto text = test::ReadAll(test::Asset("expected/config/yolo11n.json"));
  const Metadata metadata =
      FromJson({reinterpret_cast<const char*>(text.data()), text.size()}, "a");
  EXPECT_EQ(metadata.stored_task, "detect");
  EXPECT_EQ(metadata.stride, 32);
  EXPECT_EQ(metadata.names.size(), 80U);
  EXPECT_FALSE(metadata.nms);
  EXPECT_TRUE(metadata.warnings.empty());
}

TEST(MetadataTest, SaysWhatItAssumed) {
  EXPECT_EQ(FromJson("", "a").warnings.size(), 1U);
  const Metadata partial = FromJson(R"({"task": "detect"})", "a");
  EXPECT_EQ(partial.warnings.size(), 3U);  // stride, batch, names
  EXPECT_FALSE(partial.has_imgsz);
  EXPECT_EQ(FromJson("{}", "a").stored_task, "");
  EXPECT_EQ(partial.stride, 32);
}

TEST(MetadataTest, ReadsNumbersThatOlderExportersWroteAsTexts) {
  const Metadata metadata = FromJson(
      R"({"task": "detect", "stride": "32", "batch": "2",
          "imgsz": "[320, 640]", "names": {"0": "a"}})",
      "a");
  EXPECT_EQ(metadata.batch, 2);
  EXPECT_EQ(metadata.imgsz, (std::array<std::int64_t, 2>{320, 640}));
  EXPECT_TRUE(metadata.warnings.empty());
}

TEST(MetadataTest, ReadsPythonLiterals) {
  const Metadata metadata = FromJson(
      R"json({"task": "pose", "stride": "32", "batch": 1, "imgsz": "(320, 640)",
          "names": "{0: 'person', 1: \"traffic 'light'\", 2: 'caf\u00e9',}",
          "kpt_shape": "[17, 2]", "args": "{'dynamic': True, 'nms': False}"})json",
      "a");
  EXPECT_EQ(metadata.imgsz, (std::array<std::int64_t, 2>{320, 640}));
  EXPECT_EQ(metadata.names,
            (std::map<int, std::string>{
                {0, "person"}, {1, "traffic 'light'"}, {2, "caf\u00e9"}}));
  EXPECT_EQ(metadata.kpt_shape, (std::array<int, 2>{17, 2}));
  EXPECT_TRUE(metadata.dynamic);
  EXPECT_FALSE(metadata.nms);
  EXPECT_TRUE(metadata.warnings.empty());
}

TEST(MetadataTest, EvaluatesNothing) {
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  for (const std::string& names :
       {std::string("__import__('os').system('true')"),
        std::string("{0: f('x')}"), std::string("{0: 'a'"), deep,
        std::string("{0: 'a'} + {}")}) {
    const std::string text =
        "{\"task\": \"detect\", \"names\": \"" + names + "\"}";
    ExpectError(Code::kCorruptModel, "must be", [&] { FromJson(text, "a"); });
  }
}

TEST(MetadataTest, RefusesNonsense) {
  ExpectError(Code::kCorruptModel, "no JSON object",
              [] { FromJson("[1, 2", "a"); });
  for (const char* text : {R"({"stride": 0})", R"({"stride": "x"})",
                           R"({"imgsz": [640]})", R"({"imgsz": "big"})",
                           R"({"imgsz": [0, 640]})", R"({"names": {"a": "b"}})",
                           R"({"names": {"0": 1}})", R"({"batch": -1})"}) {
    ExpectError(Code::kCorruptModel, "must be", [&] { FromJson(text, "a"); });
  }
}

}  // namespace
}  // namespace yolotorch::metadata

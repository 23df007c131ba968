// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/network_source.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "formats/zip_archive.h"
#include "support.h"

namespace yolotorch::api {
namespace {

using test::Asset;
using test::ExpectError;

std::string Text(const std::string& text) {
  std::string out = "X";
  for (int i = 0; i < 4; ++i) {
    out += static_cast<char>((text.size() >> (8 * i)) & 0xFF);
  }
  return out + text;
}

// The small detector, whose names and yaml are called otherwise, with these
// attributes first.
NetworkSource SourceWith(const std::string& attributes,
                         bool without_yaml = false) {
  const auto whole = base::ReadFile(Asset("weights/yolo11n.pt"));
  const formats::ZipArchive zip(whole, "model.pt");
  std::vector<std::pair<std::string, test::Bytes>> records;
  for (const formats::ZipArchive::Entry& entry : zip.entries()) {
    std::string data(entry.data.begin(), entry.data.end());
    if (entry.name == "data.pkl") {
      const auto rename = [&](const char* from, const char* to) {
        const std::size_t at = data.find(Text(from));
        data.replace(at, Text(from).size(), Text(to));
      };
      rename("names", "nameZ");
      if (without_yaml) rename("yaml", "yamL");
      const std::string begin = "DetectionModel\n";
      const std::size_t object = data.find(begin) + begin.size();
      // The dict of attributes, put into the memo, and its first mark.
      const std::size_t dict = data.find("}q", object) + 3;
      EXPECT_EQ(data[dict], '(');
      data.insert(dict + 1, attributes);
    }
    records.emplace_back(entry.name, test::ToBytes(data));
  }
  const formats::Checkpoint checkpoint(test::MakeZip(records), "model.pt");
  return FromCheckpoint(checkpoint);
}

// Names a0, a1 ...
std::string Names(int count) {
  std::string list = Text("names") + "](";
  for (int i = 0; i < count; ++i) list += Text("a" + std::to_string(i));
  return list + "e";
}

TEST(NetworkSourceTest, NamesAreMadeToFitTheHead) {
  REQUIRE_ASSETS();
  const NetworkSource equal = SourceWith(Names(80));
  EXPECT_TRUE(equal.metadata.warnings.empty());
  EXPECT_EQ(equal.metadata.names.at(79), "a79");

  const NetworkSource fewer = SourceWith(Names(3));
  ASSERT_EQ(fewer.metadata.names.size(), 80U);
  EXPECT_EQ(fewer.metadata.names.at(2), "a2");
  EXPECT_EQ(fewer.metadata.names.at(3), "class3");
  EXPECT_EQ(fewer.metadata.warnings,
            std::vector<std::string>{
                "'model.pt' names another number of classes than the 80 of its "
                "head: 77 of them got names such as class3."});

  const NetworkSource more = SourceWith(Names(82));
  EXPECT_EQ(more.metadata.names.size(), 80U);
  EXPECT_EQ(more.metadata.warnings,
            std::vector<std::string>{
                "'model.pt' names another number of classes than the 80 of its "
                "head: 2 names without a class were left out."});

  const NetworkSource none = SourceWith("");
  EXPECT_TRUE(none.metadata.names.empty());
  EXPECT_EQ(none.metadata.warnings.size(), 1U);
}

TEST(NetworkSourceTest, TheYamlIsOnlyAHint) {
  REQUIRE_ASSETS();
  const NetworkSource whole = SourceWith(Names(80));
  EXPECT_EQ(whole.metadata.family + whole.metadata.scale, "YOLO11n");
  for (const std::string& yaml :
       {std::string(), Text("yaml") + "}", Text("yaml") + "N"}) {
    const NetworkSource source = SourceWith(Names(80) + yaml, true);
    EXPECT_EQ(source.metadata.family, "YOLO11");
    EXPECT_EQ(source.parameters_raw, 2'624'080);
    EXPECT_EQ(source.network->architecture().classes, 80);
    EXPECT_EQ(source.layers.size(), 24U);
    EXPECT_EQ(source.layers[23].parameters, 464'912);
    EXPECT_EQ(source.layers[12].from, "-1,6");
    EXPECT_EQ(source.layers[11].module, "nn.Upsample");
  }
}

TEST(NetworkSourceTest, AForwardOfItsOwnIsRefused) {
  REQUIRE_ASSETS();
  // As a method of Python that is bound to None, which is enough to be read.
  EXPECT_TRUE(SourceWith(Names(80) + Text("unused") +
                         "c__builtin__\ngetattr\n(N" + Text("predict") + "tR")
                  .metadata.warnings.empty());
  ExpectError(
      Code::kUnsupportedModel,
      "(ultralytics.nn.tasks.DetectionModel) runs 'my.pkg.forward' "
      "instead of its class's forward",
      [] { SourceWith(Names(80) + Text("forward") + "cmy.pkg\nforward\n"); });
}

}  // namespace
}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/model_file.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "formats/sha256.h"
#include "support.h"

namespace yolotorch::api {
namespace {

using test::ExpectError;

TEST(ModelFileTest, ClassifiesByContentAndYamlByName) {
  const test::TemporaryFolder folder;
  const auto kind = [&](const std::string& name, const test::Bytes& bytes) {
    test::WriteAll(folder / name, bytes);
    return ReadModelFile(folder / name).kind;
  };
  EXPECT_EQ(kind("a.pt", test::MakeZip({{"data.pkl", {}}})),
            ModelFileKind::kCheckpoint);
  EXPECT_EQ(kind("a.torchscript",
                 test::MakeZip({{"data.pkl", {}}, {"constants.pkl", {}}})),
            ModelFileKind::kArchive);
  EXPECT_EQ(kind("a.yml", test::ToBytes("nc: 3\n")), ModelFileKind::kYaml);
  EXPECT_EQ(kind("a.txt", test::ToBytes("nc: 3\n")), ModelFileKind::kOther);
  EXPECT_EQ(kind("empty.pt", {}), ModelFileKind::kOther);
}

TEST(ModelFileTest, AFileGoesBeforeAnArchitectureOfItsName) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "yolo11n-seg.yaml";
  EXPECT_EQ(ReadModelFile(path).kind, ModelFileKind::kArchitecture);
  test::WriteAll(path, test::ToBytes("nc: 3\n"));
  EXPECT_EQ(ReadModelFile(path).kind, ModelFileKind::kYaml);
  ExpectError(Code::kNotFound, "There is no file",
              [&] { ReadModelFile(folder / "yolo11n-none.yaml"); });
}

TEST(ModelFileTest, AYamlForAllScalesStandsForThoseThatAreMissing) {
  const test::TemporaryFolder folder;
  const auto write = [&](const std::string& name, const std::string& text) {
    test::WriteAll(folder / name, test::ToBytes(text));
  };
  const auto read = [&](const std::string& name) {
    const ModelFile file = ReadModelFile(folder / name);
    EXPECT_EQ(file.kind, ModelFileKind::kYaml);
    EXPECT_EQ(file.name, name);
    return std::string(file.bytes.begin(), file.bytes.end());
  };
  write("yolov8-p2.yaml", "nc: 2\n");
  write("yolo11-seg-p6.yml", "nc: 6\n");
  write("my-yolo11.yaml", "nc: 11\n");
  EXPECT_EQ(read("yolov8s-p2.yaml"), "nc: 2\n");
  EXPECT_EQ(read("yolov8x-p2.yaml"), "nc: 2\n");
  EXPECT_EQ(read("yolo11n-seg-p6.yml"), "nc: 6\n");
  EXPECT_EQ(read("my-yolo11m.yaml"), "nc: 11\n");
  write("yolov8s-p2.yaml", "nc: 3\n");
  EXPECT_EQ(read("yolov8s-p2.yaml"), "nc: 3\n");
  EXPECT_EQ(ReadModelFile(folder / "yolo11s.yaml").kind,
            ModelFileKind::kArchitecture);
  for (const char* name :
       {"yolov8q-p2.yaml", "yolov8s-p6.yaml", "yolov8-.pt"}) {
    ExpectError(Code::kNotFound, "There is no file",
                [&] { ReadModelFile(folder / name); });
  }
}

TEST(ModelFileTest, ChecksThePin) {
  const ModelFile file = ClassifyBytes(test::ToBytes("x"), "a.pt");
  CheckPin(file, "");
  CheckPin(file, formats::Sha256(file.bytes));
  ExpectError(Code::kUnsafeModel, "must have the SHA-256",
              [&] { CheckPin(file, std::string(64, '0')); });
  ExpectError(Code::kInvalidArgument, "64 hexadecimal digits",
              [&] { CheckPin(file, "0"); });
  ExpectError(Code::kInvalidArgument, "pins a file", [&] {
    CheckPin(ReadModelFile("yolo11n.yaml"), std::string(64, '0'));
  });
}

TEST(ModelFileTest, SaysWhatIsNoModel) {
  ExpectError(Code::kCorruptModel, "is a text file", [&] {
    FailNoModel(ClassifyBytes(test::ToBytes("hello\n"), "a.pt"));
  });
}

}  // namespace
}  // namespace yolotorch::api

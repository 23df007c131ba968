// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/checkpoint_writer.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <limits>
#include <string>

#if !defined(_WIN32)
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#endif

#include "api/network_source.h"
#include "api/yaml_reader.h"
#include "base/files.h"
#include "support.h"
#include "train/written.h"

namespace yolotorch::train {
namespace {

using graph::Architecture;
using test::ExpectError;

// Two layers, so that a file is small.
constexpr char kSmall[] = R"(nc: 3
scales:
  n: [1, 1, 64]
backbone:
  - [-1, 1, Conv, [8, 3, 2]]
  - [-1, 1, Conv, [16, 3, 2]]
head:
  - [[0, 1], 1, Detect, [nc]]
)";

Architecture YamlIn(const Opened& opened) {
  return api::ReadArchitecture(*opened.checkpoint.yaml(), "model.pt");
}

TEST(CheckpointWriterTest, WhatWasReadIsWrittenToTheBit) {
  REQUIRE_ASSETS();
  for (const char* name : kWeights) {
    SCOPED_TRACE(name);
    const Opened opened = Opened::Weights(name);
    const Opened again = WriteAndOpen(FileOf(opened));
    ExpectEqual(again.tensors, opened.tensors);
    EXPECT_TRUE(again.checkpoint.unread().empty());
    EXPECT_EQ(again.checkpoint.names(), opened.checkpoint.names());
    EXPECT_EQ(again.checkpoint.train_imgsz(), opened.checkpoint.train_imgsz());
    EXPECT_EQ(InfoOf(again.pickle), InfoOf(opened.pickle));
    Architecture yaml = YamlIn(opened);
    // The classifier's is of another number of classes than its head.
    yaml.classes = opened.network->architecture().classes;
    ExpectEqual(YamlIn(again), yaml);
    ExpectEqual(OutputsOf(*again.network), OutputsOf(*opened.network));

    const api::NetworkSource source = api::FromCheckpoint(again.checkpoint);
    const api::NetworkSource other = api::FromCheckpoint(opened.checkpoint);
    EXPECT_TRUE(source.metadata.warnings.empty());
    EXPECT_EQ(source.metadata.description, other.metadata.description);
    EXPECT_EQ(source.metadata.sppf_source, other.metadata.sppf_source);
    ExpectEqual(OutputsOf(*source.network), OutputsOf(*other.network));
  }
}

TEST(CheckpointWriterTest, ArchivesAreAlignedAsTorchSavesThem) {
  const auto network = NetworkOfYaml(kSmall, "n");
  const Opened opened = WriteAndOpen(FileOf(*network));
  const auto& entries = opened.archive.entries();
  ASSERT_GT(entries.size(), 10U);
  EXPECT_EQ(entries[0].name, "data.pkl");
  EXPECT_EQ(entries[1].name, "byteorder");
  EXPECT_EQ(entries[2].name, "data/0");
  EXPECT_EQ(entries[entries.size() - 2].name, "version");
  EXPECT_EQ(entries.back().name, ".data/serialization_id");
  for (const auto& entry : entries) {
    EXPECT_TRUE(entry.stored);
    EXPECT_EQ((entry.data.data() - opened.bytes.data()) % 64, 0) << entry.name;
  }
}

TEST(CheckpointWriterTest, TheNetworkLiesWhereTrainingLeavesIt) {
  const auto network = NetworkOfYaml(kSmall, "n");
  CheckpointFile file = FileOf(*network);
  file.info = {{"epoch", 3},
               {"best_fitness", 0.5},
               {"updates", nullptr},
               {"train_args", {{"imgsz", 96}, {"data", "data.yaml"}}}};
  for (const bool finished : {false, true}) {
    SCOPED_TRACE(finished);
    file.finished = finished;
    const Opened opened = WriteAndOpen(file);
    const formats::Value& root = opened.pickle.root();
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < root.items.size(); i += 2) {
      keys.push_back(root.items[i]->text);
    }
    EXPECT_EQ(keys, (std::vector<std::string>{"epoch", "best_fitness", "model",
                                              "ema", "updates", "train_args"}));
    const auto* here = root.Get(finished ? "model" : "ema");
    const auto* there = root.Get(finished ? "ema" : "model");
    EXPECT_TRUE(here->Is(formats::Value::Kind::kObject));
    EXPECT_TRUE(there->Is(formats::Value::Kind::kNone));
    EXPECT_EQ(here->state->Get("args")->Get("data")->text, "data.yaml");
    EXPECT_EQ(opened.checkpoint.train_imgsz(), 96);
    EXPECT_EQ(root.Get("epoch")->integer, 3);
    EXPECT_EQ(root.Get("best_fitness")->number, 0.5);
    EXPECT_FALSE(ReadResume(opened.checkpoint).has_value());
  }
}

TEST(CheckpointWriterTest, WhatTrainingGoesOnFromComesBackToTheBit) {
  const auto network = NetworkOfYaml(kSmall, "n");
  CheckpointFile file = FileOf(*network);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  file.resume = {{"weights", at::tensor({1e-8F, 65504.5F, -0.0F, nan, 3e38F})},
                 {"steps", at::tensor({std::numeric_limits<std::int64_t>::min(),
                                       std::int64_t{7}})},
                 {"flags", at::tensor({1, 0, 1}).to(at::kBool)},
                 {"nothing", at::empty({0, 3})},
                 {"one", at::scalar_tensor(0.1, at::kDouble)},
                 {"half", at::tensor({0.1F}).to(at::kHalf)},
                 {"bytes", at::arange(256).to(at::kByte)},
                 {"turned", at::arange(6, at::kFloat).view({2, 3}).t()},
                 {"part of a name.with \"quotes\"", at::arange(3)}};
  file.resume_state = R"({"epoch": 3, "rng": [1, 2]})";
  const auto resume = ReadResume(WriteAndOpen(file).checkpoint);
  ASSERT_TRUE(resume.has_value());
  EXPECT_EQ(resume->state, file.resume_state);
  ASSERT_EQ(resume->tensors.size(), file.resume.size());
  for (const auto& [name, tensor] : file.resume) {
    SCOPED_TRACE(name);
    const at::Tensor& again = resume->tensors.at(name);
    EXPECT_EQ(again.scalar_type(), tensor.scalar_type());
    ASSERT_EQ(again.sizes(), tensor.sizes());
    const at::Tensor whole = tensor.contiguous();
    EXPECT_EQ(std::memcmp(again.const_data_ptr(), whole.const_data_ptr(),
                          whole.nbytes()),
              0);
  }
}

// The reader's limits leave room for the largest network and, of every
// tensor, what an optimiser keeps of it.
TEST(CheckpointWriterTest, TheLargestNetworkCanBeReadAgain) {
  const graph::Network network(graph::ArchitectureByName("yolo11x-seg"));
  CheckpointFile file = FileOf(network);
  const at::Tensor small = at::ones({1});
  file.tensor = [&](const std::string&) { return small; };
  for (const auto& items :
       {network.named_parameters(), network.named_buffers()}) {
    for (const auto& item : items) {
      for (const char* kind : {"weights.", "average.", "first.", "second."}) {
        file.resume.emplace_back(kind + item.key(), small);
      }
    }
  }
  const test::TemporaryFolder folder;
  WriteCheckpoint(file, folder / "model.pt");
  const formats::Checkpoint checkpoint(base::ReadFile(folder / "model.pt"),
                                       "model.pt");
  EXPECT_EQ(checkpoint.tensors().size(), 1077U);
  EXPECT_EQ(ReadResume(checkpoint)->tensors.size(), 4 * 1077U);
}

TEST(CheckpointWriterTest, RefusesWhatItCannotStore) {
  const auto network = NetworkOfYaml(kSmall, "n");
  CheckpointFile file = FileOf(*network);
  file.resume = {{"wave", at::zeros({2}, at::kComplexFloat)}};
  const test::TemporaryFolder folder;
  ExpectError(Code::kInvalidArgument, "no tensor of type ComplexFloat",
              [&] { WriteCheckpoint(file, folder / "model.pt"); });
  EXPECT_TRUE(std::filesystem::is_empty(folder / ""));
}

TEST(CheckpointWriterTest, AResumeThatRepeatsItsValuesIsRefused) {
  // A tensor of a billion values of which one is stored.
  const auto network = NetworkOfYaml(kSmall, "n");
  CheckpointFile file = FileOf(*network);
  file.resume = {{"large", at::zeros({1})}};
  const Opened opened = WriteAndOpen(file);
  std::vector<std::pair<std::string, test::Bytes>> records;
  for (const auto& entry : opened.archive.entries()) {
    std::string data(entry.data.begin(), entry.data.end());
    if (entry.name == "data.pkl") {
      // Shape (1,) and stride (1,) behind the name, with what is remembered
      // between.
      const std::size_t name = data.find("large");
      const std::size_t shape = data.find("K\x01\x85", name);
      ASSERT_NE(shape, std::string::npos);
      const std::size_t stride = data.find("K\x01\x85", shape + 3);
      ASSERT_NE(stride, std::string::npos);
      data.replace(stride, 2, std::string("K\0", 2));
      data.replace(shape, 2, std::string("J\0\0\0@", 5));
    }
    records.emplace_back(entry.name, test::ToBytes(data));
  }
  const formats::Checkpoint hostile(test::MakeZip(records), "model.pt");
  ExpectError(Code::kUnsafeModel, "more often than it stores them",
              [&] { ReadResume(hostile); });
}

test::Bytes SmallFile(const std::string& path) {
  const auto network = NetworkOfYaml(kSmall, "n");
  WriteCheckpoint(FileOf(*network), path);
  return test::ReadAll(path);
}

TEST(CheckpointWriterTest, AFailureLeavesTheOldFileWhole) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "model.pt";
  const test::Bytes old = SmallFile(path);
  const auto network = NetworkOfYaml(kSmall, "n");
  ExpectError(Code::kWriteFailed, "cannot be written",
              [&] { WriteCheckpoint(FileOf(*network), path + "/inside.pt"); });
  ExpectError(Code::kWriteFailed, "cannot be written", [&] {
    WriteCheckpoint(FileOf(*network), folder / "none/model.pt");
  });
  EXPECT_EQ(test::ReadAll(path), old);
}

#if !defined(_WIN32)
TEST(CheckpointWriterTest, AFullDiskLeavesTheOldFileWhole) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "model.pt";
  const test::Bytes old = SmallFile(path);
  const auto network = NetworkOfYaml(YamlOfYolov8("Detect", "[nc]"), "n");
  // The kernel refuses to write beyond this size, as it does on a full disk.
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1 << 20, before.rlim_max};
  auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  ExpectError(Code::kWriteFailed, "check the folder, its permissions and the",
              [&] { WriteCheckpoint(FileOf(*network), path); });
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(test::ReadAll(path), old);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / ""),
                          std::filesystem::directory_iterator()),
            1);
}

TEST(CheckpointWriterTest, AReadOnlyFolderLeavesTheOldFileWhole) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "model.pt";
  const test::Bytes old = SmallFile(path);
  const auto network = NetworkOfYaml(kSmall, "n");
  chmod((folder / "").c_str(), 0555);
  // To root no folder is read-only; "nobody" may write as little as others.
  const uid_t self = geteuid();
  constexpr uid_t kNobody = 65534;
  ASSERT_EQ(self == 0 ? seteuid(kNobody) : 0, 0);
  ExpectError(Code::kWriteFailed, "Permission denied",
              [&] { WriteCheckpoint(FileOf(*network), path); });
  ASSERT_EQ(seteuid(self), 0);
  chmod((folder / "").c_str(), 0755);
  EXPECT_EQ(test::ReadAll(path), old);
}
#endif

TEST(CheckpointWriterTest, AnyNamesOfClassesComeBack) {
  for (const int count : {1, 3, 1000, 1001}) {
    SCOPED_TRACE(count);
    std::string text = kSmall;
    text.replace(0, 5, "nc: " + std::to_string(count));
    const auto network = NetworkOfYaml(text, "n");
    CheckpointFile file = FileOf(*network);
    ASSERT_EQ(file.names.size(), static_cast<std::size_t>(count));
    file.names[0] = "d'or \"und\" 猫 \xF0\x9F\x90\x88\\ \n";
    if (count > 1) file.names[1] = "";
    if (count > 2) file.names[2] = std::string(300, 'n');
    const Opened opened = WriteAndOpen(file);
    EXPECT_EQ(opened.checkpoint.names(), file.names);
    EXPECT_EQ(YamlIn(opened).classes, count);
  }
  // What is no text to Python.
  const auto network = NetworkOfYaml(kSmall, "n");
  CheckpointFile file = FileOf(*network);
  file.names[1] = "caf\xE9";
  EXPECT_EQ(WriteAndOpen(file).checkpoint.names().at(1), "caf?");
}

}  // namespace
}  // namespace yolotorch::train

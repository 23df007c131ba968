// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/checkpoint.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "base/files.h"
#include "cpu_time.h"
#include "formats/sha256.h"
#include "formats/wordnet.h"
#include "stopwatch.h"
#include "support.h"

namespace yolotorch::formats {
namespace {

using base::ReadFile;
using test::Asset;
using test::ExpectError;
using test::MakeZip;
using test::ToBytes;
using namespace std::string_literals;

Checkpoint ReadBytes(std::vector<std::uint8_t> bytes) {
  return Checkpoint(std::move(bytes), "model.pt");
}

// A pickle around `body`, protocol 2.
std::vector<std::uint8_t> MakePickle(const std::string& body) {
  return ToBytes("\x80\x02" + body + ".");
}

std::vector<std::uint8_t> ZipWithPickle(const std::string& body) {
  return MakeZip({{"data.pkl", MakePickle(body)}});
}

TEST(CheckpointTest, ReadsWhatUltralyticsWrites) {
  REQUIRE_ASSETS();
  const Checkpoint checkpoint(ReadFile(Asset("weights/yolo11n.pt")),
                              "yolo11n.pt");
  EXPECT_EQ(checkpoint.model_class(), "ultralytics.nn.tasks.DetectionModel");
  EXPECT_EQ(checkpoint.tensors().size(), 499U);
  std::int64_t elements = 0;
  for (const auto& [name, view] : checkpoint.tensors()) {
    elements += view.numel();
  }
  EXPECT_EQ(elements, 2'639'825);
  EXPECT_EQ(checkpoint.tensors()[0].first, "model.0.conv.weight");
  EXPECT_EQ(checkpoint.names().size(), 80U);
  EXPECT_EQ(checkpoint.names().at(5), "bus");
  EXPECT_EQ(checkpoint.train_imgsz(), 640);
  ASSERT_NE(checkpoint.FindModule("model.9.cv1.act"), nullptr);
  EXPECT_EQ(checkpoint.FindModule("model.9.cv1.act")->type,
            "torch.nn.modules.activation.SiLU");
  EXPECT_DOUBLE_EQ(checkpoint.FindModule("model.0.bn")->Number("eps", 0), 1e-3);
}

TEST(CheckpointTest, ReadsEveryTask) {
  REQUIRE_ASSETS();
  // Counts of section 2.1 of the format: state-dict entries a task.
  for (const auto& [name, count] :
       {std::pair<std::string, std::size_t>{"yolo11n-seg", 561},
        {"yolo11n-pose", 541},
        {"shapes-obb", 541},
        {"yolo11n-cls", 236}}) {
    const Checkpoint checkpoint(ReadFile(Asset("weights/" + name + ".pt")),
                                name);
    EXPECT_EQ(checkpoint.tensors().size(), count) << name;
  }
}

TEST(CheckpointTest, IsReadForThePriceOfItsHash) {
  REQUIRE_ASSETS();
  const auto bytes = ReadFile(Asset("weights/yolo11n.pt"));
  const auto read = [&] { const Checkpoint checkpoint(bytes, "yolo11n.pt"); };
  test::TimeFigure("checkpoint_read", 3, read);
  test::ExpectCpuRatio("checkpoint_read_over_sha256", 3, read,
                       [&] { EXPECT_EQ(Sha256(bytes).size(), 64U); });
}

TEST(CheckpointTest, RefusesWhatIsNoCheckpoint) {
  ExpectError(Code::kNotFound, "There is no file '",
              [] { ReadFile("no-such-folder/yolo11n.pt"); });
  ExpectError(Code::kCorruptModel, "is empty", [] { ReadBytes({}); });
  ExpectError(Code::kCorruptModel, "does not begin as a zip archive does",
              [] { ReadBytes(ToBytes("just some text, saved as .pt")); });
  ExpectError(Code::kCorruptModel, "without the record data.pkl", [] {
    ReadBytes(MakeZip({{"readme.txt", ToBytes("hello")}}));
  });
  ExpectError(Code::kUnsupportedModel, "holds no pickled model",
              [] { ReadBytes(ZipWithPickle("}")); });
}

TEST(CheckpointTest, RefusesEveryTruncation) {
  REQUIRE_ASSETS();
  const auto whole = ReadFile(Asset("weights/yolo11n.pt"));
  for (std::size_t part = 1; part < 40; ++part) {
    auto cut = whole;
    cut.resize(whole.size() * part / 40);
    ExpectError(Code::kCorruptModel, "is cut short",
                [&] { ReadBytes(std::move(cut)); });
  }
}

TEST(CheckpointTest, RefusesAFlippedBitInEveryRecord) {
  REQUIRE_ASSETS();
  auto bytes = ReadFile(Asset("weights/yolo11n.pt"));
  const ZipArchive zip(bytes, "model.pt");
  for (const ZipArchive::Entry& entry : zip.entries()) {
    auto& byte =
        bytes[static_cast<std::size_t>(entry.data.data() - bytes.data()) +
              entry.data.size() / 2];
    byte ^= 0x10;
    ExpectError(Code::kCorruptModel, entry.name,
                [&] { zip.VerifyChecksums(); });
    byte ^= 0x10;
  }
  zip.VerifyChecksums();
}

TEST(PickleTest, NeverCallsButNamesWhatItWasAskedToCall) {
  ExpectError(Code::kUnsafeModel, "'os.system'", [] {
    ReadBytes(
        ZipWithPickle(std::string("cos\nsystem\nX\x02\0\0\0ls\x85R", 21)));
  });
  ExpectError(Code::kUnsafeModel, "'builtins.eval'",
              [] { ReadBytes(ZipWithPickle("cbuiltins\neval\n)R")); });
}

TEST(PickleTest, RefusesMalformedPickles) {
  for (const std::string& body : {
           std::string("X\xFF\xFF\xFF\x7F"
                       "abc"),                 // a text past the end
           std::string("r\xFF\xFF\xFF\xFF"),   // memo of nothing
           std::string("Nr\xFF\xFF\xFF\x0F"),  // an absurd memo index
           std::string("h\x05"),               // recalls nothing
           std::string("u"),                   // no mark
           std::string("a"),                   // empty stack
           std::string("(NNu"),                // items for no dict
           std::string("}(Nu"),                // a key alone
           std::string("NN"),                  // two values left
           std::string("(N"),                  // a mark left
           std::string("i\nos\nsystem\n"),     // opcode INST
           std::string("\x80\x09"),            // protocol 9
           std::string("N)\x81"),              // object of no class
       }) {
    SCOPED_TRACE(body);
    ExpectError(Code::kCorruptModel, "its pickle",
                [&] { ReadBytes(ZipWithPickle(body)); });
  }
}

TEST(PickleTest, DeepNestingIsOnlyData) {
  std::string body = ")";
  body.append(200'000, '\x85');
  ExpectError(Code::kUnsupportedModel, "holds no pickled model",
              [&] { ReadBytes(ZipWithPickle(body)); });
  body.append(100'000, '\x85');
  ExpectError(Code::kUnsafeModel, "more than 250000 values",
              [&] { ReadBytes(ZipWithPickle(body)); });
}

TEST(PickleTest, RealCheckpointsStayFarBelowTheLimits) {
  REQUIRE_ASSETS();
  const auto bytes = ReadFile(Asset("weights/yolo11n-seg.pt"));
  const ZipArchive zip(bytes, "a");
  EXPECT_LT(Pickle(zip.Find("data.pkl")->data, "a").values().size(), 30'000U);
}

TEST(CheckpointTest, RefusesAStorageShorterThanItsTensor) {
  REQUIRE_ASSETS();
  const auto whole = ReadFile(Asset("weights/yolo11n.pt"));
  const ZipArchive zip(whole, "model.pt");
  std::vector<std::pair<std::string, std::vector<std::uint8_t>>> records;
  for (const ZipArchive::Entry& entry : zip.entries()) {
    records.emplace_back(entry.name, std::vector<std::uint8_t>(
                                         entry.data.begin(), entry.data.end()));
    if (entry.name == "data/7") records.back().second.resize(4);
  }
  ExpectError(Code::kCorruptModel, "its record 'data/7' has 4 bytes",
              [&] { ReadBytes(MakeZip(records)); });
}

// A model with one tensor; both names are told when its record is missing.
TEST(CheckpointTest, ShowsNamesOfAFileInOneLine) {
  const std::string tensor =
      "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storage"
      "ctorch\nFloatStorage\nX\2\0\0\0k\nX\3\0\0\0cpuK\1tQK\0K\1\x85K\1\x85tR"s;
  const std::string model =
      "}X\5\0\0\0modelcultralytics.nn.tasks\nDetectionModel\n)\x81}"
      "X\x0B\0\0\0_parameters}X\3\0\0\0a\x1B"s
      "b";
  ExpectError(Code::kCorruptModel, "lacks record 'data/k?'",
              [&] { ReadBytes(ZipWithPickle(model + tensor + "ssbs")); });
  ExpectError(Code::kCorruptModel, "the values of 'a?b'",
              [&] { ReadBytes(ZipWithPickle(model + tensor + "ssbs")); });
}

TEST(WordNetTest, NamesImageNetClasses) {
  std::map<int, std::string> names = {
      {0, "n01440764"}, {1, "n99999999"}, {2, "n02012849"}};
  EXPECT_TRUE(AreWordNetIds(names));
  NameWordNetIds(&names);
  EXPECT_EQ(names[0], "tench");
  EXPECT_EQ(names[1], "n99999999");
  EXPECT_EQ(names[2], "crane_(bird)");
  EXPECT_FALSE(AreWordNetIds({{0, "person"}}));
  EXPECT_FALSE(AreWordNetIds({}));
}

TEST(WordNetTest, EveryClassOfAClassifierGetsItsName) {
  REQUIRE_ASSETS();
  const Checkpoint checkpoint(ReadFile(Asset("weights/yolo11n-cls.pt")), "");
  std::map<int, std::string> names = checkpoint.names();
  NameWordNetIds(&names);
  const auto text = test::ReadAll(Asset("expected/config/yolo11n-cls.json"));
  const auto expected =
      nlohmann::json::parse(text.begin(), text.end()).at("names");
  ASSERT_EQ(names.size(), expected.size());
  for (const auto& [id, name] : names) {
    EXPECT_EQ(name, expected.at(std::to_string(id)));
  }
}

TEST(ZipArchiveTest, RefusesForbiddenNames) {
  for (const std::string name : {"../evil", "a/../../evil", "a\\b"}) {
    ExpectError(Code::kUnsafeModel, "forbidden name", [&] {
      ReadBytes(MakeZip({{name, ToBytes("x")}}));
    });
  }
  ExpectError(Code::kUnsafeModel, "twice", [] {
    ReadBytes(MakeZip({{"a", ToBytes("x")}, {"a", ToBytes("y")}}));
  });
}

// The examples of FIPS 180-4, and lengths at which padding takes a block more.
TEST(Sha256Test, MatchesTheStandard) {
  EXPECT_EQ(Sha256({}),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256(ToBytes("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256(ToBytes(
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

}  // namespace
}  // namespace yolotorch::formats

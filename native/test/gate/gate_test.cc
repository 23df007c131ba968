// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/gate.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formats/pickle.h"
#include "formats/zip_archive.h"
#include "gate/class_rules.h"
#include "gate/code_scan.h"
#include "support.h"

namespace yolotorch {
namespace {

using formats::Pickle;
using formats::PickleKind;
using formats::ZipArchive;
using gate::CodeFacts;
using test::ExpectError;
using test::ToBytes;
using namespace std::string_literals;

CodeFacts Scan(std::string_view source) {
  CodeFacts facts;
  gate::ScanCode(source, "code/__torch__/a.py", "m", &facts);
  return facts;
}

CodeFacts ScanBody(const std::string& body) {
  return Scan(
      "class M(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    " +
      body + "\n    return x\n");
}

// What is not allowed in the statements of a forward.
std::set<std::string> Unknown(const std::string& body) {
  return ScanBody(body).unknown;
}

void ExpectUnknown(const std::string& body, const std::string& what) {
  const std::set<std::string> unknown = Unknown(body);
  EXPECT_TRUE(unknown.count(what) == 1)
      << body << ": " << (unknown.empty() ? "nothing" : *unknown.begin());
}

void ExpectFault(const CodeFacts& facts, const std::string& what) {
  EXPECT_EQ(facts.faults.count(what), 1U)
      << what << ": "
      << (facts.faults.empty() ? "nothing" : *facts.faults.begin());
}

std::string Repeat(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(GateCode, NamesOperatorsAndDevices) {
  ExpectUnknown("torch.save(x, \"p\")", "operator 'aten::save'");
  ExpectUnknown("(torch\n.\nsave(x, \"p\"))", "operator 'aten::save'");
  ExpectUnknown("ops.aten.save(x)", "operator 'aten::save'");
  ExpectUnknown("f = torch", "'torch' by itself");
  const CodeFacts facts = Scan("y = torch.add(torch.add(x, x), x)");
  EXPECT_TRUE(facts.unknown.empty());
  EXPECT_EQ(facts.operators.at("aten::add"), 2);
  EXPECT_EQ(Scan("y = torch.device(\"cuda:0\")").devices.count("cuda:0"), 1U);
}

TEST(GateCode, FindsFaultWithWhatTrustCannotMakeUpFor) {
  ExpectFault(ScanBody("y = x # torch"), "character '#'");
  ExpectFault(ScanBody("y = x\\\n"), "character '\\'");
  ExpectFault(ScanBody("y = \"\"\"a\"\"\""), "a text of several lines");
  ExpectFault(ScanBody("y = \"a\nb\""), "a text of several lines");
  ExpectFault(ScanBody("\xC3\xA9 = x"), "a character that is no ASCII");
  ExpectFault(ScanBody("y = unchecked_cast(List[__torch__.a.M], x)"),
              "cast to '__torch__.a.M'");
  ExpectFault(ScanBody("y = __torch__.torch.classes.a.B"),
              "class '__torch__.torch.classes.a.B'");
  ExpectFault(Scan("class M(Module):\n  def __setstate__(self):\n    x\n"),
              "method '__setstate__'");
  ExpectFault(Scan("class E(Enum):\n  a : int\n"),
              "class 'E' that is no module");
  ExpectFault(Scan("class E:\n  a : int\n"), "class 'E' without a base");
  ExpectFault(Scan("class A(Module):\n  class B(Module):\n    a : int\n"),
              "class 'B' within another");
  ExpectFault(Scan("class Conv2dPackedParams(Module):\n  a : int\n"),
              "class '__torch__.a.Conv2dPackedParams'");
  CodeFacts facts;
  gate::ScanCode("class Linear(Module):\n  a : int\n",
                 "code/__torch__/torch/nn/quanti/___torch_mangle_1zed.py", "m",
                 &facts);
  EXPECT_EQ(facts.faults.size(), 1U);
}

// LibTorch evaluates expressions where its printer writes names.
TEST(GateCode, LetsClassesDeclareAsPrintersDoOnly) {
  const auto faults = [](const std::string& statement) {
    return Scan("class M(Module):\n  " + statement + "\n").faults;
  };
  for (const char* sound :
       {"a : int", "a : Final[int] = 3", "pass", "__parameters__ = [\"a\", ]",
        "__buffers__ = []", "__annotations__ = []",
        "__annotations__[\"0\"] = Dict[str, __torch__.b.B]",
        "def forward(self):\n    return 1"}) {
    EXPECT_TRUE(faults(sound).empty()) << sound;
  }
  for (const char* odd :
       {"(a) : int", "a : int = 3", "a = 3", "a", "a : \"int\"", "a : (int)",
        "a : Final[int] =", "__annotations__[(\"a\")] = int",
        "__annotations__[\"a\" \"b\"] = int",
        "__annotations__[\"\\141\"] = int", "__annotations__[a] = int",
        "__annotations__ = {}", "__parameters__ = [a, ]",
        "__parameters__ = [\"a\" \"b\", ]", "__parameters__ = [\"\\141\", ]",
        "__slots__ = []", "if True:\n    a : int", "@property"}) {
    EXPECT_FALSE(faults(odd).empty()) << odd;
  }
  EXPECT_FALSE(Scan("class M(Module): a : int\n").faults.empty());
  EXPECT_FALSE(Scan("class M(Module, N):\n  a : int\n").faults.empty());
}

TEST(GateCode, BoundsWhatACompilerFollows) {
  const auto refuses = [](const std::string& source, std::string_view why) {
    ExpectError(Code::kUnsafeModel, why, [&] { Scan(source); });
  };
  EXPECT_NO_THROW(Scan("y = " + Repeat("(", 100) + Repeat(")", 100)));
  refuses("y = " + Repeat("(", 101), "brackets more than 100 deep");
  refuses("y = " + Repeat("-", 101), "100 signs");
  refuses("y = 1" + Repeat("+1", 2'001), "absurd length");
  refuses("y = x" + Repeat(".a", 10'001), "absurd length");
  refuses("y = x" + Repeat("[0]", 2'002), "absurd length");
  refuses(Repeat("\t", 201) + "x\n" + "\n" + Repeat("\t", 201) + "x\n",
          "blocks more than 100 deep");
  refuses(Repeat("elif x:\n  y\n", 201), "200 'elif'");
  EXPECT_NO_THROW(Scan(Repeat("x\n", 19'000)));
  refuses(Repeat("x\n", 20'002), "more than 20000 lines");
  refuses("y = '" + std::string((1 << 20) + 9, 'a') + "'", "over 1 MiB");
  refuses(std::string(501, 'a'), "a word of absurd length");
  refuses("y = __torch__" + Repeat(".a", 1'000), "a name of absurd length");
  refuses("class A(Module):\n  a : Tuple[" + Repeat("int, ", 300) + "int]\n",
          "a type of absurd length");
  refuses("class A(Module):\n  a : int\nclass A(Module):\n  b : int\n",
          "the class 'A' twice");
  ExpectError(Code::kCorruptModel, "closes what it did not open",
              [] { Scan("y = )"); });
}

TEST(GateCode, ReadsTheAttributesOfClasses) {
  const CodeFacts facts = Scan(
      "class A(Module):\n  __parameters__ = [\"w\", ]\n  w : Tensor\n"
      "  c : Final[int] = 3\n"
      "  __annotations__[\"0\"] = Optional[__torch__.b.B]\n"
      "  def forward(self: __torch__.a.A, x : Tensor) -> Tensor:\n"
      "    y : int = 3\n    return x\n"
      "  late : Tuple[int,\n float]\n");
  const auto& found = facts.classes.at("__torch__.a.A");
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"w", "Tensor"},
      {"0", "Optional[__torch__.b.B]"},
      {"late", "Tuple[int,float]"}};
  EXPECT_EQ(found.attributes, expected);
  EXPECT_EQ(found.refers, std::set<std::string>{"__torch__.b.B"});
}

Pickle Unpickle(const std::string& opcodes) {
  const test::Bytes bytes = ToBytes("\x80\x02" + opcodes);
  return Pickle(bytes, "m", PickleKind::kTorchScript);
}

TEST(GatePickle, RefusesWhatLibTorchReadsOtherwise) {
  const auto corrupt = [](const std::string& opcodes, std::string_view why) {
    ExpectError(Code::kCorruptModel, why, [&] { Unpickle(opcodes); });
  };
  const auto unsafe = [](const std::string& opcodes, std::string_view why) {
    ExpectError(Code::kUnsafeModel, why, [&] { Unpickle(opcodes); });
  };
  const std::string begun = "c__torch__\nM\n)\x81";
  EXPECT_NO_THROW(Unpickle(begun + "}b."));
  corrupt(begun + ".", "leaves an object without its state");
  corrupt(begun + "q\1}b.", "remembers an object without its state");
  corrupt(begun + "}b}b.", "builds what is no new object");
  corrupt("K\1)b.", "builds what is no new object");
  unsafe("c__torch__\nM\n)R.", "asks to call '__torch__.M'");
  unsafe("ctorch\nFloatStorage\n)R.", "asks to call 'torch.FloatStorage'");
  unsafe("cos\nsystem\n)R.", "refers to 'os.system'");
  unsafe("c__torch__.torch.classes\nA\n)\x81}b.", "torch.classes.A");
  unsafe("]q\1h\1a.", "contains itself");
  // Dropped by OrderedDict, and destroyed by LibTorch as deep as it is.
  unsafe("ccollections\nOrderedDict\n)N" + Repeat("\x85", 2'000) + "\x86R.",
         "more than 1000 deep");
  std::string keys = "}(";
  for (std::uint64_t i = 1; i <= 20; ++i) {
    const std::uint64_t key = i * 0xF1DE83E19937733DULL;
    keys +=
        "\x8A\x08"s + std::string(reinterpret_cast<const char*>(&key), 8) + "N";
  }
  unsafe(keys + "u.", "made to collide");
}

TEST(GateClasses, ComparesObjectsWithTheirClasses) {
  const std::string type = "class M(Module):\n  a : ";
  const auto fault = [&](const std::string& declared,
                         const std::string& value) {
    CodeFacts facts;
    gate::ScanCode(type + declared + "\n", "code/__torch__.py", "m", &facts);
    const Pickle pickle =
        Unpickle("c__torch__\nM\n)\x81}X\1\0\0\0a"s + value + "sb.");
    std::string why = gate::FaultOfObjects(pickle, &facts);
    return facts.faults.empty() ? why : *facts.faults.begin();
  };
  EXPECT_EQ(fault("int", "K\1"), "");
  EXPECT_EQ(fault("Optional[int]", "N"), "");
  EXPECT_EQ(fault("Tuple[int, List[bool]]", "K\1]\x88"s + "a\x86"), "");
  EXPECT_EQ(fault("Dict[str, float]", "}"), "");
  EXPECT_EQ(fault("int", "N"), "holds a '__torch__.M' whose 'a' is no int");
  EXPECT_NE(fault("Tuple[int, int]", "K\1\x85"), "");
  EXPECT_NE(fault("List[int]", "]Na"), "");
  EXPECT_NE(fault("__torch__.N", "K\1"), "");
  EXPECT_NE(fault("Tensor", "K\1"), "");
  EXPECT_EQ(fault("Any", "K\1"), "an attribute that is a 'Any'");
}

TEST(GateClasses, BoundsHowFarTheyRefer) {
  CodeFacts facts;
  const auto name = [](int i) { return "__torch__.C" + std::to_string(i); };
  for (int i = 0; i < 99; ++i) facts.classes[name(i)].refers = {name(i + 1)};
  facts.classes[name(99)] = {};
  EXPECT_EQ(gate::FaultOfClasses(facts), "");
  facts.classes[name(99)].refers = {name(100)};
  facts.classes[name(100)] = {};
  EXPECT_NE(gate::FaultOfClasses(facts), "");
  // LibTorch finds the package of "__torch__.A.C1" in "__torch__/a.py".
  facts.classes = {};
  for (int i = 0; i < 101; ++i) {
    const std::string number = std::to_string(i + 1);
    facts.classes["__torch__.a.C" + std::to_string(i)].refers = {
        (i % 2 == 0 ? "__torch__.A.C" : "__torch__.a.C") + number};
  }
  EXPECT_NE(gate::FaultOfClasses(facts), "");
  facts.classes = {};
  facts.classes[name(0)].refers = {name(1)};
  facts.classes[name(1)].refers = {name(0)};
  EXPECT_NE(gate::FaultOfClasses(facts), "");
}

TEST(GateZip, TellsNoRecordsApartByCapitals) {
  const test::Bytes bytes =
      test::MakeZip({{"data/a", ToBytes("1")}, {"data/A", ToBytes("2")}});
  ExpectError(Code::kUnsafeModel, "but for its capitals",
              [&] { ZipArchive(bytes, "m"); });
}

TEST(GateZip, BelievesOneEndOnly) {
  const test::Bytes sound = test::MakeZip({{"data/a", ToBytes("1")}});
  EXPECT_NO_THROW(ZipArchive(sound, "m"));
  test::Bytes doubled = sound;
  doubled.insert(doubled.end(), sound.end() - 22, sound.end());
  ExpectError(Code::kCorruptModel, "behind its directory",
              [&] { ZipArchive(doubled, "m"); });
  test::Bytes longer = sound;
  longer.push_back(0);
  ExpectError(Code::kCorruptModel, "follows its end record",
              [&] { ZipArchive(longer, "m"); });
}

TEST(GateArchive, TrustWaivesTheListsOnly) {
  const auto check = [](const std::string& name, const std::string& code,
                        bool trusted) {
    const test::Bytes bytes = test::MakeZip(
        {{"version", ToBytes("3\n")},
         {"code/__torch__.py", ToBytes("class M(Module):\n  pass\n")},
         {name, ToBytes(code)},
         {"data.pkl", ToBytes("\x80\2c__torch__\nM\n)\x81}b.")},
         {"constants.pkl", ToBytes("\x80\2).")}});
    gate::CheckArchive(ZipArchive(bytes, "m"), "m", trusted);
  };
  const std::string path = "code/__torch__/a.py";
  const std::string head = "class A(Module):\n";
  const std::string save =
      head + "  def f(self, x: Tensor):\n    torch.save(x)\n";
  EXPECT_NO_THROW(check(path, head + "  a : int\n", false));
  EXPECT_NO_THROW(check(path, save, true));
  ExpectError(Code::kUnsafeModel, "aten::save",
              [&] { check(path, save, false); });
  for (const bool trusted : {false, true}) {
    ExpectError(Code::kUnsafeModel, "no exporter writes",
                [&] { check(path, head + "  (a) : int\n", trusted); });
    ExpectError(Code::kUnsafeModel, "no exporter writes", [&] {
      check(path, head + "  def __setstate__(self):\n    pass\n", trusted);
    });
    ExpectError(Code::kUnsafeModel, "no package's name",
                [&] { check("code/__torch__/a.b.py", "", trusted); });
  }
}

}  // namespace
}  // namespace yolotorch

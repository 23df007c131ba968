// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "formats/checkpoint.h"
#include "support.h"

namespace yolotorch::formats {
namespace {

using namespace std::string_literals;
using test::ExpectError;
using Names = std::map<int, std::string>;

std::string Little(std::size_t number, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) {
    text += static_cast<char>((number >> (8 * i)) & 0xFF);
  }
  return text;
}

std::string Text(const std::string& text) {
  return "X" + Little(text.size(), 4) + text;
}

std::string Number(int number) {
  return "J" + Little(static_cast<std::uint32_t>(number), 4);
}

std::string Global(const std::string& module, const std::string& name) {
  return "c" + module + "\n" + name + "\n";
}

std::string Tuple(const std::string& items) { return "(" + items + "t"; }
std::string List(const std::string& items) { return "](" + items + "e"; }
std::string Dict(const std::string& items) { return "}(" + items + "u"; }

std::string Call(const std::string& module, const std::string& name,
                 const std::string& arguments) {
  return Global(module, name) + Tuple(arguments) + "R";
}

std::string Object(const std::string& module, const std::string& name,
                   const std::string& attributes) {
  return Global(module, name) + ")\x81" + Dict(attributes) + "b";
}

// A network with these attributes and one layer, whose place tells it.
std::string Network(const std::string& attributes = "",
                    const std::string& name = "DetectionModel") {
  const std::string layers = Object("torch.nn.modules.container", "Sequential",
                                    Text("_modules") + "}");
  return Object("ultralytics.nn.tasks", name,
                Text("_modules") + Dict(Text("model") + layers) + attributes);
}

Checkpoint Read(const std::string& root) {
  return {test::MakeZip({{"data.pkl", test::ToBytes("\x80\x02" + root + ".")}}),
          "model.pt"};
}

Names NamesOf(const std::string& names) {
  return Read(Dict(Text("model") + Network(Text("names") + names))).names();
}

// A scalar of NumPy as protocol 2 pickles it.
std::string Numpy(const std::string& type, const std::string& bytes) {
  const std::string dtype = Call("numpy", "dtype", Text(type) + "\x89\x88") +
                            Tuple(Number(3) + Text("<") + "NNN" + Number(-1) +
                                  Number(-1) + Number(0)) +
                            "b";
  return Call("numpy._core.multiarray", "scalar",
              dtype + Call("_codecs", "encode", Text(bytes) + Text("latin1")));
}

TEST(CheckpointValuesTest, NamesMayBeOfAnyKind) {
  const Names both = {{0, "cat"}, {1, "dog"}};
  const std::string cat = Text("cat");
  const std::string dog = Text("dog");
  EXPECT_EQ(NamesOf(List(cat + dog)), both);
  EXPECT_EQ(NamesOf(Tuple(cat + dog)), both);
  EXPECT_EQ(NamesOf(Dict(Number(0) + cat + Number(1) + dog)), both);
  EXPECT_EQ(NamesOf(Dict(Text("0") + cat + Text("1") + dog)), both);
  const std::string one = Numpy("i8", "\1\0\0\0\0\0\0\0"s);
  const std::string zero = Numpy("u1", "\0"s);
  EXPECT_EQ(NamesOf(Dict(zero + cat + one + dog)), both);
  EXPECT_EQ(NamesOf(Dict(Text("0") + Numpy("U3", "c\0\0\0a\0\0\0t\0\0\0"s) +
                         Number(1) + dog)),
            both);
  EXPECT_EQ(NamesOf(Global("collections", "OrderedDict") + ")R(" + Text("0") +
                    cat + Text("1") + dog + "u"),
            both);
  EXPECT_EQ(
      NamesOf(Call("collections", "defaultdict", Global("__builtin__", "str")) +
              "(" + Number(0) + cat + Number(1) + dog + "u"),
      both);
  EXPECT_EQ(NamesOf(Call("collections", "deque", List(cat + dog))), both);
  EXPECT_EQ(NamesOf("N"), Names{});
  const std::string half = "G\x3F\xE0\0\0\0\0\0\0"s;
  EXPECT_EQ(
      NamesOf(List(Number(7) + half + "\x88N" + Numpy("u1", "\xC3\xBF"))),
      (Names{{0, "7"}, {1, "0.5"}, {2, "True"}, {3, "None"}, {4, "255"}}));
}

TEST(CheckpointValuesTest, RefusesNamesThatNameNoClasses) {
  for (const std::string& names :
       {Text("person"), Dict(Text("person") + Number(0)),
        Dict(Number(-1) + Text("a")), Dict(Text("0x1") + Text("a")),
        Dict(Text("0.5") + Text("a")), List("]"),
        Dict(Text("99999999999999999999") + Text("a"))}) {
    SCOPED_TRACE(names);
    ExpectError(Code::kCorruptModel, "class names that are no list of texts",
                [&] { NamesOf(names); });
  }
}

TEST(CheckpointValuesTest, FindsTheNetworkWhereverItWasSaved) {
  const std::string network = Network(Text("names") + List(Text("here")));
  const std::string other = Network("", "OtherModel");
  const auto held = [](const std::string& module, const std::string& name,
                       const std::string& key, const std::string& value) {
    return Object(module, name, Text(key) + value);
  };
  const auto registered = [](const std::string& module, const std::string& name,
                             const std::string& key, const std::string& value) {
    return Object(
        module, name,
        Text("_parameters") + "}" + Text("_modules") + Dict(Text(key) + value));
  };
  const std::vector<std::string> roots = {
      network,
      Dict(Text("model") + network),
      Dict(Text("model") + network + Text("ema") + "N"),
      Dict(Text("model") + other + Text("ema") + network),
      Dict(Text("ema") +
           held("ultralytics.utils.torch_utils", "ModelEMA", "ema", network) +
           Text("model") + other),
      held("ultralytics.models.yolo.model", "YOLO", "model", network),
      registered("ultralytics.models.yolo.model", "YOLO", "model", network),
      registered("ultralytics.engine.model", "Model", "model", network),
      Dict(Text("model") + registered("ultralytics.models.yolo.model", "YOLO",
                                      "model", network)),
      registered("torch.nn.parallel.data_parallel", "DataParallel", "module",
                 network),
      registered("torch._dynamo.eval_frame", "OptimizedModule", "_orig_mod",
                 network),
      registered("ultralytics.engine.model", "Model", "model",
                 registered("torch.nn.parallel.distributed",
                            "DistributedDataParallel", "module", network))};
  for (std::size_t i = 0; i < roots.size(); ++i) {
    SCOPED_TRACE(i);
    const Checkpoint checkpoint = Read(roots[i]);
    EXPECT_EQ(checkpoint.model_class(), "ultralytics.nn.tasks.DetectionModel");
    EXPECT_EQ(checkpoint.names(), (Names{{0, "here"}}));
    EXPECT_EQ(checkpoint.modules().size(), 2U);
  }
  ExpectError(Code::kUnsupportedModel, "holds no pickled model",
              [] { Read(Dict(Text("model") + "N" + Text("ema") + "N")); });
  ExpectError(Code::kUnsupportedModel, "holds no pickled model",
              [] { Read(List("N")); });
}

// Values that arguments of training may hold; none of them is looked at.
TEST(CheckpointValuesTest, HarmlessValuesAreRead) {
  const std::string parts = Text("/") + Text("data") + Text("a.yaml");
  const std::vector<std::string> values = {
      Call("datetime", "date", "C\x04\x07\xE8\x01\x02"s),
      Call("datetime", "datetime",
           Call("_codecs", "encode", Text("abc") + Text("latin1"))),
      Call("datetime", "timezone",
           Call("datetime", "timedelta", Number(0) + Number(0) + Number(0))),
      Call("decimal", "Decimal", Text("1.5")),
      Call("fractions", "Fraction", Text("1/2")),
      Call("__builtin__", "xrange", Number(0) + Number(3) + Number(1)),
      Call("builtins", "range", Number(0) + Number(3) + Number(1)),
      Call("__builtin__", "complex", Number(0) + Number(3)),
      Call("__builtin__", "frozenset", List(Number(1))),
      "(" + Number(1) + "\x91",
      "\x8F(" + Number(1) + "\x90",
      "C\x02"
      "ab"s,
      "B\x02\0\0\0"
      "ab"s,
      "\x8E\x02\0\0\0\0\0\0\0"
      "ab"s,
      "\x96\x02\0\0\0\0\0\0\0"
      "ab"s,
      "\x8D\x02\0\0\0\0\0\0\0"
      "ab"s,
      "\x8A\x09"
      "123456789"s,
      "\x8B\x09\0\0\0"
      "123456789"s,
      "N(NN1",
      Global("my.pkg", "Config") + ")}\x92",
      Call("pathlib", "PosixPath", parts),
      Call("pathlib._local", "WindowsPath", parts),
      Call("collections", "Counter", Dict(Text("a") + Number(2))),
      Call("torch", "device", Text("cuda")),
      Call("torch", "Size", List(Number(2))),
      Global("torch", "float16"),
      Object("types", "SimpleNamespace", Text("a") + Number(1)),
      Object("argparse", "Namespace", Text("a") + Number(1)),
      Object("ultralytics.utils", "IterableSimpleNamespace",
             Text("a") + Number(1)),
      Object("my.pkg", "Unknown", Text("a") + Number(1)),
      Numpy("f8", "\0\0\0\0\0\0\0\0"s)};
  for (std::size_t i = 0; i < values.size(); ++i) {
    SCOPED_TRACE(i);
    const Checkpoint checkpoint = Read(
        Dict(Text("model") + Network(Text("extra") + values[i]) +
             Text("train_args") +
             Dict(Text("extra") + values[i] + Text("imgsz") + Number(320))));
    EXPECT_EQ(checkpoint.train_imgsz(), 320);
  }
}

TEST(CheckpointValuesTest, ArgumentsMayBeANamespaceAndHoldPaths) {
  const std::string arguments =
      Text("imgsz") + Numpy("i4", "\xC2\x80\2\0\0"s) + Text("data") +
      Call("pathlib", "PosixPath", Text("/") + Text("sets") + Text("a.yaml"));
  for (const std::string& saved :
       {Dict(arguments), Object("argparse", "Namespace", arguments),
        Object("ultralytics.utils", "IterableSimpleNamespace", arguments)}) {
    const Checkpoint checkpoint =
        Read(Dict(Text("model") + Network() + Text("train_args") + saved));
    EXPECT_EQ(checkpoint.train_imgsz(), 640);
    EXPECT_EQ(checkpoint.TrainArgument("data"), "/sets/a.yaml");
  }
}

TEST(CheckpointValuesTest, CallsThatNoTrainingNeedsStayRefused) {
  for (const auto& [module, name] : {std::pair{"os", "system"},
                                     {"builtins", "eval"},
                                     {"builtins", "exec"},
                                     {"builtins", "type"},
                                     {"functools", "partial"},
                                     {"operator", "attrgetter"},
                                     {"datetime", "sys.exit"},
                                     {"uuid", "os.system"},
                                     {"my.pkg", "Config"}}) {
    SCOPED_TRACE(name);
    ExpectError(Code::kUnsafeModel,
                "asks to call '" + std::string(module) + "." + name + "'", [&] {
                  Read(Dict(Text("model") +
                            Network(Text("x") + Call(module, name, "N"))));
                });
  }
}

TEST(CheckpointValuesTest, TensorsOfOtherKindsAreLeftOut) {
  const std::string buffers =
      Text("a") + Call("torch._utils", "_rebuild_sparse_tensor", "NN") +
      Text("b") + Call("torch._utils", "_rebuild_qtensor", "N") + Text("c") +
      "N";
  const Checkpoint checkpoint = Read(Network(Text("_buffers") + Dict(buffers)));
  EXPECT_TRUE(checkpoint.tensors().empty());
  EXPECT_EQ(checkpoint.unread(), (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace yolotorch::formats

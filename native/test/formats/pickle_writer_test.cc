// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/pickle_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "formats/pickle_values.h"
#include "support.h"

namespace yolotorch::formats {
namespace {

using namespace std::string_literals;
using Kind = Value::Kind;

std::string Body(const Value* value) {
  const std::string pickle = WritePickle(*value);
  EXPECT_EQ(pickle.substr(0, 2), "\x80\x02");
  EXPECT_EQ(pickle.back(), '.');
  return pickle.substr(2, pickle.size() - 3);
}

Pickle Again(const Value* value) {
  return Pickle(test::ToBytes(WritePickle(*value)), "again");
}

// The bytes that Python's pickle.dumps(value, 2) gives.
TEST(PickleWriterTest, WritesThePlainValuesOfPython) {
  PickleValues values;
  for (const auto& [value, body] : {
           std::pair{values.None(), "N"s},
           {values.Bool(true), "\x88"s},
           {values.Bool(false), "\x89"s},
           {values.Int(0), "K\0"s},
           {values.Int(255), "K\xFF"s},
           {values.Int(256), "M\0\x01"s},
           {values.Int(65535), "M\xFF\xFF"s},
           {values.Int(65536), "J\0\0\x01\0"s},
           {values.Int(-1), "J\xFF\xFF\xFF\xFF"s},
           {values.Float(0.5), "G\x3F\xE0\0\0\0\0\0\0"s},
           {values.Text("h\xC3\xA9"), "X\x03\0\0\0h\xC3\xA9q\0"s},
           {values.List({}), "]q\0"s},
           {values.List({values.Int(1)}),
            "]q\0K\x01"
            "a"s},
           {values.List({values.Int(1), values.Int(2)}),
            "]q\0(K\x01K\x02"
            "e"s},
           {values.Tuple({}), ")"s},
           {values.Tuple({values.Int(1)}), "K\x01\x85q\0"s},
           {values.Tuple({values.Int(1), values.Int(2), values.Int(3)}),
            "K\x01K\x02K\x03\x87q\0"s},
           {values.Tuple(
                {values.Int(1), values.Int(2), values.Int(3), values.Int(4)}),
            "(K\x01K\x02K\x03K\x04tq\0"s},
           {values.Dict({values.Text("a"), values.Int(1)}),
            "}q\0X\x01\0\0\0"
            "aq\x01K\x01s"s},
           {values.Set(), "c__builtin__\nset\nq\0]q\x01\x85q\x02Rq\x03"s},
           {values.OrderedDict(), "ccollections\nOrderedDict\nq\0)Rq\x01"s},
       }) {
    EXPECT_EQ(Body(value), body);
  }
}

TEST(PickleWriterTest, ObjectsAreMadeWithoutAConstructor) {
  PickleValues values;
  const Value* state = values.Dict({values.Text("a"), values.None()});
  EXPECT_EQ(Body(values.Object("torch.nn.Bag", state)),
            "ctorch.nn\nBag\nq\0)\x81q\x01}q\x02X\x01\0\0\0"
            "aq\x03Nsb"s);
  EXPECT_EQ(Body(values.Object("torch.nn.Bag", nullptr)),
            "ctorch.nn\nBag\nq\0)\x81q\x01"s);
}

TEST(PickleWriterTest, WhatIsUsedTwiceIsOneObject) {
  PickleValues values;
  const Value* inner = values.List({values.Int(7)});
  EXPECT_EQ(Body(values.List({inner, inner})),
            "]q\0(]q\x01K\x07"
            "ah\x01"
            "e"s);
  EXPECT_EQ(Body(values.List({values.Text("x"), values.Text("x")})),
            "]q\0(X\x01\0\0\0xq\x01h\x01"
            "e"s);
  // What Python may change is not.
  EXPECT_EQ(Body(values.List({values.List({}), values.List({})})),
            "]q\0(]q\x01]q\x02"
            "e"s);
}

TEST(PickleWriterTest, TensorsNameTheirStorage) {
  PickleValues values;
  const Pickle pickle =
      Again(values.Parameter(values.Tensor(DType::kFloat16, "5", {2, 3, 4})));
  const Value& parameter = pickle.root();
  EXPECT_EQ(parameter.ClassName(), "torch._utils._rebuild_parameter");
  ASSERT_EQ(parameter.arguments->items.size(), 3U);
  const Value& tensor = *parameter.arguments->items[0];
  EXPECT_EQ(tensor.ClassName(), "torch._utils._rebuild_tensor_v2");
  const std::vector<const Value*>& parts = tensor.arguments->items;
  ASSERT_EQ(parts.size(), 6U);
  ASSERT_EQ(parts[0]->items.size(), 5U);
  EXPECT_EQ(parts[0]->items[0]->text, "storage");
  EXPECT_EQ(parts[0]->items[1]->text, "torch.HalfStorage");
  EXPECT_EQ(parts[0]->items[2]->text, "5");
  EXPECT_EQ(parts[0]->items[3]->text, "cpu");
  EXPECT_EQ(parts[0]->items[4]->integer, 24);
  EXPECT_EQ(parts[2]->items[0]->integer, 2);
  EXPECT_EQ(parts[3]->items[0]->integer, 12);
  EXPECT_EQ(parts[3]->items[2]->integer, 1);
  EXPECT_TRUE(parts[4]->Is(Kind::kBool));
}

TEST(PickleWriterTest, NumbersComeBackToTheBit) {
  PickleValues values;
  const std::vector<std::int64_t> wholes = {
      0,
      1,
      -1,
      -128,
      255,
      -32768,
      65535,
      1 << 30,
      2147483647,
      -2147483648,
      2147483648,
      std::numeric_limits<std::int64_t>::max(),
      std::numeric_limits<std::int64_t>::min()};
  const std::vector<double> reals = {
      0, -0.0, 0.1, -1e300, 5e-324, std::numeric_limits<double>::infinity()};
  PickleValues::Items items;
  for (const std::int64_t whole : wholes) items.push_back(values.Int(whole));
  for (const double real : reals) items.push_back(values.Float(real));
  items.push_back(values.Float(NAN));
  const Pickle pickle = Again(values.List(items));
  const std::vector<const Value*>& again = pickle.root().items;
  ASSERT_EQ(again.size(), items.size());
  for (std::size_t i = 0; i < wholes.size(); ++i) {
    EXPECT_TRUE(again[i]->Is(Kind::kInt));
    EXPECT_EQ(again[i]->integer, wholes[i]);
  }
  for (std::size_t i = 0; i < reals.size(); ++i) {
    const Value& real = *again[wholes.size() + i];
    EXPECT_EQ(real.number, reals[i]);
    EXPECT_EQ(std::signbit(real.number), std::signbit(reals[i]));
  }
  EXPECT_TRUE(std::isnan(again.back()->number));
}

TEST(PickleWriterTest, LongListsAndDictsComeBack) {
  for (const std::int64_t count : {999, 1000, 1001, 2500}) {
    PickleValues values;
    PickleValues::Items list;
    PickleValues::Items dict;
    for (std::int64_t i = 0; i < count; ++i) {
      list.push_back(values.Int(i));
      dict.push_back(values.Text("key" + std::to_string(i)));
      dict.push_back(values.Int(i));
    }
    const Pickle pickle = Again(values.List(
        {values.List(list), values.Dict(dict), values.OrderedDict(dict)}));
    EXPECT_EQ(pickle.root().items[0]->items.size(), list.size());
    for (const int which : {1, 2}) {
      const Value& again = *pickle.root().items[which];
      ASSERT_TRUE(again.Is(Kind::kDict));
      EXPECT_EQ(again.items.size(), dict.size());
      EXPECT_EQ(again.Get("key" + std::to_string(count - 1))->integer,
                count - 1);
    }
  }
}

TEST(PickleWriterTest, NestsDeeply) {
  PickleValues values;
  const Value* value = values.Int(7);
  for (int i = 0; i < 900; ++i) value = values.List({value});
  const Pickle pickle = Again(value);
  const Value* inner = &pickle.root();
  for (int i = 0; i < 900; ++i) inner = inner->items.at(0);
  EXPECT_EQ(inner->integer, 7);
}

TEST(PickleWriterTest, WritesNoTextThatPythonCannotRead) {
  PickleValues values;
  EXPECT_EQ(values.Text("caf\xE9 \xC3\xA9")->text, "caf? \xC3\xA9");
  Value bytes;
  bytes.kind = Kind::kBytes;
  EXPECT_THROW(WritePickle(bytes), std::invalid_argument);
}

}  // namespace
}  // namespace yolotorch::formats

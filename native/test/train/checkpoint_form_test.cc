// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Compares the pickles that are written with those of Ultralytics, object by
// object.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "formats/tensor.h"
#include "support.h"
#include "train/stored_tensors.h"
#include "train/written.h"

namespace yolotorch::train {
namespace {

using formats::Module;
using formats::Value;
using Kind = Value::Kind;

// Attributes in which files differ on purpose.
struct DeliberateDifference {
  std::string_view owner;  // end of the class's name; empty: any
  std::string_view attribute;
  std::string_view reason;
};

// Only we, or only some versions of Ultralytics, write them.
constexpr DeliberateDifference kOptional[] = {
    {"Model", "pt_path", "where Ultralytics last loaded the file from"},
    {"Model", "end2end", "of 8.3, whose form is written; 8.2 lacks it"},
    {"Model", "nc",
     "training sets it; a file that was made otherwise lacks it"},
    {"Model", "criterion", "a file that was never trained lacks it"},
    {"Model", "task", "set when Ultralytics loads a file; saves a guess"},
    {"", "np", "of 8.3, whose form is written; 8.2 lacks it"},
    {"", "shape", "of the last picture, of which we keep nothing"},
    {"OBB", "angle", "of the last picture, of which we keep nothing"},
};

// Written by all, with other content.
constexpr DeliberateDifference kOtherContent[] = {
    {"Model", "yaml", "compared by what is built of it; one scale is listed"},
    {"Model", "args", "all of train_args, of which Ultralytics may keep some"},
    {"", "anchors", "of the last picture, of which we keep nothing"},
    {"", "strides", "of the last picture, of which we keep nothing"},
};

template <std::size_t N>
bool IsListed(const DeliberateDifference (&list)[N], std::string_view owner,
              std::string_view attribute) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](const DeliberateDifference& difference) {
                       return difference.attribute == attribute &&
                              owner.ends_with(difference.owner);
                     });
}

std::vector<std::string> KeysOf(const Value& dict, std::string_view owner) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < dict.items.size(); i += 2) {
    const std::string& key = dict.items[i]->text;
    if (!IsListed(kOptional, owner, key)) keys.push_back(key);
  }
  return keys;
}

// Expects values of the same kinds and content. Modules are compared by
// themselves, keys of storages count through each file.
void ExpectSame(const Value& ours, const Value& theirs,
                const std::string& where) {
  ASSERT_EQ(static_cast<int>(ours.kind), static_cast<int>(theirs.kind))
      << where;
  EXPECT_EQ(ours.called, theirs.called) << where;
  EXPECT_EQ(ours.integer, theirs.integer) << where;
  EXPECT_EQ(ours.number, theirs.number) << where;
  EXPECT_EQ(ours.text, theirs.text) << where;
  EXPECT_EQ(ours.ClassName(), theirs.ClassName()) << where;
  ASSERT_EQ(ours.items.size(), theirs.items.size()) << where;
  for (std::size_t i = 0; i < ours.items.size(); ++i) {
    const bool is_key = ours.Is(Kind::kStorage) && i == 2;
    if (!is_key) {
      ExpectSame(*ours.items[i], *theirs.items[i],
                 where + "/" + std::to_string(i));
    }
  }
  ASSERT_EQ(ours.arguments == nullptr, theirs.arguments == nullptr) << where;
  if (ours.arguments != nullptr) {
    ExpectSame(*ours.arguments, *theirs.arguments, where + "/arguments");
  }
  ASSERT_EQ(ours.state == nullptr, theirs.state == nullptr) << where;
  if (ours.state != nullptr) {
    ExpectSame(*ours.state, *theirs.state, where + "/state");
  }
}

void ExpectSameModule(const Module& ours, const Module& theirs) {
  EXPECT_EQ(ours.path, theirs.path);
  EXPECT_EQ(ours.type, theirs.type) << theirs.path;
  EXPECT_EQ(ours.parent, theirs.parent) << theirs.path;
  EXPECT_EQ(KeysOf(*ours.attributes, theirs.type),
            KeysOf(*theirs.attributes, theirs.type))
      << theirs.path;
  for (const std::string& key : KeysOf(*theirs.attributes, theirs.type)) {
    const Value* mine = ours.attributes->Get(key);
    const Value* other = theirs.attributes->Get(key);
    ASSERT_NE(mine, nullptr) << theirs.path << " " << key;
    EXPECT_EQ(static_cast<int>(mine->kind), static_cast<int>(other->kind))
        << theirs.path << " " << key;
    if (key != "_modules" && !IsListed(kOtherContent, theirs.type, key)) {
      ExpectSame(*mine, *other, theirs.path + " " + key);
    }
  }
  // Where both have it, an optional attribute says the same.
  for (const std::string_view key :
       {"nc", "np", "task", "criterion", "end2end"}) {
    const Value* mine = ours.attributes->Get(key);
    const Value* other = theirs.attributes->Get(key);
    if (mine != nullptr && other != nullptr) {
      ExpectSame(*mine, *other, theirs.path + " " + std::string(key));
    }
  }
}

std::set<std::string> GlobalsOf(const formats::Pickle& pickle) {
  std::set<std::string> globals;
  for (const Value& value : pickle.values()) {
    if (value.Is(Kind::kGlobal)) globals.insert(value.text);
  }
  globals.erase("torch.Size");  // of a head's "shape"
  return globals;
}

TEST(CheckpointFormTest, ModulesAreThoseOfUltralytics) {
  REQUIRE_ASSETS();
  for (const char* name : kWeights) {
    SCOPED_TRACE(name);
    const Opened theirs = Opened::Weights(name);
    const Opened ours = WriteAndOpen(FileOf(theirs));
    EXPECT_EQ(ours.checkpoint.model_class(), theirs.checkpoint.model_class());
    const auto& modules = theirs.checkpoint.modules();
    ASSERT_EQ(ours.checkpoint.modules().size(), modules.size());
    for (std::size_t i = 0; i < modules.size(); ++i) {
      ExpectSameModule(ours.checkpoint.modules()[i], modules[i]);
    }
    EXPECT_EQ(GlobalsOf(ours.pickle), GlobalsOf(theirs.pickle));
  }
}

TEST(CheckpointFormTest, TheTopIsThatOfUltralytics) {
  REQUIRE_ASSETS();
  for (const char* name : kWeights) {
    SCOPED_TRACE(name);
    const Opened theirs = Opened::Weights(name);
    const Opened ours = WriteAndOpen(FileOf(theirs));
    const Value& mine = ours.pickle.root();
    const Value& other = theirs.pickle.root();
    EXPECT_EQ(KeysOf(mine, "top"), KeysOf(other, "top"));
    for (const std::string& key : KeysOf(other, "top")) {
      if (key != "model") ExpectSame(*mine.Get(key), *other.Get(key), key);
    }
  }
}

TEST(CheckpointFormTest, TheYamlHasTheKeysOfUltralytics) {
  REQUIRE_ASSETS();
  for (const char* name : kWeights) {
    SCOPED_TRACE(name);
    const Opened theirs = Opened::Weights(name);
    const Opened ours = WriteAndOpen(FileOf(theirs));
    const Value& mine = *ours.checkpoint.yaml();
    const Value& other = *theirs.checkpoint.yaml();
    std::vector<std::string> keys = KeysOf(other, "yaml");
    // The name of the last in 8.3.
    std::replace(keys.begin(), keys.end(), std::string("ch"),
                 std::string("channels"));
    EXPECT_EQ(KeysOf(mine, "yaml"), keys);
    for (const std::string& key : KeysOf(other, "yaml")) {
      const bool own = key == "scales" || key == "ch" || key == "nc";
      if (!own) ExpectSame(*mine.Get(key), *other.Get(key), key);
    }
    const std::string scale = other.Get("scale")->text;
    ExpectSame(*mine.Get("scales")->Get(scale),
               *other.Get("scales")->Get(scale), "scale");
  }
}

at::Tensor TensorIn(const Opened& opened, const Value& value) {
  return ToTensor(
      formats::ReadTensor(value, {opened.archive, "data/", "file"}, "tensor"));
}

TEST(CheckpointFormTest, TensorsBesideTheWeightsHaveTheSameValues) {
  REQUIRE_ASSETS();
  for (const char* name : kWeights) {
    SCOPED_TRACE(name);
    const Opened theirs = Opened::Weights(name);
    const Opened ours = WriteAndOpen(FileOf(theirs));
    int compared = 0;
    for (const Module& module : theirs.checkpoint.modules()) {
      const Value* stride = module.attributes->Get("stride");
      if (stride == nullptr || !formats::IsTensor(*stride)) continue;
      const Module* mine = ours.checkpoint.FindModule(module.path);
      EXPECT_TRUE(at::equal(TensorIn(ours, *mine->attributes->Get("stride")),
                            TensorIn(theirs, *stride)));
      ++compared;
    }
    EXPECT_EQ(compared, std::string(name) == "yolo11n-cls" ? 1 : 2);
  }
}

// Pictures for a classifier are scaled to [0, 1] and no further.
TEST(CheckpointFormTest, PicturesArePreparedAlike) {
  REQUIRE_ASSETS();
  const Opened theirs = Opened::Weights("yolo11n-cls");
  const Opened ours = WriteAndOpen(FileOf(theirs));
  for (const Opened* opened : {&theirs, &ours}) {
    const Value* steps = opened->pickle.root()
                             .Get("model")
                             ->state->Get("transforms")
                             ->state->Get("transforms");
    const Value& last = *steps->items.back()->state;
    EXPECT_TRUE(at::equal(TensorIn(*opened, *last.Get("mean")), at::zeros(3)));
    EXPECT_TRUE(at::equal(TensorIn(*opened, *last.Get("std")), at::ones(3)));
  }
}

// All convolutions have one activation, as one object.
TEST(CheckpointFormTest, ActivationsAreShared) {
  REQUIRE_ASSETS();
  for (const char* name : kWeights) {
    SCOPED_TRACE(name);
    const Opened theirs = Opened::Weights(name);
    const Opened ours = WriteAndOpen(FileOf(theirs));
    for (const Opened* opened : {&theirs, &ours}) {
      std::set<const Value*> objects;
      for (const Module& module : opened->checkpoint.modules()) {
        if (module.type.ends_with(".SiLU")) objects.insert(module.attributes);
      }
      EXPECT_EQ(objects.size(), 1U);
    }
  }
}

}  // namespace
}  // namespace yolotorch::train

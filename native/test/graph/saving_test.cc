// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/saving.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "graph/network.h"
#include "support.h"
#include "train/written.h"

namespace yolotorch::graph {
namespace {

using train::ExpectEqual;
using train::Opened;
using train::OutputsOf;

// Expects the parts, classes and tensors of a file; attributes that a network
// has besides are its own.
void ExpectSameParts(const SavedModule& made, const SavedModule& read) {
  SCOPED_TRACE(read.path);
  EXPECT_EQ(made.path, read.path);
  EXPECT_EQ(made.name, read.name);
  EXPECT_EQ(made.type, read.type);
  ASSERT_EQ(made.tensors.size(), read.tensors.size());
  for (const auto& [name, tensor] : read.tensors) {
    const SavedTensor& own = made.tensors.at(name);
    EXPECT_EQ(own.shape, tensor.shape);
    if (name == "num_batches_tracked") continue;
    EXPECT_TRUE(at::equal(own.load(), tensor.load())) << name;
  }
  for (const auto& [name, numbers] : made.numbers) {
    const auto told = read.numbers.find(name);
    if (told != read.numbers.end()) {
      EXPECT_EQ(numbers, told->second) << name;
    }
  }
  ASSERT_EQ(made.children.size(), read.children.size());
  for (std::size_t i = 0; i < read.children.size(); ++i) {
    ExpectSameParts(made.children[i], read.children[i]);
  }
}

TEST(SavingTest, ANetworkIsSavedAsTheModulesThatItWasBuiltFrom) {
  REQUIRE_ASSETS();
  for (const char* name : train::kWeights) {
    SCOPED_TRACE(name);
    const Opened opened = Opened::Weights(name);
    ExpectSameParts(opened.network->Save(), opened.saved);
  }
}

TEST(SavingTest, TheSavedModulesBuildTheSameNetwork) {
  for (const char* name : {"yolo11n", "yolo11n-seg", "yolo11n-pose",
                           "yolo11n-obb", "yolo11n-cls", "yolo11m"}) {
    SCOPED_TRACE(name);
    const Architecture architecture = ArchitectureByName(name);
    Network network(architecture, 3);
    const SavedModule saved = network.Save();
    Network again(saved, architecture);
    EXPECT_TRUE(saved.Unused().empty());
    ExpectEqual(OutputsOf(again), OutputsOf(network));
    ExpectEqual(again.architecture(), network.architecture());
  }
}

TEST(SavingTest, WhatWasFoldedStaysFolded) {
  Network network(ArchitectureByName("yolo11n"), 3);
  network.Fuse();
  const SavedModule saved = network.Save();
  EXPECT_EQ(saved.Child("model").Child("0").Child("bn").kind(), "Identity");
  Network again(saved, ArchitectureByName("yolo11n"));
  ExpectEqual(OutputsOf(again), OutputsOf(network));
}

TEST(SavingTest, RowsThatAreOfOtherLayersAreLeftOut) {
  const Network network(ArchitectureByName("yolo11n"), 3);
  Architecture other = ArchitectureByName("yolo11n");
  other.rows[7].module = "DWConv";
  const Network again(network.Save(), other);
  EXPECT_TRUE(again.architecture().rows[0].arguments.empty());
  EXPECT_EQ(again.architecture().rows[7].module, "Conv");
  EXPECT_EQ(again.architecture().backbone, 0U);
}

// Attributes that only some versions of a class have, or that yamls do not
// set.
TEST(SavingTest, AttributesThatFewHaveComeBack) {
  const Architecture architecture = ArchitectureByName("yolo11n");
  SavedModule saved = Network(architecture, 3).Save();
  std::vector<SavedModule>& layers = saved.children[0].children;
  layers[9].numbers["add"] = {1};                           // SPPF
  layers[10].children[2].children[0].numbers["add"] = {0};  // PSABlock
  layers[0].children[1].numbers["eps"] = {0.25};
  layers[0].children[1].numbers["momentum"] = {0.5};
  const Network network(saved, architecture);
  const Opened opened = train::WriteAndOpen(train::FileOf(network));
  const auto number = [&](const char* path, const char* name) {
    return opened.checkpoint.FindModule(path)->Number(name, -1);
  };
  EXPECT_EQ(number("model.9", "add"), 1);
  EXPECT_EQ(number("model.9", "n"), -1);
  EXPECT_EQ(number("model.10.m.0", "add"), 0);
  EXPECT_EQ(number("model.0.bn", "eps"), 0.25);
  EXPECT_EQ(number("model.0.bn", "momentum"), 0.5);
  EXPECT_EQ(number("model.1.bn", "momentum"), 0.03);
}

TEST(SavingTest, KnowsNoOtherKinds) {
  EXPECT_EQ(TypeOfKind("Conv"), "ultralytics.nn.modules.conv.Conv");
  EXPECT_THROW(TypeOfKind("Mamba"), std::out_of_range);
}

}  // namespace
}  // namespace yolotorch::graph

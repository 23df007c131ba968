// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/saved_modules.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "api/network_source.h"
#include "base/files.h"
#include "export/program.h"
#include "export/tracer.h"
#include "graph/flops.h"
#include "graph/network.h"
#include "optimizer/compiler.h"
#include "support.h"

namespace yolotorch::api {
namespace {

using graph::Network;
using graph::SavedModule;
using graph::SavedTensor;
using test::Asset;
using test::ExpectError;

formats::Checkpoint Read(const std::string& path) {
  return {base::ReadFile(path), "model.pt"};
}

formats::Checkpoint ReadWeights(const std::string& name) {
  return Read(Asset("weights/" + name + ".pt"));
}

// The part of a saved network at a path such as "model.2.cv1".
SavedModule& At(SavedModule& root, const std::string& path) {
  SavedModule* module = &root;
  std::size_t begin = 0;
  while (begin < path.size()) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string name = path.substr(begin, end - begin);
    const auto found = std::find_if(
        module->children.begin(), module->children.end(),
        [&](const SavedModule& child) { return child.name == name; });
    if (found == module->children.end()) {
      throw std::out_of_range(path);
    }
    module = &*found;
    begin = end + 1;
  }
  return *module;
}

void Set(SavedModule& module, const std::string& name,
         const at::Tensor& value) {
  const at::Tensor kept = value.contiguous();
  module.tensors[name] =
      SavedTensor{kept.sizes().vec(), [kept] { return kept.clone(); }};
}

// Keeps these channels of a dimension of one tensor.
void Keep(SavedModule& module, const std::string& name, std::int64_t dimension,
          const std::vector<std::int64_t>& channels) {
  const auto found = module.tensors.find(name);
  if (found == module.tensors.end()) return;
  Set(module, name,
      found->second.load().index_select(dimension, at::tensor(channels)));
}

std::vector<std::int64_t> Range(std::int64_t begin, std::int64_t end) {
  std::vector<std::int64_t> numbers;
  for (std::int64_t i = begin; i < end; ++i) numbers.push_back(i);
  return numbers;
}

void KeepOutputs(SavedModule& conv, const std::vector<std::int64_t>& channels) {
  Keep(At(conv, "conv"), "weight", 0, channels);
  Keep(At(conv, "conv"), "bias", 0, channels);
  for (const char* name : {"weight", "bias", "running_mean", "running_var"}) {
    if (conv.Find("bn") != nullptr) Keep(At(conv, "bn"), name, 0, channels);
  }
}

void KeepInputs(SavedModule& conv, const std::vector<std::int64_t>& channels) {
  SavedModule& inner = conv.kind() == "Conv2d" ? conv : At(conv, "conv");
  Keep(inner, "weight", 1, channels);
}

// Folds a Conv's normalisation, as a program that fuses in place does.
void FuseConv(SavedModule& conv) {
  SavedModule& inner = At(conv, "conv");
  SavedModule& norm = At(conv, "bn");
  const auto values = [&](const char* name) {
    return norm.tensors.at(name).load();
  };
  const at::Tensor factor =
      values("weight") /
      (values("running_var") + norm.numbers.at("eps").at(0)).sqrt();
  Set(inner, "weight",
      inner.tensors.at("weight").load() * factor.view({-1, 1, 1, 1}));
  Set(inner, "bias", values("bias") - values("running_mean") * factor);
  std::erase_if(conv.children,
                [](const SavedModule& child) { return child.name == "bn"; });
}

void ForEach(SavedModule& module, const std::string& kind,
             const std::function<void(SavedModule&)>& visit) {
  if (module.kind() == kind) visit(module);
  for (SavedModule& child : module.children) ForEach(child, kind, visit);
}

std::shared_ptr<Network> Build(const SavedModule& saved) {
  return std::make_shared<Network>(saved, graph::Architecture{});
}

std::vector<at::Tensor> OutputsOf(Network& network) {
  const at::NoGradGuard no_grad;
  network.FixSize(64, 96);
  at::Tensor x = at::arange(3 * 64 * 96, at::kFloat).view({1, 3, 64, 96});
  return network.Forward((x * 0.37).sin() / 2 + 0.5);
}

double Difference(const std::vector<at::Tensor>& a,
                  const std::vector<at::Tensor>& b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].sizes(), b[i].sizes());
    worst = std::max(worst, (a[i] - b[i]).abs().max().item<double>());
  }
  return worst;
}

constexpr std::array<const char*, 5> kWeights = {
    "yolo11n", "yolo11n-seg", "yolo11n-pose", "yolo11n-cls", "shapes-obb"};

// How far the optimizer's program of a network is from LibTorch's own run.
double DifferenceOfProgram(Network& network) {
  const c10::InferenceMode inference;
  const torch::jit::GraphOptimizerEnabledGuard no_profiling(false);
  torch::jit::Module module =
      exporter::Trace(network, {.height = 64, .width = 96});
  exporter::AddPartForward(&module);
  const at::Tensor x =
      (at::arange(3 * 64 * 96, at::kFloat).view({1, 3, 64, 96}) * 0.37).sin();
  const auto tensors = [](const c10::IValue& output) {
    if (output.isTensor()) return std::vector<at::Tensor>{output.toTensor()};
    std::vector<at::Tensor> all;
    for (const c10::IValue& item : output.toTupleRef().elements()) {
      all.push_back(item.toTensor());
    }
    return all;
  };
  const auto expected = tensors(module.forward({x}));
  double worst = 0;
  for (const auto level : {optimizer::OptimizeLevel::kPacked,
                           optimizer::OptimizeLevel::kKernels}) {
    optimizer::Program program(module, level);
    EXPECT_GT(program.report().convolutions, 30U);
    const at::Tensor pixels = x.contiguous(at::MemoryFormat::ChannelsLast);
    worst =
        std::max(worst, Difference(tensors(program.Run({pixels})), expected));
  }
  return worst;
}

TEST(SavedModulesTest, FusedEqualsUnfused) {
  REQUIRE_ASSETS();
  for (const char* name : kWeights) {
    SCOPED_TRACE(name);
    const formats::Checkpoint checkpoint = ReadWeights(name);
    const SavedModule plain = ToSavedModule(checkpoint);
    const auto expected = OutputsOf(*Build(plain));
    int turn = 0;
    // Every second one, then the rest.
    SavedModule partly = plain;
    ForEach(partly, "Conv", [&](SavedModule& conv) {
      if (turn++ % 2 == 0) FuseConv(conv);
    });
    EXPECT_LT(Difference(OutputsOf(*Build(partly)), expected), 1e-2);
    SavedModule fused = plain;
    const auto fuse = [](SavedModule& conv) { FuseConv(conv); };
    ForEach(fused, "Conv", fuse);
    ForEach(fused, "DWConv", fuse);
    const auto network = Build(fused);
    const auto whole = Build(plain);
    EXPECT_LT(Difference(OutputsOf(*network), expected), 1e-2);
    EXPECT_LT(network->CountParameters(), whole->CountParameters());
    whole->Fuse();
    EXPECT_EQ(network->CountParameters(), whole->CountParameters());
  }
}

TEST(SavedModulesTest, ForwardFuseLeavesTheNormalisationOut) {
  REQUIRE_ASSETS();
  const formats::Checkpoint checkpoint = ReadWeights("yolo11n");
  SavedModule fused = ToSavedModule(checkpoint);
  ForEach(fused, "Conv", FuseConv);
  const auto expected = OutputsOf(*Build(fused));
  SavedModule plain = ToSavedModule(checkpoint);
  const SavedModule norm = At(plain, "model.0.bn");
  At(fused, "model.0").children.push_back(norm);
  At(fused, "model.0").texts["forward"] = "forward_fuse";
  EXPECT_EQ(Difference(OutputsOf(*Build(fused)), expected), 0);
  EXPECT_TRUE(fused.Unused().empty());
  At(fused, "model.0").texts["forward"] = "my.pkg.forward";
  ExpectError(Code::kUnsupportedModel, "runs 'my.pkg.forward' instead",
              [&] { Build(fused); });
}

TEST(SavedModulesTest, ANormalisationAfterABiasIsFolded) {
  REQUIRE_ASSETS();
  const formats::Checkpoint checkpoint = ReadWeights("yolo11n");
  SavedModule saved = ToSavedModule(checkpoint);
  Set(At(saved, "model.3.conv"), "bias", at::full({64}, 0.25));
  const auto network = Build(saved);
  const auto expected = OutputsOf(*network);
  network->Fuse();
  EXPECT_LT(Difference(OutputsOf(*network), expected), 1e-2);
}

// A weight of nothing adds nothing, so leaving its channel out changes nothing.
struct Cut {
  const char* weights;
  const char* from;  // the Conv that loses channels
  std::vector<std::pair<std::string, std::int64_t>>
      to;  // reader, first channel
  std::int64_t kept;
  std::int64_t all;
};

TEST(SavedModulesTest, PrunedEqualsZeroedChannels) {
  REQUIRE_ASSETS();
  const std::vector<Cut> cuts = {
      {"yolo11n", "model.2.m.0.cv1", {{"model.2.m.0.cv2", 0}}, 5, 8},
      {"yolo11n", "model.0", {{"model.1", 0}}, 11, 16},
      {"yolo11n", "model.9.cv2", {{"model.10.cv1", 0}}, 201, 256},
      {"yolo11n",
       "model.22.m.0.m.1.cv1",
       {{"model.22.m.0.m.1.cv2", 0}},
       63,
       64},
      {"yolo11n", "model.10.m.0.ffn.0", {{"model.10.m.0.ffn.1", 0}}, 1, 256},
      {"yolo11n", "model.23.cv2.1.0", {{"model.23.cv2.1.1", 0}}, 37, 64},
      {"yolo11n", "model.23.cv2.2.1", {{"model.23.cv2.2.2", 0}}, 9, 64},
      {"yolo11n-seg",
       "model.23.proto.cv2",
       {{"model.23.proto.cv3", 0}},
       35,
       64},
      {"yolo11n-seg", "model.23.cv4.0.1", {{"model.23.cv4.0.2", 0}}, 17, 32},
      {"yolo11n-pose", "model.23.cv4.2.0", {{"model.23.cv4.2.1", 0}}, 13, 51},
      {"shapes-obb", "model.23.cv4.0.0", {{"model.23.cv4.0.1", 0}}, 3, 16},
      {"yolo11n-cls", "model.7", {{"model.8.cv1", 0}}, 99, 256}};
  for (const Cut& cut : cuts) {
    SCOPED_TRACE(std::string(cut.weights) + " " + cut.from);
    const formats::Checkpoint checkpoint = ReadWeights(cut.weights);
    SavedModule zeroed = ToSavedModule(checkpoint);
    SavedModule pruned = zeroed;
    KeepOutputs(At(pruned, cut.from), Range(0, cut.kept));
    for (const auto& [reader, first] : cut.to) {
      SavedModule& module = At(zeroed, reader);
      SavedModule& conv =
          module.kind() == "Conv2d" ? module : At(module, "conv");
      const at::Tensor weight = conv.tensors.at("weight").load();
      weight.slice(1, first + cut.kept, first + cut.all).zero_();
      Set(conv, "weight", weight);
      KeepInputs(At(pruned, reader), Range(first, first + cut.kept));
    }
    const auto network = Build(pruned);
    const auto whole = Build(zeroed);
    EXPECT_LT(Difference(OutputsOf(*network), OutputsOf(*whole)), 2e-2);
    EXPECT_LT(network->CountParameters(), whole->CountParameters());
    EXPECT_LT(graph::CountFlops(*network, 64, 64),
              graph::CountFlops(*whole, 64, 64));
    EXPECT_LT(DifferenceOfProgram(*network), 2e-2);
  }
}

// Halves of a split lose different numbers of channels; its attribute c keeps
// the number from before.
TEST(SavedModulesTest, ASplitFollowsTheWeights) {
  REQUIRE_ASSETS();
  const formats::Checkpoint checkpoint = ReadWeights("yolo11n");
  SavedModule saved = ToSavedModule(checkpoint);
  // Layer 2: 16 channels in each half and from its bottleneck; 13 stay.
  SavedModule& layer = At(saved, "model.2");
  std::vector<std::int64_t> halves = Range(0, 13);
  for (const std::int64_t i : Range(16, 29)) halves.push_back(i);
  KeepOutputs(At(layer, "cv1"), halves);
  KeepInputs(At(layer, "m.0.cv1"), Range(0, 13));
  KeepOutputs(At(layer, "m.0.cv2"), Range(0, 13));
  for (const std::int64_t i : Range(32, 45)) halves.push_back(i);
  KeepInputs(At(layer, "cv2"), halves);
  EXPECT_EQ(layer.numbers.at("c").at(0), 16);
  EXPECT_EQ(OutputsOf(*Build(saved))[0].size(1), 84);
  EXPECT_LT(DifferenceOfProgram(*Build(saved)), 2e-2);
  layer.texts["forward"] = "forward_split";
  ExpectError(Code::kUnsupportedModel, "should split 26 channels into two",
              [&] { Build(saved); });
  layer.numbers["c"] = {13};
  EXPECT_EQ(OutputsOf(*Build(saved))[0].size(1), 84);
}

TEST(SavedModulesTest, AttentionTakesItsSizesFromItsAttributes) {
  REQUIRE_ASSETS();
  const formats::Checkpoint checkpoint = ReadWeights("yolo11n");
  SavedModule saved = ToSavedModule(checkpoint);
  SavedModule& attention = At(saved, "model.10.m.0.attn");
  // Two heads of 32 + 32 + 64 channels; 20 of every query and key stay.
  std::vector<std::int64_t> kept;
  for (const std::int64_t head : {0, 128}) {
    for (const auto& [begin, end] :
         {std::pair{0, 20}, std::pair{32, 52}, std::pair{64, 128}}) {
      for (const std::int64_t i : Range(head + begin, head + end)) {
        kept.push_back(i);
      }
    }
  }
  KeepOutputs(At(attention, "qkv"), kept);
  ExpectError(Code::kUnsupportedModel,
              "'model.10.m.0.attn' (ultralytics.nn.modules.block.Attention) "
              "needs 256 channels for its num_heads, key_dim and head_dim",
              [&] { Build(saved); });
  attention.numbers["key_dim"] = {20};
  EXPECT_TRUE(OutputsOf(*Build(saved))[0].isfinite().all().item<bool>());
  EXPECT_LT(DifferenceOfProgram(*Build(saved)), 2e-2);
}

TEST(SavedModulesTest, BlocksMayHaveMoreOrFewerRepeats) {
  REQUIRE_ASSETS();
  const formats::Checkpoint checkpoint = ReadWeights("yolo11n");
  SavedModule saved = ToSavedModule(checkpoint);
  // Without its bottleneck a block joins only the two halves.
  At(saved, "model.2.m").children.clear();
  KeepInputs(At(saved, "model.2.cv2"), Range(0, 32));
  // One bottleneck of a C3k's two, and a third.
  At(saved, "model.6.m.0.m").children.pop_back();
  SavedModule third = At(saved, "model.8.m.0.m.1");
  third.name = "2";
  At(saved, "model.8.m.0.m").children.push_back(third);
  const auto network = Build(saved);
  EXPECT_EQ(OutputsOf(*network)[0].size(1), 84);
  EXPECT_EQ(
      network->named_parameters().contains("model.8.m.0.m.2.cv2.conv.weight"),
      true);
}

TEST(SavedModulesTest, NamesTheLayerThatDoesNotFit) {
  REQUIRE_ASSETS();
  const formats::Checkpoint checkpoint = ReadWeights("yolo11n");
  const SavedModule whole = ToSavedModule(checkpoint);
  const auto expect = [&](const std::string& part, const auto& damage) {
    SCOPED_TRACE(part);
    SavedModule saved = whole;
    damage(saved);
    ExpectError(Code::kUnsupportedModel, part, [&] { Build(saved); });
  };
  expect(
      "'model.1' (ultralytics.nn.modules.conv.Conv) does not fit the layers "
      "before it",
      [](SavedModule& s) { KeepOutputs(At(s, "model.0"), Range(0, 15)); });
  expect(
      "'model.0.bn' (torch.nn.modules.batchnorm.BatchNorm2d) has 16 values "
      "in its 'weight', but its weight gives 15 channels",
      [](SavedModule& s) {
        Keep(At(s, "model.0.conv"), "weight", 0, Range(0, 15));
      });
  expect("'model.4' (my.pkg.CBAM) is of a kind that is not built in",
         [](SavedModule& s) { At(s, "model.4").type = "my.pkg.CBAM"; });
  expect("'model.4.m.0' (ultralytics.nn.modules.block.C3x) is of a kind that",
         [](SavedModule& s) {
           At(s, "model.4.m.0").type = "ultralytics.nn.modules.block.C3x";
         });
  expect("'model.5' (ultralytics.nn.modules.conv.Conv) lacks its part 'conv'",
         [](SavedModule& s) { At(s, "model.5").children.clear(); });
  expect("'model.5.conv' (torch.nn.modules.conv.Conv2d) lacks its 'weight'",
         [](SavedModule& s) { At(s, "model.5.conv").tensors.clear(); });
  expect("'model.5.conv' (torch.nn.modules.conv.Conv2d) pads with 'reflect'",
         [](SavedModule& s) {
           At(s, "model.5.conv").texts["padding_mode"] = "reflect";
         });
  expect(
      "'model.23.cv3.1.2' (torch.nn.modules.conv.Conv2d) gives 79 channels, "
      "but the head needs 80",
      [](SavedModule& s) {
        Keep(At(s, "model.23.cv3.1.2"), "weight", 0, Range(0, 79));
      });
  expect(
      "'model.12' (ultralytics.nn.modules.conv.Concat) takes its input from "
      "layer 40",
      [](SavedModule& s) {
        At(s, "model.12").numbers["f"] = {-1, 40};
      });
  expect("'model.23' (ultralytics.nn.modules.head.Detect) comes after the head",
         [](SavedModule& s) {
           SavedModule& list = At(s, "model");
           list.children.push_back(SavedModule(list.children.back()));
         });
}

TEST(SavedModulesTest, WhatNoLayerNeedsIsCounted) {
  REQUIRE_ASSETS();
  const formats::Checkpoint checkpoint = ReadWeights("yolo11n");
  SavedModule saved = ToSavedModule(checkpoint);
  const auto expected = OutputsOf(*Build(saved));
  Set(At(saved, "model.4.cv1"), "total_ops", at::zeros({1}));
  Set(At(saved, "model.4.cv1"), "total_params", at::zeros({1}));
  EXPECT_EQ(Difference(OutputsOf(*Build(saved)), expected), 0);
  EXPECT_TRUE(saved.Unused().empty());
  Set(At(saved, "model.4.cv1.conv"), "importance", at::zeros({7}));
  EXPECT_EQ(Difference(OutputsOf(*Build(saved)), expected), 0);
  EXPECT_EQ(saved.Unused(),
            std::vector<std::string>{"model.4.cv1.conv.importance"});
}

TEST(SavedModulesTest, MaskedWeightsAreMultiplied) {
  REQUIRE_ASSETS();
  const formats::Checkpoint checkpoint = ReadWeights("yolo11n");
  SavedModule masked = ToSavedModule(checkpoint);
  SavedModule zeroed = masked;
  SavedModule& conv = At(masked, "model.3.conv");
  const at::Tensor weight = conv.tensors.at("weight").load();
  const at::Tensor mask = (weight.abs() > 0.02).to(at::kFloat);
  conv.tensors.erase("weight");
  Set(conv, "weight_orig", weight);
  Set(conv, "weight_mask", mask);
  Set(At(zeroed, "model.3.conv"), "weight", weight * mask);
  EXPECT_EQ(Difference(OutputsOf(*Build(masked)), OutputsOf(*Build(zeroed))),
            0);
  EXPECT_TRUE(masked.Unused().empty());
}

// The head of yolo11n without its coarsest level, or with two in another order,
// gives the anchors that are left.
TEST(SavedModulesTest, AHeadTakesAnyLevelsInAnyOrder) {
  REQUIRE_ASSETS();
  const at::NoGradGuard no_grad;
  const auto checkpoint = ReadWeights("yolo11n");
  const SavedModule whole = ToSavedModule(checkpoint);
  const at::Tensor x = at::rand({1, 3, 64, 96});
  const auto run = [&](const SavedModule& saved) {
    const auto network = Build(saved);
    EXPECT_EQ(network->stride(), 32);
    network->FixSize(64, 96);
    return network->Forward(x)[0];
  };
  // 96 anchors of stride 8, 24 of 16, 6 of 32.
  const at::Tensor expected = run(whole);
  SavedModule two = whole;
  SavedModule& head = At(two, "model.23");
  head.numbers["f"] = {16, 19};
  ExpectError(Code::kUnsupportedModel, "has 3 branches for 2 feature maps",
              [&] { Build(two); });
  for (const char* name : {"cv2", "cv3"}) At(head, name).children.pop_back();
  EXPECT_TRUE(at::equal(run(two), expected.slice(2, 0, 120)));
  head.numbers["f"] = {19, 16};
  for (const char* name : {"cv2", "cv3"}) {
    std::vector<SavedModule>& branches = At(head, name).children;
    std::swap(branches[0], branches[1]);
    std::swap(branches[0].name, branches[1].name);
  }
  EXPECT_TRUE(at::equal(
      run(two),
      at::cat({expected.slice(2, 96, 120), expected.slice(2, 0, 96)}, 2)));
}

TEST(SavedModulesTest, AnotherActivationIsTakenFromThePickle) {
  REQUIRE_ASSETS();
  const at::NoGradGuard no_grad;
  const auto checkpoint = ReadWeights("yolo11n");
  SavedModule saved = ToSavedModule(checkpoint);
  const auto run = [](const std::shared_ptr<Network>& network) {
    network->FixSize(64, 64);
    return network->Forward(at::full({1, 3, 64, 64}, 0.3))[0];
  };
  const auto given = Build(saved);
  const at::Tensor silu = run(given);
  graph::ActivationChoice choice;
  choice.name = "LeakyReLU";
  choice.positional = {0.2};
  const auto leaky = std::make_shared<graph::Activation>(choice);
  given->ForEachConv([&](const std::string&, graph::Conv& conv) {
    conv.set_activation(leaky);
  });
  const at::Tensor expected = run(given);
  ForEach(saved, "SiLU", [](SavedModule& act) {
    act.type = "torch.nn.modules.activation.LeakyReLU";
    act.numbers["negative_slope"] = {0.2};
  });
  EXPECT_TRUE(at::equal(run(Build(saved)), expected));
  EXPECT_GT((expected - silu).abs().max().item<float>(), 0.1F);
  ForEach(saved, "LeakyReLU", [](SavedModule& act) {
    act.type = "torch.nn.modules.activation.GLU";
  });
  ExpectError(Code::kUnsupportedModel,
              "(torch.nn.modules.activation.GLU) is an activation that is not "
              "built in; expected SiLU",
              [&] { Build(saved); });
}

}  // namespace
}  // namespace yolotorch::api

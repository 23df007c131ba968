// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/yaml_value.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "api/network_source.h"
#include "api/yaml_reader.h"
#include "graph/activation.h"
#include "support.h"
#include "train/saved_rows.h"
#include "train/written.h"

namespace yolotorch::train {
namespace {

using graph::Architecture;
using graph::ArchitectureByName;
using graph::Network;

// Writes a network, and expects one with the same yaml, names, shapes and
// outputs; weights of 11 bits are all that half precision holds.
void ExpectComesBack(Network& network) {
  const at::NoGradGuard no_grad;
  for (const at::Tensor& tensor : network.parameters()) {
    tensor.copy_(tensor.to(at::kHalf));
  }
  for (const at::Tensor& tensor : network.buffers()) {
    tensor.copy_(tensor.to(at::kHalf));
  }
  const Opened opened = WriteAndOpen(FileOf(network));
  const Architecture yaml =
      api::ReadArchitecture(*opened.checkpoint.yaml(), "model.pt");
  ExpectEqual(yaml, network.architecture());
  const std::vector<at::Tensor> outputs = OutputsOf(network);
  ExpectEqual(OutputsOf(*opened.network), outputs);

  // A network that is built of the yaml has places for all tensors.
  Network built(yaml);
  std::set<std::string> names;
  for (const auto& items : {built.named_parameters(), built.named_buffers()}) {
    for (const auto& item : items) {
      names.insert(item.key() + " " + c10::str(item.value().sizes()));
    }
  }
  std::set<std::string> stored;
  for (const auto& [name, tensor] : opened.tensors) {
    stored.insert(name + " " + c10::str(tensor.sizes()));
  }
  EXPECT_EQ(stored, names);
  EXPECT_TRUE(api::FromCheckpoint(opened.checkpoint).metadata.warnings.empty());
}

TEST(YamlValueTest, EveryTaskOfYolo11ComesBack) {
  for (const char* name :
       {"yolo11n", "yolo11n-seg", "yolo11n-pose", "yolo11n-obb", "yolo11n-cls",
        "yolo11s", "yolo11m"}) {
    SCOPED_TRACE(name);
    Architecture architecture = ArchitectureByName(name);
    architecture.classes = 5;
    Network network(architecture, 3);
    ExpectComesBack(network);
  }
}

TEST(YamlValueTest, EveryTaskOfYolov8ComesBack) {
  for (const auto& [head, arguments] :
       {std::pair<std::string, std::string>{"Detect", "[nc]"},
        {"Segment", "[nc, 32, 256]"},
        {"Pose", "[nc, kpt_shape]"},
        {"OBB", "[nc, 1]"},
        {"Classify", "[nc]"}}) {
    for (const char* scale : {"n", "m"}) {
      SCOPED_TRACE(head + scale);
      const std::string keys = head == "Pose" ? "kpt_shape: [5, 2]\n" : "";
      const auto network = NetworkOfYaml(
          YamlOfYolov8(head, arguments, keys + "channels: 1\n"), scale);
      ExpectComesBack(*network);
    }
  }
}

// Layers that only yamls of users have.
TEST(YamlValueTest, EveryKindOfRowComesBack) {
  const auto network = NetworkOfYaml(R"(nc: 4
depth_multiple: 1.0
width_multiple: 0.5
backbone:
  - [-1, 1, Conv, [32, 3, 2, 2, 1, 2, False]]
  - [[-1], 1, DWConv, [32, 3, 1, 2, False]]
  - [-1, 2, Conv, [32, 3, 1, null, 4]]
  - [-1, 1, C3k2, [64, True, 0.75, 1, True]]
  - [-1, 2, C2f, [64, True, 1, 0.5]]
  - [-1, 1, SPPF, [64, 3]]
  - [-1, 2, SPPF, [64, 5]]
  - [-1, 1, Conv, [256, 1, 2]]
  - [-1, 2, C2PSA, [256]]
head:
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1, 6, 5], 1, Concat, [1]]
  - [[6, -1], 1, Detect, [4]]
)",
                                     "");
  EXPECT_EQ(network->architecture().scale, "-");
  ExpectComesBack(*network);
}

TEST(YamlValueTest, AHeadHasTheClassesOfTheNetwork) {
  const std::string text = YamlOfYolov8("Detect", "[20]");
  Architecture architecture = NetworkOfYaml(text, "n")->architecture();
  EXPECT_EQ(architecture.classes, 20);
  architecture.classes = 3;
  const Network network(architecture);
  const Opened opened = WriteAndOpen(FileOf(network));
  EXPECT_EQ(
      api::ReadArchitecture(*opened.checkpoint.yaml(), "model.pt").classes, 3);
}

TEST(YamlValueTest, EveryActivationComesBack) {
  for (const char* text : {"SiLU(inplace=True)",
                           "Identity()",
                           "ReLU()",
                           "ReLU6()",
                           "LeakyReLU(0.2)",
                           "PReLU()",
                           "PReLU(init=0.125)",
                           "RReLU(0.1, 0.5)",
                           "ELU(alpha=0.5)",
                           "CELU(0.75)",
                           "SELU()",
                           "GELU('tanh')",
                           "GELU()",
                           "Mish()",
                           "Hardswish()",
                           "Hardsigmoid()",
                           "Hardtanh(-0.5, 2)",
                           "Sigmoid()",
                           "LogSigmoid()",
                           "Tanh()",
                           "Tanhshrink()",
                           "Softplus(2, threshold=10)",
                           "Softsign()",
                           "Softshrink(0.25)",
                           "Hardshrink(lambd=0.1)",
                           "Threshold(0.1, 2)"}) {
    SCOPED_TRACE(text);
    const auto network = NetworkOfYaml(
        YamlOfYolov8("Detect", "[nc]",
                     "activation: nn." + std::string(text) + "\n"),
        "n");
    ExpectComesBack(*network);
  }
}

// Learned by all convolutions together, so to Python it is one.
TEST(YamlValueTest, ALearnedActivationIsStoredOnce) {
  const auto network = NetworkOfYaml(
      YamlOfYolov8("Detect", "[nc]", "activation: nn.PReLU()\n"), "n");
  const Opened opened = WriteAndOpen(FileOf(*network));
  std::set<const formats::Value*> objects;
  std::size_t places = 0;
  for (const formats::Module& module : opened.checkpoint.modules()) {
    if (!module.type.ends_with(".PReLU")) continue;
    objects.insert(module.attributes);
    ++places;
  }
  EXPECT_EQ(objects.size(), 1U);
  EXPECT_EQ(places, 57U);
}

// Without a yaml the rows are read off the modules.
TEST(YamlValueTest, RowsOfModulesBuildTheSameNetwork) {
  for (const char* name : {"yolo11n", "yolo11m-seg", "yolo11n-pose",
                           "yolo11n-obb", "yolo11n-cls"}) {
    SCOPED_TRACE(name);
    const Network whole(ArchitectureByName(name), 3);
    Architecture told;
    told.scale = "-";
    Network bare(whole.Save(), told);
    const Opened opened = WriteAndOpen(FileOf(bare));
    ExpectEqual(OutputsOf(*opened.network),
                OutputsOf(*WriteAndOpen(FileOf(whole)).network));
    const Architecture yaml =
        api::ReadArchitecture(*opened.checkpoint.yaml(), "model.pt");
    EXPECT_EQ(yaml.width, 1);
    EXPECT_EQ(yaml.classes, whole.architecture().classes);
    const Network built(yaml);
    std::map<std::string, std::vector<std::int64_t>> shapes;
    for (const auto& item : built.named_parameters()) {
      shapes[item.key()] = item.value().sizes().vec();
    }
    for (const auto& item : whole.named_parameters()) {
      EXPECT_EQ(shapes[item.key()], item.value().sizes().vec()) << item.key();
    }
    EXPECT_EQ(shapes.size(), whole.named_parameters().size());
  }
}

TEST(YamlValueTest, AnActivationOfModulesIsToldToo) {
  const auto whole = NetworkOfYaml(
      YamlOfYolov8("Detect", "[nc]", "activation: nn.LeakyReLU(0.2)\n"), "n");
  Architecture told;
  told.scale = "-";
  const Network bare(whole->Save(), told);
  const Architecture made = WithArguments(bare.architecture(), bare.Save());
  EXPECT_EQ(ActivationText(made.activation),
            "torch.nn.LeakyReLU(negative_slope=0.2)");
  EXPECT_EQ(FamilyOf(made), "YOLOv8");
}

TEST(YamlValueTest, LayersThatLaterOnesTakeAreNamed) {
  EXPECT_EQ(SavedLayers(ArchitectureByName("yolo11n")),
            (std::vector<int>{4, 6, 10, 13, 16, 19, 22}));
  EXPECT_TRUE(SavedLayers(ArchitectureByName("yolo11n-cls")).empty());
}

}  // namespace
}  // namespace yolotorch::train

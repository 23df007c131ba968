// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/network.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <string>

#include "api/network_source.h"
#include "support.h"

namespace yolotorch::graph {
namespace {

using test::ExpectError;

struct Size {
  const char* name;
  std::int64_t raw;
  std::int64_t fused;
};

// Published totals of the detection models, 80 classes.
constexpr Size kSizes[] = {{"yolo11n", 2'624'080, 2'616'248},
                           {"yolo11s", 9'458'752, 9'443'760},
                           {"yolo11m", 20'114'688, 20'091'712},
                           {"yolo11l", 25'372'160, 25'340'992},
                           {"yolo11x", 56'966'176, 56'919'424}};

TEST(NetworkTest, HasThePublishedNumberOfParameters) {
  int equal = 0;
  for (const Size& size : kSizes) {
    const auto network =
        std::make_shared<Network>(ArchitectureByName(size.name));
    EXPECT_EQ(network->CountParameters(), size.raw) << size.name;
    equal += network->CountParameters() == size.raw ? 1 : 0;
    network->Fuse();
    EXPECT_EQ(network->CountParameters(), size.fused) << size.name;
    equal += network->CountParameters() == size.fused ? 1 : 0;
  }
  test::Figure("parameter_totals_equal", equal, "of_10");
}

TEST(NetworkTest, RandomWeightsComeFromTheSeedAlone) {
  const Architecture architecture = ArchitectureByName("yolo11n.yaml");
  const auto weight = [&](std::uint64_t seed) {
    return std::make_shared<Network>(architecture, seed)->parameters()[0];
  };
  at::manual_seed(1);
  const Tensor before = weight(7);
  const Tensor drawn = at::rand({4});
  at::manual_seed(1);
  EXPECT_TRUE(at::equal(drawn, at::rand({4})))
      << "building a network moved the process-wide generator";
  EXPECT_TRUE(at::equal(before, weight(7)));
  EXPECT_FALSE(at::equal(before, weight(8)));
}

TEST(NetworkTest, FusingKeepsTheOutput) {
  const at::NoGradGuard no_grad;
  const auto network =
      std::make_shared<Network>(ArchitectureByName("yolo11n"), 3);
  // Statistics as training leaves them, not the initial zeros and ones.
  for (const auto& item : network->named_buffers()) {
    if (item.key().ends_with("running_mean")) item.value().normal_(0, 0.1);
    if (item.key().ends_with("running_var")) item.value().uniform_(0.5, 2);
  }
  network->FixSize(64, 96);
  const Tensor x = at::rand({2, 3, 64, 96});
  const Tensor raw = network->Forward(x)[0];
  network->Fuse();
  const Tensor fused = network->Forward(x)[0];
  EXPECT_EQ(raw.sizes(), (std::vector<std::int64_t>{2, 84, 126}));
  EXPECT_LT((raw - fused).abs().max().item<float>(), 1e-2F);
}

TEST(NetworkTest, EveryScaleRuns) {
  const at::NoGradGuard no_grad;
  for (const Size& size : kSizes) {
    const auto network =
        std::make_shared<Network>(ArchitectureByName(size.name));
    network->FixSize(32, 64);
    const Tensor y = network->Forward(at::rand({1, 3, 32, 64}))[0];
    EXPECT_EQ(y.sizes(), (std::vector<std::int64_t>{1, 84, 42})) << size.name;
    EXPECT_TRUE(y.isfinite().all().item<bool>()) << size.name;
  }
}

TEST(ArchitectureTest, RefusesUnknownNames) {
  EXPECT_TRUE(IsArchitectureName("yolo11s.yaml"));
  EXPECT_FALSE(IsArchitectureName("yolo12n.yaml"));
  ExpectError(Code::kUnsupportedModel, "names no built-in architecture",
              [] { ArchitectureByName("yolo11q.yaml"); });
}

TEST(NetworkTest, NamesTheRowThatCannotBeBuilt) {
  Architecture architecture = ArchitectureByName("yolo11n");
  architecture.rows[2].module = "MyBlock";
  ExpectError(Code::kUnsupportedModel, "Row 2 of the model (MyBlock)",
              [&] { Network network(architecture); });
  architecture = ArchitectureByName("yolo11n");
  architecture.rows[12].from = {-1, 40};
  ExpectError(Code::kUnsupportedModel, "takes its input from row 40",
              [&] { Network network(architecture); });
}

TEST(NetworkTest, NamesTheFirstWeightThatDoesNotFit) {
  REQUIRE_ASSETS();
  const checkpoint::Checkpoint checkpoint(
      checkpoint::ReadFile(test::Asset("weights/yolo11n.pt")), "yolo11n.pt");
  const auto network = std::make_shared<Network>(ArchitectureByName("yolo11n"));
  const std::vector<Network::NamedTensor> wrong = {
      {"model.0.bn.bias", at::zeros({17})}};
  ExpectError(Code::kUnsupportedModel,
              "'model.0.bn.bias' should have shape [16], but has [17]",
              [&] { network->LoadState(wrong, "yolo11n.pt"); });
}

}  // namespace
}  // namespace yolotorch::graph

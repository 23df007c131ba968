// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/network.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "api/network_source.h"
#include "api/yaml_reader.h"
#include "base/files.h"
#include "graph/flops.h"
#include "support.h"

namespace yolotorch::graph {
namespace {

using test::ExpectError;

constexpr char kScales[] = "nsmlx";

struct Totals {
  const char* suffix;
  std::int64_t raw[5];
  std::int64_t fused[5];
  double gflops[5];
};

// Published totals at n, s, m, l, x: parameters as trained and with the
// normalisations folded, billions of operations at the training size (none
// comparable is published for classify).
constexpr Totals kTotals[] = {
    {"",
     {2'624'080, 9'458'752, 20'114'688, 25'372'160, 56'966'176},
     {2'616'248, 9'443'760, 20'091'712, 25'340'992, 56'919'424},
     {6.5, 21.5, 68.0, 86.9, 194.9}},
    // Body of detect with the head's own total.
    {"-seg",
     {2'624'080 - 464'912 + 717'680, 9'458'752 - 850'368 + 1'504'864,
      20'114'688 - 1'472'704 + 3'778'912, 25'372'160 - 1'472'704 + 3'778'912,
      56'966'176 - 3'237'952 + 8'414'432},
     {2'868'664, 10'097'776, 22'396'992, 27'646'272, 62'094'528},
     {9.7, 33.0, 113.2, 132.2, 296.4}},
    {"-pose",
     {2'624'080 - 464'912 + 715'294, 9'458'752 - 850'368 + 1'309'854,
      20'114'688 - 1'472'704 + 2'270'380, 25'372'160 - 1'472'704 + 2'270'380,
      56'966'176 - 3'237'952 + 5'070'412},
     {2'866'468, 9'902'940, 20'889'004, 26'138'284, 58'751'308},
     {7.4, 23.1, 71.4, 90.3, 202.8}},
    {"-obb",
     {2'624'080 - 464'912 + 505'264, 9'458'752 - 850'368 + 1'111'392,
      20'114'688 - 1'472'704 + 2'271'424, 25'372'160 - 1'472'704 + 2'271'424,
      56'966'176 - 3'237'952 + 5'072'032},
     {2'656'648, 9'704'592, 20'890'048, 26'139'328, 58'752'928},
     {16.8, 57.1, 182.8, 231.2, 519.1}},
    // Layers 0 to 8, C2PSA and the head's own total.
    {"-cls",
     {951'136 + 249'728 + 1'611'240, 3'794'112 + 990'976 + 1'938'920,
      8'704'320 + 990'976 + 1'938'920, 10'721'088 + 1'455'616 + 1'938'920,
      24'105'696 + 3'264'768 + 2'266'600},
     {2'807'024, 6'715'128, 11'622'632, 14'099'432, 29'613'416},
     {}}};

std::shared_ptr<Network> Build(char scale, const std::string& suffix) {
  return std::make_shared<Network>(
      ArchitectureByName(std::string("yolo11") + scale + suffix + ".yaml"));
}

TEST(NetworkTest, HasThePublishedNumberOfParameters) {
  int equal = 0;
  for (const Totals& totals : kTotals) {
    for (std::size_t i = 0; i < 5; ++i) {
      SCOPED_TRACE(std::string(1, kScales[i]) + totals.suffix);
      const auto network = Build(kScales[i], totals.suffix);
      EXPECT_EQ(network->CountParameters(), totals.raw[i]);
      equal += network->CountParameters() == totals.raw[i] ? 1 : 0;
      network->Fuse();
      EXPECT_EQ(network->CountParameters(), totals.fused[i]);
      equal += network->CountParameters() == totals.fused[i] ? 1 : 0;
    }
  }
  test::Figure("parameter_totals_equal", equal, "of_50");
}

TEST(NetworkTest, HasThePublishedNumberOfOperations) {
  double worst = 0;
  for (const Totals& totals : kTotals) {
    if (totals.gflops[0] == 0) continue;
    const std::int64_t side = std::string(totals.suffix) == "-obb" ? 1024 : 640;
    for (std::size_t i = 0; i < 5; ++i) {
      const auto network = Build(kScales[i], totals.suffix);
      network->Fuse();
      const double gflops = CountFlops(*network, side, side) / 1e9;
      EXPECT_NEAR(gflops, totals.gflops[i], 0.2) << kScales[i] << totals.suffix;
      worst = std::max(worst, std::abs(gflops - totals.gflops[i]));
    }
  }
  test::Figure("gflops_difference_max_of_20_models", worst, "GFLOPs");
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

TEST(NetworkTest, EveryTaskAndScaleRuns) {
  const at::NoGradGuard no_grad;
  const std::map<std::string, std::vector<std::int64_t>> shapes = {
      {"", {1, 84, 42}},
      {"-seg", {1, 116, 42}},
      {"-pose", {1, 56, 42}},
      {"-obb", {1, 20, 42}},
      {"-cls", {1, 1000}}};
  for (const auto& [suffix, shape] : shapes) {
    for (const char scale : std::string_view(kScales)) {
      SCOPED_TRACE(std::string(1, scale) + suffix);
      const auto network = Build(scale, suffix);
      network->FixSize(32, 64);
      const std::vector<Tensor> outputs =
          network->Forward(at::rand({1, 3, 32, 64}));
      EXPECT_EQ(outputs[0].sizes(), shape);
      EXPECT_TRUE(outputs[0].isfinite().all().item<bool>());
      if (suffix == "-seg") {
        EXPECT_EQ(outputs[1].sizes(),
                  (std::vector<std::int64_t>{1, 32, 8, 16}));
      }
    }
  }
}

TEST(NetworkTest, PoseTakesAnySensibleKeypointShape) {
  const at::NoGradGuard no_grad;
  Architecture architecture = ArchitectureByName("yolo11n-pose");
  architecture.keypoints = 5;
  architecture.keypoint_values = 2;
  const auto network = std::make_shared<Network>(architecture);
  network->FixSize(32, 32);
  EXPECT_EQ(network->Forward(at::rand({1, 3, 32, 32}))[0].size(1), 4 + 1 + 10);
  architecture.keypoint_values = 4;
  ExpectError(Code::kUnsupportedModel, "but it is [5, 4]",
              [&] { Network wrong(architecture); });
}

TEST(ArchitectureTest, RefusesUnknownNames) {
  EXPECT_TRUE(IsArchitectureName("yolo11s.yaml"));
  EXPECT_TRUE(IsArchitectureName("yolo11x-pose.yaml"));
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

std::map<std::string, std::vector<std::int64_t>> ShapesOf(
    const Network& network) {
  std::map<std::string, std::vector<std::int64_t>> shapes;
  for (const auto& item : network.named_parameters()) {
    shapes[item.key()] = item.value().sizes().vec();
  }
  return shapes;
}

TEST(NetworkTest, MatchesTheStateDictOfEveryCheckpoint) {
  REQUIRE_ASSETS();
  int equal = 0;
  for (const char* name : {"yolo11n", "yolo11n-seg", "yolo11n-pose",
                           "yolo11n-cls", "shapes-obb", "yolov8n-random"}) {
    SCOPED_TRACE(name);
    const formats::Checkpoint checkpoint(
        base::ReadFile(test::Asset("weights/" + std::string(name) + ".pt")),
        name);
    // A network from the yaml has the tensors of the one from the modules.
    const auto source = api::FromCheckpoint(checkpoint);
    EXPECT_TRUE(source.metadata.warnings.empty());
    Architecture architecture = api::ReadArchitecture(*checkpoint.yaml(), name);
    architecture.classes = source.network->architecture().classes;
    Network built(architecture);
    built.Fuse();
    EXPECT_EQ(ShapesOf(built), ShapesOf(*source.network));
    ++equal;
  }
  test::Figure("state_dicts_equal", equal, "of_6");
}

}  // namespace
}  // namespace yolotorch::graph

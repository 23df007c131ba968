// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/mobile/import.h>
#include <torch/csrc/jit/mobile/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "export/exported.h"
#include "formats/zip_archive.h"
#include "support.h"
#include "yolotorch/model.h"

// What every kind of archive that export writes does when LibTorch alone opens
// it.
namespace yolotorch::exporter {
namespace {

using test::Difference;
using test::ExpectError;
using test::Exported;
using test::First;
using test::kTaskSuffixes;
using test::RunError;

// Visits every node of every method, with those in blocks.
template <typename Visit>
void ForEachNode(torch::jit::Block* block, const Visit& visit) {
  for (torch::jit::Node* node : block->nodes()) {
    visit(node);
    for (torch::jit::Block* inner : node->blocks()) ForEachNode(inner, visit);
  }
}

void ExpectPortable(torch::jit::Module& module) {
  for (const torch::jit::Method& method : module.get_methods()) {
    ForEachNode(method.graph()->block(), [&](torch::jit::Node* node) {
      const std::string space = node->kind().ns().toUnqualString();
      EXPECT_TRUE(space == "aten" || space == "prim")
          << node->kind().toQualString();
      for (const torch::jit::Value* output : node->outputs()) {
        EXPECT_FALSE(node->kind() == c10::prim::Constant &&
                     output->type()->kind() == c10::TypeKind::DeviceObjType)
            << "a device literal";
        EXPECT_FALSE(node->kind() == c10::prim::Constant &&
                     output->type()->kind() == c10::TypeKind::TensorType)
            << "a tensor constant, which does not follow the module";
      }
    });
  }
}

TEST(ArchiveTest, HoldsPortableOperatorsAndNoDevice) {
  const c10::InferenceMode inference;
  int archives = 0;
  for (const std::string& task : kTaskSuffixes) {
    SCOPED_TRACE(task);
    const bool classify = task == "-cls";
    std::vector<ExportOptions> all(4);
    all[1].dynamic = true;
    all[2].half = true;
    all[3].pipeline = true;
    if (!classify) {
      all.emplace_back().nms = true;
      all.emplace_back().nms = true;
      all.back().dynamic = true;
    }
    for (const ExportOptions& options : all) {
      Exported exported(task, options);
      ExpectPortable(exported.module());
      ++archives;
    }
  }
  test::Figure("archives_without_device_or_foreign_operator", archives,
               "archives");
}

TEST(ArchiveTest, StaticRefusesAnotherSizeByItself) {
  const c10::InferenceMode inference;
  for (const std::string& task : kTaskSuffixes) {
    Exported exported(task);
    EXPECT_EQ(RunError(exported.module(), at::rand({1, 3, 64, 96})), "");
    const std::string error =
        RunError(exported.module(), at::rand({1, 3, 96, 64}));
    EXPECT_NE(error.find("exported for an input of 64 x 96 (height x width), "
                         "but got 96 x 64"),
              std::string::npos)
        << error;
  }
}

TEST(ArchiveTest, DynamicEqualsStaticAtEverySize) {
  const c10::InferenceMode inference;
  double worst = 0;
  for (const std::string& task : kTaskSuffixes) {
    SCOPED_TRACE(task);
    Exported dynamic(task, {.dynamic = true});
    for (const auto& [height, width] : {std::pair{64, 96},
                                        {96, 64},
                                        {32, 32},
                                        {160, 64},
                                        {128, 128},
                                        {64, 320}}) {
      Exported fixed(task, {.net_height = height, .net_width = width});
      for (const int batch : {1, 3}) {
        const at::Tensor x = at::rand({batch, 3, height, width});
        worst = std::max(worst, Difference(First(dynamic.module().forward({x})),
                                           First(fixed.module().forward({x}))));
      }
    }
    if (task != "-cls") {
      EXPECT_NE(RunError(dynamic.module(), at::rand({1, 3, 50, 64}))
                    .find("multiples of 32, but got 50 x 64"),
                std::string::npos);
    }
  }
  test::Figure("dynamic_difference_max", worst, "px");
  EXPECT_LE(worst, 1e-3);
}

TEST(ArchiveTest, HalfStoresHalfAndTakesSingle) {
  const c10::InferenceMode inference;
  for (const std::string& task : kTaskSuffixes) {
    SCOPED_TRACE(task);
    Exported full(task);
    Exported half(task, {.half = true});
    const at::Tensor x = at::rand({1, 3, 64, 96});
    EXPECT_LT(Difference(First(full.module().forward({x})),
                         First(half.module().forward({x}))),
              0.5);
    for (const auto& parameter : half.module().parameters()) {
      EXPECT_EQ(parameter.scalar_type(), at::kHalf);
    }
    // Half precision goes through as well, as it would on a GPU.
    EXPECT_TRUE(First(half.module().forward({x.to(at::kHalf)}))
                    .isfinite()
                    .all()
                    .item<bool>());
    const double ratio =
        static_cast<double>(std::filesystem::file_size(half.path())) /
        static_cast<double>(std::filesystem::file_size(full.path()));
    EXPECT_LE(ratio, 0.53);
    if (task.empty()) test::Figure("half_size_ratio", ratio, "of_full");
  }
}

TEST(ArchiveTest, OneModelExportsEveryKindInAnyOrder) {
  const c10::InferenceMode inference;
  const test::TemporaryFolder folder;
  Model model = Model::Load("yolo11n-seg.yaml", {.seed = 3});
  const auto sum = [&](ExportOptions options) {
    options.file = folder / "a.torchscript";
    options.net_height = 64;
    options.net_width = 96;
    model.Export(options);
    torch::jit::Module module = torch::jit::load(options.file);
    return First(module.forward({at::full({1, 3, 64, 96}, 0.3)}))
        .sum()
        .item<double>();
  };
  const double before = sum({});
  for (const ExportOptions& options :
       {ExportOptions{.half = true}, ExportOptions{.dynamic = true},
        ExportOptions{.optimize = true}, ExportOptions{.nms = true},
        ExportOptions{.pipeline = false}}) {
    sum(options);
    EXPECT_EQ(sum({}), before);
  }
  const std::vector<std::uint8_t> grey(32 * 32 * 3, 100);
  const Predictions found = model.Predict(
      std::vector<ImageView>{{grey.data(), 32, 32, 0, PixelFormat::kRgb}});
  EXPECT_EQ(found.images().size(), 1U);
}

TEST(ArchiveTest, OptimizedOpensInBothInterpreters) {
  for (const std::string& task : kTaskSuffixes) {
    SCOPED_TRACE(task);
    const c10::InferenceMode inference;
    Exported plain(task);
    Exported optimized(task, {.optimize = true});
    const at::Tensor x = at::rand({2, 3, 64, 96});
    const at::Tensor expected = First(plain.module().forward({x}));
    EXPECT_LE(Difference(expected, First(optimized.module().forward({x}))),
              1e-4);
    std::unordered_map<std::string, std::string> extra = {{"config.txt", ""}};
    torch::jit::mobile::Module mobile =
        torch::jit::_load_for_mobile(optimized.path(), at::kCPU, extra);
    EXPECT_LE(Difference(expected, First(mobile.forward({x}))), 1e-4);
    EXPECT_NE(extra["config.txt"].find("\"optimize\":true"), std::string::npos);
    EXPECT_EQ(Model::Load(optimized.path()).info().task,
              plain.model().info().task);
  }
}

}  // namespace
}  // namespace yolotorch::exporter

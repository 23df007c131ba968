// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/compiler.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "checkpoint/zip_archive.h"
#include "gate/gate.h"
#include "runtime/archive.h"
#include "runtime/session.h"
#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch::runtime {
namespace {

using test::Asset;

// A session of an archive, loaded anew.
std::unique_ptr<Session> Open(const std::string& path, OptimizeLevel level) {
  const test::Bytes bytes = test::ReadAll(path);
  const checkpoint::ZipArchive zip(bytes, "model");
  const auto metadata = ReadContract(
      gate::CheckArchive(zip, "model", /*trusted=*/false), zip, "model", {});
  const Archive archive =
      LoadArchive(bytes, metadata, "model", c10::Device(c10::kCPU));
  return std::make_unique<Session>(archive.module, metadata,
                                   c10::Device(c10::kCPU), "model", level);
}

// An archive that we wrote.
class Exported {
 public:
  Exported(const std::string& name, ExportOptions options) {
    options.file = folder_ / "model.torchscript";
    path_ = Model::Load(Asset("weights/" + name + ".pt")).Export(options);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  test::TemporaryFolder folder_;
  std::string path_;
};

// A smooth random picture, in which a network finds something.
at::Tensor Picture(std::int64_t batch, std::int64_t height,
                   std::int64_t width) {
  at::manual_seed(7);
  return at::upsample_bilinear2d(at::rand({batch, 3, height / 32, width / 32}),
                                 {height, width}, false);
}

// What an archive is.
struct Kind {
  std::string path;
  std::size_t convolutions = 0;
  std::string report;  // what is said of kernels
  bool final_rows = false;
  std::int64_t scores_end = 9999;  // where the values of an anchor after its
                                   // scores begin, which are in pixels
};

// Greatest differences of raw outputs. Keypoints count as boxes, in pixels.
struct Difference {
  double pixels = 0;
  double rest = 0;
};

Difference Compare(const std::vector<at::Tensor>& a,
                   const std::vector<at::Tensor>& b, const Kind& kind) {
  Difference difference;
  EXPECT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].sizes(), b[i].sizes());
    const at::Tensor error = (a[i] - b[i]).abs();
    if (i == 0 && error.dim() == 3) {
      const std::int64_t values = kind.final_rows ? 2 : 1;
      const at::Tensor box = error.slice(values, 0, 4);
      const at::Tensor scores = error.slice(values, 4, kind.scores_end);
      const at::Tensor extras = error.slice(values, kind.scores_end);
      difference.pixels = box.max().item<double>();
      difference.rest = scores.max().item<double>();
      if (extras.numel() > 0) {
        difference.pixels =
            std::max(difference.pixels, extras.max().item<double>());
      }
    } else {
      difference.rest = std::max(difference.rest, error.max().item<double>());
    }
  }
  return difference;
}

using Sizes = std::vector<std::vector<std::int64_t>>;

// Runs the archive at every level on inputs of sizes that change, and expects
// what LibTorch alone gives.
void ExpectSameAtEveryLevel(const Kind& kind, const Sizes& sizes) {
  const auto plain = Open(kind.path, OptimizeLevel::kNone);
  PredictOptions options;
  options.conf = 0.001F;
  for (int level = 1; level <= 3; ++level) {
    const auto session = Open(kind.path, static_cast<OptimizeLevel>(level));
    EXPECT_EQ(session->input_format(), at::MemoryFormat::ChannelsLast);
    Difference worst;
    for (const auto& size : sizes) {
      const at::Tensor picture = Picture(size[0], size[1], size[2]);
      const Difference found = Compare(
          plain->Run(picture, options),
          session->Run(picture.contiguous(at::MemoryFormat::ChannelsLast),
                       options),
          kind);
      worst.pixels = std::max(worst.pixels, found.pixels);
      worst.rest = std::max(worst.rest, found.rest);
    }
    const std::string name = "level_" + std::to_string(level);
    test::Figure(name + "_pixel_difference", worst.pixels, "px");
    test::Figure(name + "_other_difference", worst.rest, "1");
    EXPECT_LE(worst.pixels, 0.05) << name;
    EXPECT_LE(worst.rest, 1e-4) << name;
    const std::vector<std::string> notes = session->notes();
    ASSERT_EQ(notes.size(), level >= 2 ? 1U : 0U);
    if (level < 2) continue;
    const std::string packed =
        std::to_string(kind.convolutions) + " convolutions on packed weights";
    EXPECT_EQ(notes[0], packed + (level == 3 ? kind.report : "") + ".");
  }
}

TEST(CompilerTest, DetectOfUltralyticsWithAnyBatch) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel(
      {Asset("exported/yolo11n.torchscript"), 88, ""},
      {{1, 640, 640}, {3, 640, 640}, {1, 640, 640}, {2, 640, 640}});
}

TEST(CompilerTest, SegmentOfUltralytics) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel({Asset("exported/yolo11n-seg.torchscript"), 100, ""},
                         {{2, 640, 640}});
}

// More sizes than are kept packed.
TEST(CompilerTest, DynamicOfUltralyticsWithManySizes) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel(
      {Asset("exported/yolo11n-dynamic.torchscript"), 88, ""}, {{1, 640, 640},
                                                                {2, 320, 640},
                                                                {1, 64, 96},
                                                                {1, 96, 96},
                                                                {1, 128, 96},
                                                                {1, 96, 64},
                                                                {2, 320, 640}});
}

TEST(CompilerTest, NmsOfUltralytics) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel(
      {Asset("exported/yolo11n-nms.torchscript"), 88, "", true},
      {{2, 640, 640}});
  ExpectSameAtEveryLevel(
      {Asset("exported/shapes-obb-nms.torchscript"), 97, "", true},
      {{2, 320, 320}});
}

TEST(CompilerTest, ClassifyOfUltralytics) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel({Asset("exported/yolo11n-cls.torchscript"), 39, ""},
                         {{2, 224, 224}});
}

TEST(CompilerTest, PoseOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive("yolo11n-pose", {.net_height = 320, .net_width = 256});
  ExpectSameAtEveryLevel({archive.path(), 97, "", false, 5}, {{2, 320, 256}});
}

TEST(CompilerTest, DynamicOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive("yolo11n", {.dynamic = true});
  ExpectSameAtEveryLevel({archive.path(), 88, ""},
                         {{2, 320, 320}, {1, 96, 64}, {2, 320, 320}});
}

TEST(CompilerTest, HalfOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive("yolo11n",
                         {.net_height = 320, .net_width = 320, .half = true});
  ExpectSameAtEveryLevel({archive.path(), 88, ""}, {{2, 320, 320}});
}

TEST(CompilerTest, FrozenOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive(
      "yolo11n", {.net_height = 320, .net_width = 320, .optimize = true});
  ExpectSameAtEveryLevel({archive.path(), 88, ""}, {{2, 320, 320}});
}

TEST(CompilerTest, SegmentWithNmsOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive("yolo11n-seg",
                         {.net_height = 320, .net_width = 320, .nms = true});
  ExpectSameAtEveryLevel({archive.path(), 100, "", true}, {{2, 320, 320}});
}

// A module of TorchScript source with one convolution.
torch::jit::Module Custom(const std::string& forward) {
  torch::jit::Module module("Custom");
  module.register_parameter("weight", at::rand({4, 3, 3, 3}), false);
  module.register_attribute("padding", c10::ListType::ofInts(),
                            std::vector<std::int64_t>{1, 1});
  module.define("def forward(self, x: Tensor):\n" + forward);
  return module;
}

std::size_t PackedIn(const std::string& forward) {
  return Program(Custom(forward), OptimizeLevel::kPacked).report().convolutions;
}

TEST(CompilerTest, PacksConstantConvolutionsOnly) {
  EXPECT_EQ(PackedIn("  return torch.conv2d(x, self.weight, None, [1, 1], "
                     "[1, 1])\n"),
            1U);
  EXPECT_EQ(PackedIn("  return torch.conv2d(x, self.weight * 2, None, [1, 1], "
                     "[1, 1])\n"),
            0U);
  EXPECT_EQ(PackedIn("  self.weight.mul_(2)\n  return torch.conv2d(x, "
                     "self.weight, None, [1, 1], [1, 1])\n"),
            0U);
  EXPECT_EQ(PackedIn("  self.weight[0].mul_(2)\n  return torch.conv2d(x, "
                     "self.weight, None, [1, 1], [1, 1])\n"),
            0U);
  EXPECT_EQ(PackedIn("  return torch.conv_transpose2d(x, self.weight, None, "
                     "[1, 1], [1, 1])\n"),
            0U);
}

TEST(CompilerTest, LeavesASiluAloneWhoseInputIsReadAgain) {
  const c10::InferenceMode inference;
  const torch::jit::GraphOptimizerEnabledGuard no_profiling(false);
  torch::jit::Module module = Custom(
      "  y = torch.conv2d(x, self.weight, None, [1, 1], [1, 1])\n"
      "  return torch.silu(y) + y\n");
  Program program(module, OptimizeLevel::kKernels);
  EXPECT_EQ(program.report().activations, 0U);
  const at::Tensor x = at::rand({1, 3, 16, 16});
  EXPECT_TRUE(at::allclose(program.Run({x}).toTensor(),
                           module.forward({x}).toTensor(), 1e-5, 1e-6));
}

}  // namespace
}  // namespace yolotorch::runtime

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Models that users change in their yaml: heads of other levels, activations.
#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "api/exporting.h"
#include "api/network_source.h"
#include "graph/flops.h"
#include "optimizer/compiler.h"
#include "support.h"
#include "yolotorch/inspect.h"
#include "yolotorch/model.h"

namespace yolotorch::api {
namespace {

using at::Tensor;
using test::ExpectError;
using test::TemporaryFolder;

// Layers 0 to 7: feature maps of strides 2 to 64 in 2 to 7, with C2f in
// between.
constexpr char kBackbone[] = R"(nc: 3
kpt_shape: [5, 3]
scales:
  n: [0.33, 0.25, 1024]
backbone:
  - [-1, 1, Conv, [32, 3, 2]]
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 3, C2f, [64, True]]
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, SPPF, [64, 5]]
  - [-1, 1, Conv, [64, 3, 2]]
head:
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1, 6], 1, Concat, [1]]
  - [-1, 1, Conv, [64, 1, 1]]
)";

struct Levels {
  std::string rows;
  std::vector<std::int64_t> strides;
};

const std::vector<Levels> kLevels = {
    {"[2, 3, 4, 10]", {4, 8, 16, 32}},   // P2
    {"[3, 4, 10, 7]", {8, 16, 32, 64}},  // P6
    {"[2, 3, 4, 10, 7]", {4, 8, 16, 32, 64}},
    {"[3, 10]", {8, 32}},
    {"[10]", {32}},
    {"[2]", {4}},
    {"[10, 3]", {32, 8}},
};

const std::map<std::string, std::string> kHeads = {{"Detect", "[nc]"},
                                                   {"Segment", "[nc, 8, 32]"},
                                                   {"Pose", "[nc, kpt_shape]"},
                                                   {"OBB", "[nc, 1]"}};

std::string YamlOf(const std::string& rows, const std::string& head) {
  return kBackbone + ("  - [" + rows + ", 1, " + head + ", ") +
         kHeads.at(head) + "]\n";
}

NetworkSource Build(const std::string& text) {
  return FromYaml(text, "yolov8n-mine.yaml", 5);
}

Model Load(const std::string& text, const TemporaryFolder& folder,
           std::uint64_t seed = 5) {
  const std::string path = folder / "yolov8n-mine.yaml";
  test::WriteAll(path, test::ToBytes(text));
  return Model::Load(path, {.seed = seed});
}

// Random weights make signals smaller from layer to layer, until outputs hardly
// depend on the input: these keep their size.
void Strengthen(const NetworkSource& source, double factor) {
  const at::NoGradGuard no_grad;
  for (const auto& item : source.network->named_parameters()) {
    if (item.value().dim() == 4 &&
        item.key().find(".dfl.") == std::string::npos) {
      item.value().mul_(factor);
    }
  }
}

std::string Export(const NetworkSource& source, const TemporaryFolder& folder,
                   const ExportOptions& options) {
  metadata::Metadata metadata = source.metadata;
  metadata.imgsz = {options.net_height, options.net_width};
  for (int id = 0; id < 3; ++id) metadata.names[id] = std::to_string(id);
  const std::string path =
      folder / (options.pipeline ? "pipeline.torchscript" : "a.torchscript");
  ExportArchive(*source.network, metadata, options, path);
  return path;
}

std::int64_t AnchorsOf(const Levels& levels, std::int64_t height,
                       std::int64_t width) {
  std::int64_t count = 0;
  for (const std::int64_t stride : levels.strides) {
    count += (height / stride) * (width / stride);
  }
  return count;
}

// What a network outputs for equal distributions of all box sides: boxes of 15
// cells around the middle of every cell.
TEST(CustomModelTest, EveryCellOfEveryLevelHasItsOwnStride) {
  const at::NoGradGuard no_grad;
  for (const Levels& levels : kLevels) {
    SCOPED_TRACE(levels.rows);
    const NetworkSource source = Build(YamlOf(levels.rows, "Detect"));
    graph::Network& network = *source.network;
    const std::int64_t most =
        *std::max_element(levels.strides.begin(), levels.strides.end());
    // Layer 7 lies behind the others, so the picture has to fit it as well.
    EXPECT_EQ(network.stride(), 64);
    EXPECT_LE(most, network.stride());
    for (const auto& item : network.named_parameters()) {
      if (item.key().find("model.11.cv2.") == 0 &&
          item.key().find(".2.weight") != std::string::npos) {
        item.value().zero_();
      }
    }
    const Tensor x = at::rand({1, 3, 64, 192});
    network.FixSize(64, 192);
    const Tensor fixed = network.Forward(x)[0];
    network.FreeSize();
    EXPECT_TRUE(at::equal(network.Forward(x)[0], fixed));
    ASSERT_EQ(fixed.size(2), AnchorsOf(levels, 64, 192));
    std::int64_t anchor = 0;
    for (const std::int64_t stride : levels.strides) {
      for (std::int64_t row = 0; row < 64 / stride; ++row) {
        for (std::int64_t column = 0; column < 192 / stride; ++column) {
          const Tensor box = fixed[0].slice(0, 0, 4).select(1, anchor++);
          const auto s = static_cast<float>(stride);
          const Tensor expected = at::tensor(
              {(static_cast<float>(column) + 0.5F) * s,
               (static_cast<float>(row) + 0.5F) * s, 15 * s, 15 * s});
          ASSERT_TRUE(at::allclose(box, expected, 1e-4, 1e-3)) << anchor;
        }
      }
    }
  }
}

TEST(CustomModelTest, ThePublishedFourLevelsRun) {
  REQUIRE_CASES();
  const test::Bytes bytes =
      test::ReadAll(test::CaseFile("07-p2/yolov8n-p2.yaml"));
  const NetworkSource source =
      FromYaml({bytes.begin(), bytes.end()}, "yolov8n-p2.yaml", 1);
  EXPECT_EQ(source.metadata.stride, 32);
  const at::NoGradGuard no_grad;
  source.network->FixSize(96, 64);
  EXPECT_EQ(source.network->Forward(at::rand({1, 3, 96, 64}))[0].sizes(),
            (std::vector<std::int64_t>{1, 84, 6 * (1 + 4 + 16 + 64)}));
}

TEST(CustomModelTest, EveryHeadRunsOnAnyLevels) {
  const at::NoGradGuard no_grad;
  const std::map<std::string, std::int64_t> values = {
      {"Detect", 7}, {"Segment", 15}, {"Pose", 22}, {"OBB", 8}};
  for (const Levels& levels : kLevels) {
    for (const auto& [head, count] : values) {
      SCOPED_TRACE(head + levels.rows);
      const NetworkSource source = Build(YamlOf(levels.rows, head));
      source.network->FixSize(128, 64);
      const auto outputs = source.network->Forward(at::rand({2, 3, 128, 64}));
      EXPECT_EQ(outputs[0].sizes(), (std::vector<std::int64_t>{
                                        2, count, AnchorsOf(levels, 128, 64)}));
      if (head == "Segment") {
        const std::int64_t step = levels.strides[0] / 2;
        EXPECT_EQ(outputs[1].sizes(),
                  (std::vector<std::int64_t>{2, 8, 128 / step, 64 / step}));
      }
      EXPECT_GT(graph::CountFlops(*source.network, 64, 64), 0);
    }
  }
}

// Detections of one task as numbers, the masks as their boxes and pixels.
std::vector<std::vector<double>> Rows(const ImageResult& result) {
  std::vector<std::vector<double>> rows;
  for (const Detection& d : result.detections) {
    rows.push_back({d.x1, d.y1, d.x2, d.y2, d.confidence,
                    static_cast<double>(d.class_id)});
  }
  for (const RotatedDetection& d : result.rotated) {
    rows.push_back({d.cx, d.cy, d.width, d.height, d.angle, d.confidence,
                    static_cast<double>(d.class_id)});
  }
  for (const float value : result.keypoints) rows.push_back({value});
  for (const Mask& mask : result.masks) {
    rows.push_back(
        {static_cast<double>(mask.left), static_cast<double>(mask.top),
         static_cast<double>(mask.width), static_cast<double>(mask.height)});
  }
  return rows;
}

void ExpectEqual(const ImageResult& a, const ImageResult& b, double tolerance) {
  const auto ours = Rows(a);
  const auto theirs = Rows(b);
  ASSERT_EQ(ours.size(), theirs.size());
  ASSERT_GT(ours.size(), 0U);
  for (std::size_t i = 0; i < ours.size(); ++i) {
    ASSERT_EQ(ours[i].size(), theirs[i].size());
    for (std::size_t k = 0; k < ours[i].size(); ++k) {
      ASSERT_NEAR(ours[i][k], theirs[i][k], tolerance) << i << " " << k;
    }
  }
}

// Every kind of archive of a P2 and a P6 model gives what the model gives.
TEST(CustomModelTest, ArchivesOfAnyLevelsEqualTheModel) {
  std::vector<std::uint8_t> pixels(50 * 90 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>((i * i / 97 + i * 13) % 256);
  }
  const ImageView picture{pixels.data(), 90, 50};
  for (const std::size_t which : {0U, 1U, 4U}) {
    for (const auto& [head, arguments] : kHeads) {
      SCOPED_TRACE(head + kLevels[which].rows);
      const TemporaryFolder folder;
      Model model = Load(YamlOf(kLevels[which].rows, head), folder);
      EXPECT_EQ(model.info().stride, 64);
      PredictOptions options;
      options.conf = 1e-6F;
      options.max_det = 5;
      options.net_height = 70;  // rounded up to 128
      options.net_width = 128;
      const Predictions expected =
          model.Predict(std::vector<ImageView>{picture}, options);
      EXPECT_EQ(expected.net_height, 128);
      for (const bool dynamic : {false, true}) {
        for (const bool nms : {false, true}) {
          SCOPED_TRACE(std::string(dynamic ? "dynamic " : "") +
                       (nms ? "nms" : ""));
          ExportOptions exporting;
          exporting.file = folder / "a.torchscript";
          exporting.dynamic = dynamic;
          exporting.nms = nms;
          exporting.net_height = 70;
          exporting.net_width = 128;
          model.Export(exporting);
          Model archive = Model::Load(exporting.file);
          EXPECT_EQ(archive.info().stride, 64);
          EXPECT_EQ(archive.info().net_height, 128);
          ExpectEqual(archive.Predict(picture, options), expected.images()[0],
                      2e-2);
        }
      }
    }
  }
}

// A mask as 0 and 1 in a picture of that size.
Tensor Pixels(const Mask& mask, std::int64_t height, std::int64_t width) {
  Tensor pixels = at::zeros({height, width}, at::kBool);
  const int bytes = (mask.width + 7) / 8;
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      const auto at = static_cast<std::size_t>(y * bytes + x / 8);
      pixels[mask.top + y][mask.left + x] = (mask.bits[at] >> (x % 8) & 1) != 0;
    }
  }
  return pixels;
}

// A mask has the prototypes' own size: exact masks of the picture agree with
// those of a program that takes pictures.
TEST(CustomModelTest, MasksOfFinerPrototypesAreNotMovedOrScaled) {
  std::vector<std::uint8_t> pixels(128 * 128 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>((i * i / 97 + i * 13) % 256);
  }
  const ImageView picture{pixels.data(), 128, 128};
  for (const Levels& levels : {kLevels[0], kLevels[1], kLevels[4]}) {
    SCOPED_TRACE(levels.rows);
    std::int64_t compared = 0;
    // Of random weights, some masks are empty.
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const TemporaryFolder folder;
      const NetworkSource source =
          FromYaml(YamlOf(levels.rows, "Segment"), "yolov8n-mine.yaml", seed);
      Strengthen(source, 2);
      ExportOptions exporting;
      exporting.net_height = exporting.net_width = 128;
      exporting.conf = 1e-6F;
      exporting.max_det = 8;
      Model model = Model::Load(Export(source, folder, exporting));
      exporting.pipeline = true;
      torch::jit::Module module =
          torch::jit::load(Export(source, folder, exporting));
      const c10::InferenceMode inference;
      const Tensor image =
          at::from_blob(pixels.data(), {128, 128, 3}, at::kByte);
      const auto output = module.forward({image});
      const Tensor masks = output.toTupleRef().elements()[1].toTensor();
      PredictOptions options;
      options.conf = 1e-6F;
      options.max_det = 8;
      const ImageResult found = model.Predict(picture, options);
      std::size_t at = 0;
      for (std::int64_t i = 0; i < masks.size(0); ++i) {
        const auto count = masks[i].sum().item<std::int64_t>();
        if (count == 0) continue;
        ASSERT_LT(at, found.masks.size());
        const Tensor mask = Pixels(found.masks[at++], 128, 128);
        const auto different =
            mask.logical_xor(masks[i]).sum().item<std::int64_t>();
        EXPECT_LE(different, 2 + count / 100);
        ++compared;
      }
      EXPECT_EQ(at, found.masks.size());
    }
    EXPECT_GT(compared, 0);
  }
}

TEST(CustomModelTest, EveryActivationRunsInArchivesAndOwnKernels) {
  const c10::InferenceMode inference;
  const torch::jit::GraphOptimizerEnabledGuard no_profiling(false);
  const std::string plain = YamlOf("[3, 4, 10]", "Detect");
  const Tensor x = at::rand({1, 3, 64, 64});
  Tensor silu;
  for (const char* call : {"nn.SiLU()",
                           "nn.Identity()",
                           "nn.ReLU()",
                           "nn.ReLU6()",
                           "torch.nn.LeakyReLU(0.1)",
                           "nn.PReLU()",
                           "nn.RReLU()",
                           "nn.ELU()",
                           "nn.CELU()",
                           "nn.SELU()",
                           "nn.GELU()",
                           "nn.GELU(approximate='tanh')",
                           "nn.Mish()",
                           "nn.Hardswish()",
                           "nn.Hardsigmoid()",
                           "nn.Hardtanh()",
                           "nn.Sigmoid()",
                           "nn.LogSigmoid()",
                           "nn.Tanh()",
                           "nn.Tanhshrink()",
                           "nn.Softplus()",
                           "nn.Softsign()",
                           "nn.Softshrink()",
                           "nn.Hardshrink()",
                           "nn.Threshold(0.1, 0)"}) {
    SCOPED_TRACE(call);
    const TemporaryFolder folder;
    const NetworkSource source =
        Build("activation: " + std::string(call) + "\n" + plain);
    Strengthen(source, 2);
    ExportOptions options;
    options.net_height = options.net_width = 64;
    const std::string path = Export(source, folder, options);
    const FileInfo file = Inspect(path);
    EXPECT_EQ(file.verdict, Verdict::kClean) << file.reason;
    torch::jit::Module module = torch::jit::load(path);
    const Tensor expected = module.forward({x}).toTensor();
    if (!silu.defined()) {
      silu = expected;
    } else {
      EXPECT_GT((expected - silu).abs().max().item<float>(), 0.05F);
    }
    for (const auto level : {optimizer::OptimizeLevel::kPacked,
                             optimizer::OptimizeLevel::kKernels}) {
      optimizer::Program program(module, level);
      const Tensor pixels = x.contiguous(at::MemoryFormat::ChannelsLast);
      const Tensor actual = program.Run({pixels}).toTensor();
      EXPECT_LT((actual - expected).abs().max().item<float>(), 0.005F)
          << static_cast<int>(level);
    }
  }
}

TEST(CustomModelTest, ALearnedActivationCountsOnce) {
  const std::string plain = YamlOf("[3, 4, 10]", "Detect");
  const NetworkSource silu = Build(plain);
  const NetworkSource prelu = Build("activation: nn.PReLU()\n" + plain);
  EXPECT_EQ(prelu.network->CountParameters(),
            silu.network->CountParameters() + 1);
  EXPECT_EQ(prelu.metadata.sppf_activation, "PReLU");
}

TEST(CustomModelTest, NamesTheActivationThatIsNotBuiltIn) {
  const std::string plain = YamlOf("[3, 4, 10]", "Detect");
  ExpectError(Code::kUnsupportedModel,
              "has an activation 'nn.GLU()' that is of a kind that is not "
              "built in; expected SiLU, Identity, ReLU",
              [&] { Build("activation: nn.GLU()\n" + plain); });
  ExpectError(Code::kUnsupportedModel, "is no call such as nn.LeakyReLU(0.1)",
              [&] { Build("activation: relu\n" + plain); });
}

}  // namespace
}  // namespace yolotorch::api

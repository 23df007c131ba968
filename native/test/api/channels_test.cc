// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Models whose pictures have other than three channels.
#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/serialization/import.h>

#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "api/exporting.h"
#include "api/network_input.h"
#include "api/network_source.h"
#include "graph/flops.h"
#include "optimizer/compiler.h"
#include "support.h"
#include "vision/pixels.h"
#include "yolotorch/inspect.h"
#include "yolotorch/model.h"

namespace yolotorch::api {
namespace {

using at::Tensor;
using test::ExpectError;
using test::TemporaryFolder;

constexpr int kPictureHeight = 45;
constexpr int kPictureWidth = 83;

std::string YamlWith(const std::string& channels, bool classify = false) {
  return "nc: 3\n" + channels + R"(
scales:
  n: [0.33, 0.25, 1024]
backbone:
  - [-1, 1, Conv, [32, 3, 2]]
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 3, C2f, [64, True]]
  - [-1, 1, Conv, [64, 3, 2]]
head:
)" +
         (classify ? "  - [-1, 1, Classify, [nc]]\n"
                   : "  - [[2, 3], 1, Detect, [nc]]\n");
}

std::string ChannelsKey(int count) {
  return "channels: " + std::to_string(count);
}

std::vector<std::uint8_t> PixelsWith(int channels) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(kPictureHeight) *
                                   kPictureWidth *
                                   static_cast<std::size_t>(channels));
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>((i * i / 97 + i * 13) % 256);
  }
  return pixels;
}

ImageView ViewWith(const std::vector<std::uint8_t>& pixels, int channels) {
  return {pixels.data(),          kPictureWidth, kPictureHeight, 0,
          PixelFormat::kChannels, channels};
}

Model LoadYaml(const std::string& yaml, const TemporaryFolder& folder,
               int level = 3) {
  const std::string path = folder / "yolov8n-mine.yaml";
  test::WriteAll(path, test::ToBytes(yaml));
  return Model::Load(path, {.seed = 5, .optimize_level = level});
}

// Random weights make signals smaller from layer to layer: these keep their
// size.
void Amplify(const NetworkSource& source) {
  const at::NoGradGuard no_grad;
  for (const auto& item : source.network->named_parameters()) {
    if (item.value().dim() == 4 &&
        item.key().find(".dfl.") == std::string::npos) {
      item.value().mul_(2);
    }
  }
}

PredictOptions ManyBoxes() {
  PredictOptions options;
  options.conf = 1e-6F;
  options.max_det = 5;
  options.net_height = 64;
  options.net_width = 96;
  options.rect = false;
  return options;
}

void ExpectSameBoxes(const ImageResult& a, const ImageResult& b) {
  ASSERT_EQ(a.detections.size(), 5U);
  ASSERT_EQ(b.detections.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(a.detections[i].x1, b.detections[i].x1, 2e-2);
    EXPECT_NEAR(a.detections[i].y2, b.detections[i].y2, 2e-2);
    EXPECT_NEAR(a.detections[i].confidence, b.detections[i].confidence, 1e-4);
  }
}

TEST(ChannelsTest, EveryLevelComputesTheSameForAnyNumber) {
  for (const int channels : {1, 2, 3, 4, 5, 6, 8, 16}) {
    SCOPED_TRACE(channels);
    const TemporaryFolder folder;
    NetworkSource source =
        FromYaml(YamlWith(ChannelsKey(channels)), "yolov8n-mine.yaml", 5);
    EXPECT_EQ(source.metadata.channels, channels);
    Amplify(source);
    source.metadata.imgsz = {64, 96};
    ExportOptions options;
    options.net_height = 64;
    options.net_width = 96;
    const std::string path = folder / "a.torchscript";
    ExportArchive(*source.network, source.metadata, options, path);
    EXPECT_EQ(Inspect(path).verdict, Verdict::kClean);
    torch::jit::Module module = torch::jit::load(path);
    const c10::InferenceMode inference;
    const Tensor x = at::rand({1, channels, 64, 96});
    const Tensor expected = module.forward({x}).toTensor();
    for (const auto level : {optimizer::OptimizeLevel::kPacked,
                             optimizer::OptimizeLevel::kKernels}) {
      optimizer::Program program(module, level);
      // One channel has equal strides in both formats: as the pictures come.
      const Tensor pixels = x.contiguous(at::MemoryFormat::ChannelsLast);
      const Tensor actual = program.Run({pixels}).toTensor();
      EXPECT_LT((actual - expected).abs().max().item<float>(), 0.005F)
          << static_cast<int>(level);
    }
  }
}

TEST(ChannelsTest, PicturesOfAsManyChannelsArePredictedByModelAndArchive) {
  for (const int channels : {1, 2, 4, 6, 16}) {
    SCOPED_TRACE(channels);
    const TemporaryFolder folder;
    const std::string yaml = YamlWith(ChannelsKey(channels));
    const std::vector<std::uint8_t> pixels = PixelsWith(channels);
    const ImageView picture = ViewWith(pixels, channels);
    Model model = LoadYaml(yaml, folder);
    EXPECT_EQ(model.info().channels, channels);
    EXPECT_GT(model.info().gflops, 0);
    const ImageResult expected = model.Predict(picture, ManyBoxes());
    // Of random weights some scores are nearly equal, so that their order may
    // differ between levels: what the network gives is compared instead.
    const RawTensor raw = model.PredictRaw({picture}, ManyBoxes())[0];
    const RawTensor plain =
        LoadYaml(yaml, folder, 0).PredictRaw({picture}, ManyBoxes())[0];
    ASSERT_EQ(raw.shape, plain.shape);
    for (std::size_t i = 0; i < raw.values.size(); ++i) {
      ASSERT_NEAR(raw.values[i], plain.values[i], 1e-3);
    }
    for (const bool dynamic : {false, true}) {
      for (const bool nms : {false, true}) {
        ExportOptions exporting;
        exporting.file = folder / "a.torchscript";
        exporting.net_height = 64;
        exporting.net_width = 96;
        exporting.dynamic = dynamic;
        exporting.nms = nms;
        model.Export(exporting);
        LoadOptions options;
        options.warmup = true;
        Model archive = Model::Load(exporting.file, options);
        EXPECT_EQ(archive.info().channels, channels);
        ExpectSameBoxes(archive.Predict(picture, ManyBoxes()), expected);
      }
    }
  }
}

TEST(ChannelsTest, RawOutputAndEmbeddingsTakeThemToo) {
  for (const int channels : {1, 2, 4, 16}) {
    const TemporaryFolder folder;
    const std::vector<std::uint8_t> pixels = PixelsWith(channels);
    const std::vector<ImageView> picture = {ViewWith(pixels, channels)};
    Model model = LoadYaml(YamlWith(ChannelsKey(channels)), folder);
    const std::vector<RawTensor> raw = model.PredictRaw(picture, ManyBoxes());
    ASSERT_EQ(raw.size(), 1U);
    EXPECT_EQ(raw[0].shape, (std::vector<std::int64_t>{1, 7, 480}));
    const RawTensor embedding = model.Embed(picture, {2}, ManyBoxes());
    EXPECT_EQ(embedding.shape, (std::vector<std::int64_t>{1, 16}));
    const std::vector<std::uint8_t> other = PixelsWith(5);
    ExpectError(Code::kInvalidImage, "this one has 5 channels", [&] {
      (void)model.PredictRaw({ViewWith(other, 5)}, ManyBoxes());
    });
  }
}

TEST(ChannelsTest, ClassifiersTakeThemToo) {
  for (const int channels : {1, 2, 4, 16}) {
    SCOPED_TRACE(channels);
    const TemporaryFolder folder;
    const std::vector<std::uint8_t> pixels = PixelsWith(channels);
    const std::string yaml = YamlWith(ChannelsKey(channels), true);
    const ImageResult result =
        LoadYaml(yaml, folder).Predict(ViewWith(pixels, channels));
    const ImageResult plain =
        LoadYaml(yaml, folder, 0).Predict(ViewWith(pixels, channels));
    ASSERT_EQ(result.probabilities.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(result.probabilities[i], plain.probabilities[i], 1e-4);
    }
  }
}

TEST(ChannelsTest, OneChannelSeesTheGreyOfColours) {
  const TemporaryFolder folder;
  Model model = LoadYaml(YamlWith("ch: 1"), folder);
  const std::vector<std::uint8_t> rgb = PixelsWith(3);
  std::vector<std::uint8_t> bgra;
  std::vector<std::uint8_t> grey;
  for (std::size_t i = 0; i < rgb.size(); i += 3) {
    bgra.insert(bgra.end(), {rgb[i + 2], rgb[i + 1], rgb[i], 99});
    grey.push_back(static_cast<std::uint8_t>(
        (9798 * rgb[i] + 19'235 * rgb[i + 1] + 3735 * rgb[i + 2] + 16'384) /
        32'768));
  }
  const ImageResult expected = model.Predict(ViewWith(grey, 1), ManyBoxes());
  ASSERT_EQ(expected.detections.size(), 5U);
  for (const ImageView& view :
       {ViewWith(rgb, 3),
        ImageView{rgb.data(), kPictureWidth, kPictureHeight, 0,
                  PixelFormat::kRgb},
        ImageView{bgra.data(), kPictureWidth, kPictureHeight, 0,
                  PixelFormat::kBgra},
        ImageView{grey.data(), kPictureWidth, kPictureHeight, 0,
                  PixelFormat::kGray}}) {
    const ImageResult found = model.Predict(view, ManyBoxes());
    ASSERT_EQ(found.detections.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) {
      EXPECT_EQ(found.detections[i].confidence,
                expected.detections[i].confidence);
      EXPECT_EQ(found.detections[i].x1, expected.detections[i].x1);
    }
  }
}

TEST(ChannelsTest, TheInputHoldsThePictureInBothFormats) {
  for (const int channels : {1, 2, 4, 16}) {
    const std::vector<std::uint8_t> pixels = PixelsWith(channels);
    for (const auto format :
         {at::MemoryFormat::Contiguous, at::MemoryFormat::ChannelsLast}) {
      const Tensor input =
          at::empty({1, channels, kPictureHeight, kPictureWidth},
                    at::TensorOptions().memory_format(format));
      WriteInput({ViewWith(pixels, channels)},
                 {vision::FitLetterbox(kPictureHeight, kPictureWidth,
                                       kPictureHeight, kPictureWidth)},
                 false, input);
      const Tensor expected =
          at::tensor(at::ArrayRef<std::uint8_t>(pixels), at::kByte)
              .reshape({kPictureHeight, kPictureWidth, channels})
              .permute({2, 0, 1})
              .to(at::kFloat)
              .div(255);
      EXPECT_TRUE(at::equal(input[0], expected)) << channels;
    }
  }
}

TEST(ChannelsTest, AnotherNumberIsRefusedWithASentence) {
  const std::vector<std::uint8_t> pixels = PixelsWith(16);
  const TemporaryFolder folder;
  const auto refuse = [&](int model_channels, const ImageView& picture,
                          const std::string& part) {
    Model model = LoadYaml(YamlWith(ChannelsKey(model_channels)), folder);
    ExpectError(Code::kInvalidImage, part,
                [&] { (void)model.Predict(picture, ManyBoxes()); });
  };
  const ImageView rgba{pixels.data(), kPictureWidth, kPictureHeight, 0,
                       PixelFormat::kRgba};
  const ImageView grey{pixels.data(), kPictureWidth, kPictureHeight, 0,
                       PixelFormat::kGray};
  refuse(4, rgba, "takes pictures of 4 channels, but this one has three");
  refuse(4, grey, "takes pictures of 4 channels, but this one is grey");
  refuse(4, ViewWith(pixels, 5), "but this one has 5 channels: give it");
  refuse(3, ViewWith(pixels, 4), "give it a colour or grey picture.");
  refuse(1, ViewWith(pixels, 2), "takes pictures of 1 channel, but this one");
  refuse(4, ViewWith(pixels, 0), "has 1 to 16 of them, but this one says 0");
  refuse(4, ViewWith(pixels, 17), "has 1 to 16 of them, but this one says 17");
}

TEST(ChannelsTest, MoreThanTheLimitIsRefused) {
  const TemporaryFolder folder;
  ExpectError(Code::kUnsupportedModel,
              "takes pictures of 17 channels, but pictures have 1 to 16",
              [&] { LoadYaml(YamlWith(ChannelsKey(17)), folder); });
}

TEST(ChannelsTest, WholePicturesArchivesTakeColoursOnly) {
  const TemporaryFolder folder;
  for (const int channels : {1, 4}) {
    Model model = LoadYaml(YamlWith(ChannelsKey(channels)), folder);
    ExportOptions options;
    options.file = folder / "a.torchscript";
    options.pipeline = true;
    ExpectError(Code::kInvalidArgument, "pipeline=True takes RGB pictures, but",
                [&] { model.Export(options); });
  }
}

}  // namespace
}  // namespace yolotorch::api

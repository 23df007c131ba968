// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "yolotorch/model.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "api/eval.h"
#include "base/files.h"
#include "bridge/bridge.h"
#include "formats/zip_archive.h"
#include "support.h"

namespace yolotorch {
namespace {

using base::ReadFile;
using test::Asset;
using test::ExpectError;
using Pictures = std::vector<ImageView>;

// A picture of a coloured gradient.
class Gradient {
 public:
  Gradient(int width, int height)
      : width_(width),
        height_(height),
        pixels_(static_cast<std::size_t>(width) *
                static_cast<std::size_t>(height) * 3) {
    for (std::size_t i = 0; i < pixels_.size(); ++i) {
      pixels_[i] = static_cast<std::uint8_t>(i * 7 % 256);
    }
  }
  [[nodiscard]] ImageView view() const {
    return {pixels_.data(), width_, height_, 0, PixelFormat::kRgb};
  }

 private:
  int width_;
  int height_;
  std::vector<std::uint8_t> pixels_;
};

PredictOptions Sized(int height, int width) {
  PredictOptions options;
  options.rect = false;
  options.net_height = height;
  options.net_width = width;
  return options;
}

TEST(ModelTest, BatchEqualsSinglePictures) {
  REQUIRE_ASSETS();
  Model model = Model::Load(Asset("exported/yolo11n.torchscript"));
  const Gradient a(300, 200);
  const Gradient b(64, 480);
  PredictOptions options;
  options.conf = 0.001F;
  const Predictions both = model.Predict({a.view(), b.view()}, options);
  const Predictions alone = model.Predict(Pictures{b.view()}, options);
  ASSERT_EQ(both.images().size(), 2U);
  ASSERT_EQ(both.images()[1].detections.size(),
            alone.images()[0].detections.size());
  ASSERT_FALSE(alone.images()[0].detections.empty());
  for (std::size_t i = 0; i < alone.images()[0].detections.size(); ++i) {
    EXPECT_NEAR(both.images()[1].detections[i].confidence,
                alone.images()[0].detections[i].confidence, 1e-4);
  }
  for (const Detection& detection : alone.images()[0].detections) {
    EXPECT_GE(detection.x1, 0);
    EXPECT_LE(detection.x2, 64);
    EXPECT_LE(detection.y2, 480);
  }
}

TEST(ModelTest, AnArchitectureRunsAtAnySize) {
  Model model = Model::Load("yolo11n.yaml", {.seed = 5});
  EXPECT_EQ(model.info().kind, "architecture");
  EXPECT_EQ(model.info().parameters_raw, 2'624'080);
  EXPECT_EQ(model.info().warnings.size(), 1U);
  const Gradient image(100, 50);
  for (const int side : {32, 64, 96, 128, 160, 192, 32}) {
    const Predictions found =
        model.Predict(Pictures{image.view()}, Sized(side, 64));
    EXPECT_EQ(found.net_height, side);
    EXPECT_EQ(found.net_width, 64);
  }
  EXPECT_EQ(model.Predict(Pictures{image.view()}, Sized(33, 1)).net_height, 64);
}

TEST(ModelTest, OnlyTheFirstRunPreparesWhateverTheSize) {
  // Level 2 packs weights for each size.
  for (const int level : {0, 3}) {
    SCOPED_TRACE(level);
    Model model =
        Model::Load("yolo11n.yaml", {.seed = 5, .optimize_level = level});
    const Gradient image(100, 50);
    const Predictions first =
        model.Predict(Pictures{image.view()}, Sized(64, 64));
    EXPECT_GT(first.preparation_ms, 0);
    EXPECT_GT(first.inference_ms, 0);
    EXPECT_GT(first.preprocess_ms, 0);
    for (const int side : {64, 96, 160, 64}) {
      const Predictions later =
          model.Predict(Pictures{image.view()}, Sized(side, side));
      EXPECT_EQ(later.preparation_ms, 0);
      EXPECT_GT(later.inference_ms, 0);
    }
  }
}

TEST(ModelTest, PadsToTheSmallestRectangleWhereItMay) {
  Model model = Model::Load("yolo11n.yaml", {.seed = 5});
  const Gradient high(810, 1080);
  const Gradient wide(427, 64);
  const auto size = [&](const Pictures& pictures,
                        const PredictOptions& options) {
    const Predictions found = model.Predict(pictures, options);
    return std::pair{found.net_height, found.net_width};
  };
  EXPECT_EQ(size({high.view()}, {}), (std::pair{640, 480}));
  EXPECT_EQ(size({wide.view()}, {}), (std::pair{96, 640}));
  EXPECT_EQ(size({wide.view(), wide.view()}, {}), (std::pair{96, 640}));
  EXPECT_EQ(size({high.view(), wide.view()}, {}), (std::pair{640, 640}));
  EXPECT_EQ(size({high.view()}, {.rect = false}), (std::pair{640, 640}));
  PredictOptions within;
  within.net_height = 96;
  within.net_width = 320;
  EXPECT_EQ(size({high.view()}, within), (std::pair{96, 96}));
  Model classifier = Model::Load("yolo11n-cls.yaml", {.seed = 5});
  EXPECT_EQ(classifier.Predict(Pictures{high.view()}).net_width, 224);
}

TEST(ModelTest, AWarmModelHasNothingToPrepare) {
  Model model = Model::Load("yolo11n.yaml", {.seed = 5, .warmup = true});
  const Gradient image(100, 50);
  EXPECT_EQ(model.Predict(Pictures{image.view()}).preparation_ms, 0);
}

TEST(ModelTest, AStaticArchiveNamesBothSizes) {
  REQUIRE_ASSETS();
  const test::TemporaryFolder folder;
  ExportOptions options;
  options.file = folder / "a.torchscript";
  options.net_height = 64;
  options.net_width = 96;
  Model::Load(Asset("weights/yolo11n.pt")).Export(options);
  Model model = Model::Load(options.file);
  const Gradient image(100, 50);
  ExpectError(
      Code::kInputSize,
      "was exported for 64 x 96 (height x width), but imgsz is 96 x 64",
      [&] { (void)model.Predict(Pictures{image.view()}, Sized(96, 64)); });
  ExpectError(Code::kInputSize, "but imgsz is 640 x 640", [&] {
    (void)model.Predict(Pictures{image.view()}, Sized(640, 640));
  });
  EXPECT_EQ(model.Predict(Pictures{image.view()}, Sized(64, 96)).net_width, 96);
  ExpectError(Code::kUnsupportedModel, "is a TorchScript archive already",
              [&] { model.Export(); });
}

TEST(ModelTest, RefusesOptionsOutOfRange) {
  Model model = Model::Load("yolo11n.yaml");
  const Gradient image(32, 32);
  const auto predict = [&](const PredictOptions& options) {
    (void)model.Predict(Pictures{image.view()}, options);
  };
  ExpectError(Code::kInvalidArgument, "conf must be in [0, 1]",
              [&] { predict({.conf = 2}); });
  ExpectError(Code::kInvalidArgument, "iou must be in [0, 1]",
              [&] { predict({.iou = -0.1F}); });
  ExpectError(Code::kInvalidArgument, "max_det must be in [1, 100000]",
              [&] { predict({.max_det = 0}); });
  ExpectError(Code::kInvalidArgument, "val_side must be in [0, 8192]", [&] {
    (void)Evaluator::Predict(model, {image.view()}, {}, {.val_side = -1});
  });
  ExpectError(Code::kInvalidArgument, "imgsz must be in [1, 8192]",
              [&] { predict(Sized(-1, 64)); });
  ExpectError(Code::kInvalidArgument, "at least one picture",
              [&] { (void)model.Predict(Pictures{}); });
  ExpectError(Code::kInvalidImage, "0 x 5", [&] {
    (void)model.Predict(ImageView{nullptr, 0, 5, 0, PixelFormat::kRgb});
  });
}

TEST(ModelTest, RefusesModelsItCannotRun) {
  REQUIRE_ASSETS();
  ExpectError(Code::kNotFound, "There is no file",
              [] { Model::Load("yolo11n-typo.pt"); });
}

TEST(ModelTest, AForeignNmsArchiveTakesAnyBatch) {
  REQUIRE_ASSETS();
  Model plain = Model::Load(Asset("exported/yolo11n.torchscript"));
  Model nms = Model::Load(Asset("exported/yolo11n-nms.torchscript"));
  EXPECT_TRUE(nms.info().warnings.empty());
  ASSERT_TRUE(nms.info().baked_nms.has_value());
  EXPECT_FLOAT_EQ(nms.info().baked_nms->conf, 0.25F);
  EXPECT_FLOAT_EQ(nms.info().baked_nms->iou, 0.7F);
  EXPECT_EQ(nms.info().baked_nms->max_det, 300);
  EXPECT_FALSE(nms.info().baked_nms->agnostic_nms);
  const Gradient a(300, 200);
  const Gradient b(640, 480);
  PredictOptions options;
  options.conf = 0.26F;  // above the 0.25 that was baked in
  for (const auto& batch :
       {std::vector<ImageView>{a.view()},
        {a.view(), b.view()},
        {a.view(), b.view(), a.view(), b.view(), a.view()}}) {
    const Predictions expected = plain.Predict(batch, options);
    const Predictions found = nms.Predict(batch, options);
    ASSERT_EQ(found.images().size(), batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      ASSERT_EQ(found.images()[i].detections.size(),
                expected.images()[i].detections.size());
      for (std::size_t k = 0; k < found.images()[i].detections.size(); ++k) {
        EXPECT_NEAR(found.images()[i].detections[k].x1,
                    expected.images()[i].detections[k].x1, 0.05);
        EXPECT_NEAR(found.images()[i].detections[k].confidence,
                    expected.images()[i].detections[k].confidence, 1e-4);
      }
    }
  }
}

TEST(ModelTest, AnArchiveWithoutMetadataWorksAndSaysWhatItAssumed) {
  REQUIRE_ASSETS();
  const test::TemporaryFolder folder;
  torch::jit::load(Asset("exported/yolo11n.torchscript"))
      .save(folder / "bare.torchscript");
  Model model = Model::Load(folder / "bare.torchscript");
  ASSERT_EQ(model.info().warnings.size(), 3U);
  EXPECT_NE(model.info().warnings[1].find("took detect, because"),
            std::string::npos);
  const Gradient image(640, 480);
  EXPECT_EQ(model.Predict(Pictures{image.view()}).net_height, 640);
}

TEST(ModelTest, RefusesADamagedArchive) {
  REQUIRE_ASSETS();
  auto bytes = ReadFile(Asset("exported/yolo11n.torchscript"));
  const formats::ZipArchive zip(bytes, "a");
  const auto* entry = zip.Find("data/3");
  ASSERT_NE(entry, nullptr);
  bytes[static_cast<std::size_t>(entry->data.data() - bytes.data())] ^= 1;
  ExpectError(Code::kCorruptModel, "the CRC-32 of record 'data/3'", [&] {
    Model::LoadBytes(std::move(bytes), "damaged.torchscript");
  });
}

TEST(ModelTest, SharesWhatJavaHolds) {
  const std::int64_t before = bridge::openModels();
  const std::int64_t handle = bridge::openFile("yolo11n.yaml", "seed=4");
  ASSERT_GT(handle, 0) << bridge::lastText();
  EXPECT_EQ(bridge::openModels(), before + 1);
  Model shared = Model::FromHandle(handle);
  bridge::closeModel(handle);
  EXPECT_EQ(bridge::openModels(), before);
  const Gradient image(32, 32);
  EXPECT_EQ(shared.Predict(Pictures{image.view()}, Sized(32, 32)).net_height,
            32);
}

TEST(ModelTest, RefusesADeviceThatIsNotThere) {
  ExpectError(Code::kInvalidArgument, "names no device",
              [] { Model::Load("yolo11n.yaml", {.device = "gpu"}); });
  if (!at::globalContext().hasCUDA()) {
    ExpectError(Code::kDeviceUnavailable, "needs a CUDA device 0",
                [] { Model::Load("yolo11n.yaml", {.device = "0"}); });
  }
}

TEST(ModelTest, RefusesALevelThatDoesNotExist) {
  for (const int level : {-1, 4}) {
    ExpectError(
        Code::kInvalidArgument, "optimize_level must be in [0, 3]",
        [&] { Model::Load("yolo11n.yaml", {.optimize_level = level}); });
  }
}

TEST(ModelTest, RefusesThreadsThatNoMachineHas) {
  for (const int threads : {-1, 1025, 10'000}) {
    ExpectError(Code::kInvalidArgument, "threads must be in [0, 1024], but is",
                [&] { Model::Load("yolo11n.yaml", {.threads = threads}); });
  }
}

TEST(ModelTest, TellsHowItIsOptimised) {
  const LoadOptions options{.seed = 3, .optimize_level = 2};
  Model cold = Model::Load("yolo11n.yaml", options);
  const std::vector<std::string> asked = {
      "Level 2 was asked for: as 1, and convolutions on packed weights."};
  EXPECT_EQ(cold.optimizations(), asked);
  const Gradient image(64, 64);
  EXPECT_EQ(cold.Predict(Pictures{image.view()}, Sized(64, 64)).net_width, 64);
  const std::vector<std::string> done = cold.optimizations();
  ASSERT_GT(done.size(), 1U);
  EXPECT_EQ(done[0], asked[0]);
  // Another size has another program, of which there is no more to tell.
  EXPECT_EQ(cold.Predict(Pictures{image.view()}, Sized(64, 96)).net_width, 96);
  EXPECT_EQ(cold.optimizations(), done);

  LoadOptions warm = options;
  warm.warmup = true;
  EXPECT_EQ(Model::Load("yolo11n.yaml", warm).optimizations(), done);
}

TEST(ModelTest, ThreadsGetTheSameAnswer) {
  REQUIRE_ASSETS();
  Model model = Model::Load(Asset("weights/yolo11n.pt"));
  const Gradient image(320, 320);
  PredictOptions options = Sized(320, 320);
  options.conf = 0.01F;
  const ImageResult expected = model.Predict(image.view(), options);
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) {
        const ImageResult found = model.Predict(image.view(), options);
        const auto& a = expected.detections;
        const auto& b = found.detections;
        if (a.size() != b.size() ||
            std::memcmp(a.data(), b.data(), a.size() * sizeof(a[0])) != 0) {
          ++wrong;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(ModelTest, EveryTaskPredictsFromItsName) {
  const Gradient image(120, 90);
  for (const char* name :
       {"yolo11n.yaml", "yolo11n-seg.yaml", "yolo11n-pose.yaml",
        "yolo11n-obb.yaml", "yolo11n-cls.yaml"}) {
    SCOPED_TRACE(name);
    Model model = Model::Load(name, {.seed = 2});
    PredictOptions options = Sized(64, 64);
    options.conf = 0;
    options.max_det = 5;
    const Predictions found =
        model.Predict({image.view(), image.view()}, options);
    ASSERT_EQ(found.images().size(), 2U);
    const ImageResult& result = found.images()[1];
    const ModelInfo& info = model.info();
    EXPECT_EQ(result.keypoints.size(),
              info.task == Task::kPose ? result.detections.size() * 51 : 0U);
    EXPECT_EQ(result.masks.size(),
              info.task == Task::kSegment ? result.detections.size() : 0U);
    EXPECT_EQ(result.rotated.empty(), info.task != Task::kObb);
    EXPECT_EQ(result.probabilities.size(),
              info.task == Task::kClassify ? 1000U : 0U);
  }
}

}  // namespace
}  // namespace yolotorch

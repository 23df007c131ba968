// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "export/program.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "export/exported.h"
#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch::exporter {
namespace {

using test::Difference;
using test::ExpectError;
using test::Exported;
using test::First;
using test::kTaskSuffixes;
using test::RunError;

// Detections of a picture by name of what was found.
std::vector<std::vector<float>> Rows(const ImageResult& result) {
  std::vector<std::vector<float>> rows;
  for (std::size_t i = 0; i < result.detections.size(); ++i) {
    const Detection& d = result.detections[i];
    rows.push_back(
        {d.x1, d.y1, d.x2, d.y2, d.confidence, static_cast<float>(d.class_id)});
    const std::size_t extra =
        result.keypoints.size() / result.detections.size();
    for (std::size_t k = 0; k < extra; ++k) {
      rows.back().push_back(result.keypoints[i * extra + k]);
    }
  }
  for (const RotatedDetection& d : result.rotated) {
    rows.push_back({d.cx, d.cy, d.width, d.height, d.angle, d.confidence,
                    static_cast<float>(d.class_id)});
  }
  return rows;
}

TEST(ArchiveTest, NmsInTheGraphEqualsOurs) {
  std::vector<std::uint8_t> pixels(64 * 96 * 3 * 7);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>((i * i / 97 + i * 13) % 256);
  }
  std::size_t compared = 0;
  for (const char* task : {"", "-seg", "-pose", "-obb"}) {
    SCOPED_TRACE(task);
    Exported exported(task, {.nms = true, .conf = 0.4F});
    Model inside = Model::Load(exported.path());
    EXPECT_TRUE(inside.info().warnings.empty());
    for (const int batch : {1, 2, 7}) {
      std::vector<ImageView> pictures;
      for (int i = 0; i < batch; ++i) {
        pictures.push_back(
            {pixels.data() + i * 64 * 96 * 3, 96, 64, 0, PixelFormat::kRgb});
      }
      for (const bool agnostic : {false, true}) {
        PredictOptions options;
        options.conf = 0.0001F;
        options.iou = 0.5F;
        options.max_det = 40;
        options.agnostic_nms = agnostic;
        options.net_height = 64;
        options.net_width = 96;
        const Predictions a = exported.model().Predict(pictures, options);
        const Predictions b = inside.Predict(pictures, options);
        for (int i = 0; i < batch; ++i) {
          const auto index = static_cast<std::size_t>(i);
          const auto ours = Rows(a.images()[index]);
          const auto theirs = Rows(b.images()[index]);
          ASSERT_EQ(ours.size(), theirs.size());
          for (std::size_t k = 0; k < ours.size(); ++k) {
            for (std::size_t v = 0; v < ours[k].size(); ++v) {
              ASSERT_NEAR(ours[k][v], theirs[k][v], 1e-3);
            }
          }
          compared += ours.size();
        }
      }
    }
    // Left out, forward's optional inputs take the values of the export.
    const c10::InferenceMode inference;
    const at::Tensor rows =
        First(exported.module().forward({at::rand({2, 3, 64, 96})}));
    EXPECT_EQ(rows.size(0), 2);
    EXPECT_EQ(rows.size(1), 300);
  }
  test::Figure("nms_detections_equal", static_cast<double>(compared),
               "detections");
  EXPECT_GT(compared, 100U);
}

TEST(ArchiveTest, PipelineTakesAPictureAndGivesItsPixels) {
  const c10::InferenceMode inference;
  for (const std::string& task : kTaskSuffixes) {
    SCOPED_TRACE(task);
    Exported exported(task, {.conf = 0.0001F, .max_det = 20, .pipeline = true});
    const at::Tensor picture = at::randint(0, 256, {90, 200, 3}, at::kByte);
    const c10::IValue output = exported.module().forward({picture});
    PredictOptions options;
    options.conf = 0.0001F;
    options.max_det = 20;
    options.net_height = 64;
    options.net_width = 96;
    const ImageView view{picture.const_data_ptr<std::uint8_t>(), 200, 90, 0,
                         PixelFormat::kRgb};
    const ImageResult expected = exported.model().Predict(view, options);
    const at::Tensor rows = First(output);
    if (task == "-cls") {
      EXPECT_LT(Difference(rows, at::tensor(expected.probabilities)), 0.01);
      continue;
    }
    ASSERT_FALSE(Rows(expected).empty());
    EXPECT_NEAR(rows[0][4].item<float>(),
                expected.rotated.empty() ? expected.detections[0].confidence
                                         : expected.rotated[0].confidence,
                0.01);
    if (task == "-seg") {
      EXPECT_EQ(output.toTupleRef().elements()[1].toTensor().sizes(),
                (std::vector<std::int64_t>{rows.size(0), 90, 200}));
    }
    // Nothing found is no error.
    EXPECT_EQ(First(exported.module().forward({picture, 1.0})).size(0), 0);
    EXPECT_NE(RunError(exported.module(), at::rand({1, 3, 64, 96}))
                  .find("one uint8 picture of shape (height, width, 3)"),
              std::string::npos);
  }
}

TEST(ArchiveTest, APipelinePredictsAsItsCheckpoint) {
  std::vector<std::uint8_t> pixels(90 * 200 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>((i * i / 97 + i * 13) % 256);
  }
  const ImageView wide{pixels.data(), 200, 90, 0, PixelFormat::kRgb};
  const ImageView tall{pixels.data(), 60, 150, 0, PixelFormat::kBgr};
  for (const std::string& task : kTaskSuffixes) {
    for (const bool frozen : {false, true}) {
      SCOPED_TRACE(task + (frozen ? " frozen" : ""));
      Exported exported(
          task,
          {.conf = 0.5F, .max_det = 3, .optimize = frozen, .pipeline = true});
      Model pipeline = Model::Load(exported.path());
      PredictOptions options;
      // Below what the archive has, which are defaults alone.
      options.conf = 0.0001F;
      options.max_det = 20;
      const Predictions both = pipeline.Predict({wide, tall}, options);
      EXPECT_EQ(both.net_height, 64);
      EXPECT_EQ(both.net_width, 96);
      const ImageResult alone = pipeline.Predict(tall, options);
      EXPECT_EQ(Rows(both.images()[1]), Rows(alone));
      options.net_height = 64;
      options.net_width = 96;
      const Predictions expected =
          exported.model().Predict({wide, tall}, options);
      for (const std::size_t i : {0U, 1U}) {
        const ImageResult& a = expected.images()[i];
        const ImageResult& b = both.images()[i];
        ASSERT_EQ(a.probabilities.size(), b.probabilities.size());
        for (std::size_t k = 0; k < a.probabilities.size(); ++k) {
          ASSERT_NEAR(a.probabilities[k], b.probabilities[k], 0.01);
        }
        if (task == "-cls") continue;
        ASSERT_FALSE(Rows(a).empty());
        ASSERT_FALSE(Rows(b).empty());
        EXPECT_NEAR(a.rotated.empty() ? a.detections[0].confidence
                                      : a.rotated[0].confidence,
                    b.rotated.empty() ? b.detections[0].confidence
                                      : b.rotated[0].confidence,
                    0.01);
        if (task == "-seg") {
          EXPECT_EQ(b.masks.size(), b.detections.size());
          EXPECT_FALSE(b.masks[0].polygon.empty());
        }
      }
      if (task == "-cls") continue;
      options.conf = 1;
      EXPECT_TRUE(Rows(pipeline.Predict(wide, options)).empty());
      ExpectError(Code::kInputSize, "was exported for 64 x 96", [&] {
        PredictOptions other;
        other.net_height = 96;
        other.net_width = 96;
        (void)pipeline.Predict(wide, other);
      });
    }
  }
}

TEST(ArchiveTest, AUsersScriptWrapsTheNetwork) {
  const c10::InferenceMode inference;
  const test::TemporaryFolder folder;
  const std::string script = folder / "mine.py";
  test::WriteAll(script, test::ToBytes("def forward(self, x: Tensor):\n"
                                       "  return self.network(x) * 2\n"));
  Exported plain("");
  Exported doubled("", {.script = script});
  const at::Tensor x = at::rand({1, 3, 64, 96});
  EXPECT_LE(Difference(plain.module().forward({x}).toTensor() * 2,
                       doubled.module().forward({x}).toTensor()),
            1e-3);
  const auto fails = [&](const std::string& source, const std::string& part) {
    test::WriteAll(script, test::ToBytes(source));
    try {
      Exported wrong("", {.script = script});
      ADD_FAILURE() << "expected an error with " << part;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::kInvalidArgument);
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos)
          << error.what();
    }
  };
  fails("def forward(self, x: Tensor):\n  return x +\n", "return x +");
  fails("def forward(self, x: Tensor):\n  return self.nothing(x)\n", "nothing");
  fails("def other(self, x: Tensor):\n  return x\n", "defines no forward");
}

TEST(ArchiveTest, LayersExportsAPart) {
  const c10::InferenceMode inference;
  Exported backbone("", {.layers = "0-9"});
  const at::Tensor features =
      backbone.module().forward({at::rand({1, 3, 64, 96})}).toTensor();
  EXPECT_EQ(features.sizes(), (std::vector<std::int64_t>{1, 256, 2, 3}));
  for (const auto& parameter : backbone.module().named_parameters()) {
    EXPECT_EQ(parameter.name.find("model.23"), std::string::npos);
  }
  Exported block("", {.layers = "10"});
  EXPECT_EQ(block.module().forward({features}).toTensor().sizes(),
            features.sizes());
  const auto fails = [](const char* layers, const char* part) {
    ExpectError(Code::kInvalidArgument, part,
                [&] { Exported wrong("", {.layers = layers}); });
  };
  fails("9-3", "0 <= FIRST <= LAST <= 23, but is 9-3");
  fails("0-24", "but is 0-24");
  fails("x-3", "must be FIRST-LAST such as 0-9");
  fails("11-13", "layer 12 needs layer 6");
}

TEST(ArchiveTest, ContradictionsAreRefused) {
  const auto fails = [](const char* task, const ExportOptions& options,
                        const char* part) {
    ExpectError(Code::kInvalidArgument, part,
                [&] { Exported wrong(task, options); });
  };
  fails("-cls", {.nms = true}, "is not valid for classification models");
  fails("", {.dynamic = true, .pipeline = true}, "leave dynamic out");
  fails("", {.nms = true, .script = "a.py"}, "leave nms and pipeline out");
  fails("", {.nms = true, .layers = "0-9"}, "leave nms, pipeline and script");
  fails("", {.device = "gpu"}, "names no device");
  fails("", {.nms = true, .conf = 2}, "conf must be in [0, 1]");
  fails("", {.nms = true, .max_det = 0}, "max_det must be in [1, 100000]");
}

}  // namespace
}  // namespace yolotorch::exporter

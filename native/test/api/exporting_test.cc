// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "api/network_source.h"
#include "base/files.h"
#include "export/tracer.h"
#include "formats/zip_archive.h"
#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch {
namespace {

using base::ReadFile;
using test::Asset;
using test::ExpectError;

at::Tensor ReadFloats(const std::string& path, at::IntArrayRef shape) {
  const auto bytes = ReadFile(path);
  at::Tensor tensor = at::empty(shape, at::kFloat);
  EXPECT_EQ(tensor.nbytes(), bytes.size());
  std::memcpy(tensor.mutable_data_ptr(), bytes.data(), bytes.size());
  return tensor;
}

struct Sampled {
  const char* weights;
  const char* input;
  std::vector<std::int64_t> shape;
};

TEST(ExportTest, ForwardEqualsUltralytics) {
  REQUIRE_ASSETS();
  const test::TemporaryFolder folder;
  ExportOptions options;
  options.file = folder / "yolo11n.torchscript";
  Model::Load(Asset("weights/yolo11n.pt")).Export(options);

  // Read back by LibTorch alone, as any C++ program would.
  const c10::InferenceMode inference;
  torch::jit::Module module = torch::jit::load(options.file);
  const at::Tensor input = ReadFloats(
      Asset("expected/forward/input_1x3x640x640.f32"), {1, 3, 640, 640});
  const at::Tensor expected = ReadFloats(
      Asset("expected/forward/yolo11n_1x84x8400.f32"), {1, 84, 8400});
  const at::Tensor error =
      (module.forward({input}).toTensor() - expected).abs();
  const at::Tensor boxes = error.slice(1, 0, 4);
  const double share =
      (boxes <= 5e-3).to(at::kDouble).mean().item<double>() * 100;
  const double box_error = boxes.max().item<double>();
  const double score_error = error.slice(1, 4).max().item<double>();
  test::Figure("forward_boxes_within_5e-3_px", share, "%");
  test::Figure("forward_box_error_max", box_error, "px");
  test::Figure("forward_score_error_max", score_error, "1");
  EXPECT_GE(share, 99.9);
  EXPECT_LE(box_error, 2e-2);
  EXPECT_LE(score_error, 5e-5);
}

TEST(ExportTest, ArchiveIsSmallAndKeepsStateDictNames) {
  REQUIRE_ASSETS();
  const test::TemporaryFolder folder;
  ExportOptions options;
  options.file = folder / "yolo11n.torchscript";
  EXPECT_EQ(Model::Load(Asset("weights/yolo11n.pt")).Export(options),
            options.file);

  const auto bytes = ReadFile(options.file);
  const formats::ZipArchive zip(bytes, "yolo11n.torchscript");
  const auto theirs =
      std::filesystem::file_size(Asset("exported/yolo11n.torchscript"));
  test::Figure("archive_entries", static_cast<double>(zip.entries().size()),
               "entries");
  test::Figure("archive_size_ratio",
               static_cast<double>(bytes.size()) / static_cast<double>(theirs),
               "of_ultralytics");
  EXPECT_LE(zip.entries().size(), 220U);
  EXPECT_LE(bytes.size(), theirs);

  const torch::jit::Module module = torch::jit::load(options.file);
  const torch::jit::Module reference =
      torch::jit::load(Asset("exported/yolo11n.torchscript"));
  EXPECT_FALSE(module.is_training());
  std::map<std::string, at::Tensor> ours;
  for (const auto& parameter : module.named_parameters()) {
    ours.emplace(parameter.name, parameter.value);
  }
  std::size_t count = 0;
  for (const auto& parameter : reference.named_parameters()) {
    ++count;
    ASSERT_EQ(ours.count(parameter.name), 1U) << parameter.name;
    EXPECT_EQ(ours[parameter.name].sizes(), parameter.value.sizes());
    EXPECT_LT(
        (ours[parameter.name] - parameter.value).abs().max().item<float>(),
        1e-4F)
        << parameter.name;
  }
  EXPECT_EQ(ours.size(), count);
}

TEST(ExportTest, TakesAnyBatchAndPinsNoDevice) {
  const test::TemporaryFolder folder;
  ExportOptions options;
  options.file = folder / "random.torchscript";
  options.net_height = 64;
  options.net_width = 96;
  Model::Load("yolo11n.yaml").Export(options);
  torch::jit::Module module = torch::jit::load(options.file);
  const c10::InferenceMode inference;
  for (const std::int64_t batch : {1, 2, 7}) {
    const at::Tensor input = at::rand({batch, 3, 64, 96});
    const at::Tensor all = module.forward({input}).toTensor();
    EXPECT_EQ(all.sizes(), (std::vector<std::int64_t>{batch, 84, 126}));
    const at::Tensor last =
        module.forward({input.slice(0, batch - 1, batch)}).toTensor();
    EXPECT_LT((all[batch - 1] - last[0]).abs().max().item<float>(), 1e-3F);
  }
  const std::string graph = module.get_method("forward").graph()->toString();
  EXPECT_EQ(graph.find("Device"), std::string::npos);
  EXPECT_EQ(graph.find("value=<Tensor>"), std::string::npos)
      << "a tensor constant does not follow the module to another device";
}

TEST(ExportTest, MetadataIsWhatUltralyticsReads) {
  REQUIRE_ASSETS();
  const test::TemporaryFolder folder;
  ExportOptions options;
  options.file = folder / "a.torchscript";
  options.net_height = 320;
  options.net_width = 600;  // rounded up to the stride
  options.batch = 4;
  Model::Load(Asset("weights/yolo11n.pt")).Export(options);
  const ModelInfo info = Model::Load(options.file).info();
  EXPECT_EQ(info.kind, "torchscript");
  EXPECT_EQ(info.task, Task::kDetect);
  EXPECT_EQ(info.net_height, 320);
  EXPECT_EQ(info.net_width, 608);
  EXPECT_EQ(info.batch, 4);
  EXPECT_EQ(info.stride, 32);
  EXPECT_EQ(info.names.size(), 80U);
  EXPECT_EQ(info.names.at(79), "toothbrush");
  EXPECT_EQ(info.parameters, 2'616'248);
  EXPECT_FALSE(info.dynamic);
  EXPECT_TRUE(info.warnings.empty());
  EXPECT_NE(info.license.find("AGPL"), std::string::npos);
  EXPECT_TRUE(std::regex_match(
      info.date, std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})")))
      << info.date;
}

TEST(ExportTest, AFailureLeavesNothingBehind) {
  const test::TemporaryFolder folder;
  Model model = Model::Load("yolo11n.yaml");
  ExportOptions options = {.net_height = 32, .net_width = 32};
  options.file = folder / "missing-folder/a.torchscript";
  ExpectError(Code::kWriteFailed, "cannot be written",
              [&] { model.Export(options); });
  std::filesystem::create_directory(folder / "taken.torchscript");
  options.file = folder / "taken.torchscript";
  ExpectError(Code::kWriteFailed, "it is a folder",
              [&] { model.Export(options); });
  std::filesystem::remove(folder / "taken.torchscript");
  EXPECT_TRUE(std::filesystem::is_empty(folder / "."));
  ExpectError(Code::kInvalidArgument, "batch must be in [1, 1024]",
              [&] { model.Export({.batch = 0}); });
}

// Compares an export's raw output with 3,000 values of Ultralytics' own.
TEST(ExportTest, ForwardOfEveryTaskEqualsUltralytics) {
  REQUIRE_ASSETS();
  const c10::InferenceMode inference;
  for (const Sampled& sampled :
       {Sampled{"yolo11n-seg", "input_1x3x640x640.f32", {1, 3, 640, 640}},
        Sampled{"yolo11n-pose", "input_1x3x640x640.f32", {1, 3, 640, 640}},
        Sampled{"yolo11n-cls", "input_1x3x224x224.f32", {1, 3, 224, 224}},
        Sampled{"shapes-obb", "input_1x3x320x320.f32", {1, 3, 320, 320}},
        Sampled{"yolov8n-random", "input_1x3x640x640.f32", {1, 3, 640, 640}}}) {
    SCOPED_TRACE(sampled.weights);
    const std::string name = sampled.weights;
    const test::TemporaryFolder folder;
    ExportOptions options;
    options.file = folder / "a.torchscript";
    Model model = Model::Load(Asset("weights/" + name + ".pt"));
    model.Export(options);
    const ModelInfo& info = model.info();
    torch::jit::Module module = torch::jit::load(options.file);
    const c10::IValue output = module.forward(
        {ReadFloats(Asset(std::string("expected/forward/") + sampled.input),
                    sampled.shape)});
    std::vector<at::Tensor> outputs;
    if (output.isTensor()) {
      outputs.push_back(output.toTensor());
    } else {
      for (const c10::IValue& element : output.toTupleRef().elements()) {
        outputs.push_back(element.toTensor());
      }
    }
    const auto text =
        test::ReadAll(Asset("expected/forward/" + name + ".json"));
    const auto expected = nlohmann::json::parse(text.begin(), text.end());
    const auto classes = static_cast<std::int64_t>(info.names.size());
    double pixel_error = 0;
    double score_error = 0;
    double other_error = 0;  // angles; coefficients and prototypes
    std::int64_t pixels = 0;
    std::int64_t close_pixels = 0;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const auto& part = expected.at("out" + std::to_string(i));
      ASSERT_EQ(outputs[i].sizes(),
                part.at("shape").get<std::vector<std::int64_t>>());
      const at::Tensor flat = outputs[i].contiguous().flatten();
      for (std::size_t k = 0; k < part.at("index").size(); ++k) {
        const std::int64_t index = part.at("index")[k];
        const double error = std::abs(flat[index].item<double>() -
                                      part.at("value")[k].get<double>());
        const std::int64_t channel =
            info.task == Task::kClassify ? 4 : index / outputs[i].size(2);
        const std::int64_t extra = channel - 4 - classes;
        const bool visibility =
            info.task == Task::kPose && extra >= 0 && extra % 3 == 2;
        if (i == 1 || (extra >= 0 && info.task != Task::kPose &&
                       info.task != Task::kClassify)) {
          other_error = std::max(other_error, error);
        } else if (channel < 4 ||
                   (info.task == Task::kPose && extra >= 0 && !visibility)) {
          pixel_error = std::max(pixel_error, error);
          ++pixels;
          close_pixels += error <= 5e-3 ? 1 : 0;
        } else {
          score_error = std::max(score_error, error);
        }
      }
    }
    test::Figure("forward_pixel_error_max_" + name, pixel_error, "px");
    test::Figure("forward_score_error_max_" + name, score_error, "1");
    test::Figure("forward_other_error_max_" + name, other_error, "1");
    EXPECT_GE(static_cast<double>(close_pixels),
              0.999 * static_cast<double>(pixels));
    EXPECT_LE(score_error, 1e-4);
    EXPECT_LE(other_error, info.task == Task::kObb ? 1e-4 : 5e-3);
  }
}

}  // namespace
}  // namespace yolotorch

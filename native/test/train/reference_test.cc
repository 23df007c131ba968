// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Losses, gradients and steps held against those of Ultralytics' trainer.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "api/training_network.h"
#include "graph/task_table.h"
#include "support.h"
#include "train/trainer.h"

namespace yolotorch::test::reference {
namespace {

using nlohmann::json;

// A batch and what Ultralytics' trainer made of it.
struct Reference {
  std::string name;
  json figures;
  train::Batch batch;
  Task task = Task::kDetect;
  std::string weights;
};

at::Tensor Floats(const std::vector<double>& values,
                  const std::vector<std::int64_t>& shape) {
  return at::tensor(values, at::kDouble).to(at::kFloat).view(shape);
}

at::Tensor BytesOf(const std::string& name,
                   const std::vector<std::int64_t>& shape) {
  const Bytes bytes = ReadAll(Asset("expected/train/" + name));
  at::Tensor values = at::empty(shape, at::kByte);
  EXPECT_EQ(static_cast<std::size_t>(values.numel()), bytes.size());
  std::copy(bytes.begin(), bytes.end(),
            values.mutable_data_ptr<std::uint8_t>());
  return values;
}

Reference Read(const std::string& name) {
  static const std::map<std::string, std::pair<Task, std::string>> kinds = {
      {"detect", {Task::kDetect, "yolo11n.pt"}},
      {"detect-empty", {Task::kDetect, "yolo11n.pt"}},
      {"segment", {Task::kSegment, "yolo11n-seg.pt"}},
      {"pose", {Task::kPose, "yolo11n-pose.pt"}},
      {"obb", {Task::kObb, "shapes-obb.pt"}},
      {"classify", {Task::kClassify, "yolo11n-cls.pt"}}};
  Reference reference;
  reference.name = name;
  std::tie(reference.task, reference.weights) = kinds.at(name);
  std::ifstream file(Asset("expected/train/" + name + ".json"));
  reference.figures = json::parse(file);
  const json& figures = reference.figures;
  train::Batch& batch = reference.batch;
  batch.images = BytesOf(name + ".u8", figures["shape"]).to(at::kFloat) / 255;
  const auto rows = static_cast<std::int64_t>(figures["rows"].size());
  const std::int64_t box = reference.task == Task::kObb ? 5 : 4;
  std::vector<std::int64_t> pictures;
  std::vector<std::int64_t> classes;
  std::vector<double> boxes;
  for (const json& row : figures["rows"]) {
    pictures.push_back(row[0].get<std::int64_t>());
    classes.push_back(static_cast<std::int64_t>(row[1].get<double>()));
    for (std::size_t i = 2; i < row.size(); ++i) boxes.push_back(row[i]);
  }
  if (reference.task == Task::kClassify) {
    classes = figures["classes"].get<std::vector<std::int64_t>>();
  }
  batch.picture = at::tensor(pictures, at::kLong);
  batch.classes = at::tensor(classes, at::kLong);
  batch.boxes = Floats(boxes, {rows, box});
  if (reference.task == Task::kPose) {
    std::vector<double> points;
    for (const json& object : figures["keypoints"]) {
      for (const json& point : object) {
        for (const json& value : point) points.push_back(value);
      }
    }
    batch.keypoints = Floats(points, {rows, 17, 3});
  }
  if (reference.task == Task::kSegment) {
    batch.masks = BytesOf(figures["masks"], figures["masks_shape"]);
  }
  return reference;
}

std::unique_ptr<train::Trainer> MakeTrainer(const Reference& reference,
                                            train::TrainerOptions options) {
  const api::TrainingSource source =
      api::OpenForTraining(Asset("weights/" + reference.weights));
  const auto& own = source.architecture;
  const api::NetworkShape shape{source.pretrained->architecture().classes,
                                own.channels,
                                {own.keypoints, own.keypoint_values}};
  const api::TrainingNetworks networks =
      api::BuildForTraining(own, source.pretrained.get(), shape, /*seed=*/0);
  EXPECT_EQ(networks.transferred->taken, networks.transferred->all);
  options.task = reference.task;
  return std::make_unique<train::Trainer>(networks.network, networks.average,
                                          options);
}

// Every batch is a step, all at the same rate.
train::TrainerOptions StepEveryBatch(const std::string& optimizer, double lr) {
  train::TrainerOptions options;
  options.optimizer = optimizer;
  options.schedule.epochs = 1;
  options.schedule.batches = 100;
  options.schedule.batch = 4;
  options.schedule.nbs = 4;
  options.schedule.lr0 = lr;
  options.schedule.lrf = 1;
  options.schedule.momentum = 0.9;
  options.schedule.warmup_epochs = 0;
  return options;
}

std::string FigureName(std::string name) {
  for (char& letter : name) {
    letter = letter == '-' ? '_' : static_cast<char>(std::tolower(letter));
  }
  return name;
}

double RelativeError(double actual, double expected) {
  if (expected == 0) return std::abs(actual);
  return std::abs(actual - expected) / std::abs(expected);
}

double Worst(const std::vector<double>& actual,
             const std::vector<double>& expected) {
  EXPECT_EQ(actual.size(), expected.size());
  double worst = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    worst = std::max(worst, RelativeError(actual[i], expected[i]));
  }
  return worst;
}

class TrainReference : public testing::TestWithParam<std::string> {};

TEST_P(TrainReference, LossAndGradients) {
  REQUIRE_ASSETS();
  const Reference reference = Read(GetParam());
  // No batch is a step, so that gradients stay.
  train::TrainerOptions options = StepEveryBatch("SGD", 0.01);
  options.schedule.nbs = 4000;
  const auto trainer = MakeTrainer(reference, options);
  const json& figures = reference.figures;
  const double evaluated =
      Worst(trainer->Evaluate(reference.batch), figures["eval_items"]);
  EXPECT_LE(evaluated, 2e-5);
  const double learnt =
      Worst(trainer->Learn(reference.batch, 0), figures["items"]);
  EXPECT_LE(learnt, 2e-5);

  double largest = 0;
  for (const auto& [name, norm] : figures["grad_norms"].items()) {
    largest = std::max(largest, norm.get<double>());
  }
  double square = 0;
  double worst = 0;
  std::size_t found = 0;
  for (const auto& item : trainer->network().named_parameters()) {
    if (!item.value().grad().defined()) continue;
    ++found;
    ASSERT_TRUE(figures["grad_norms"].contains(item.key())) << item.key();
    const double norm = item.value().grad().norm().item<double>();
    square += norm * norm;
    const double expected = figures["grad_norms"][item.key()];
    if (expected < 1e-3 * largest) continue;
    const double error = RelativeError(norm, expected);
    worst = std::max(worst, error);
    EXPECT_LE(error, 5e-4) << item.key();
  }
  EXPECT_EQ(found, figures["grad_norms"].size());
  EXPECT_LE(RelativeError(std::sqrt(square), figures["grad_norm"]), 5e-4);
  Figure("train_loss_error_" + FigureName(reference.name),
         std::max(learnt, evaluated), "relative");
  Figure("train_gradient_error_" + FigureName(reference.name), worst,
         "relative");
}

// Steps of one optimiser, and the averages of weights after them.
void CompareSteps(const Reference& reference, const std::string& optimizer) {
  const json& figures = reference.figures[optimizer];
  const double lr = figures["lr"];
  const auto trainer = MakeTrainer(reference, StepEveryBatch(optimizer, lr));
  double fourth = 0;
  double last = 0;
  std::int64_t index = 0;
  for (const json& step : figures["steps"]) {
    const std::vector<double> items = trainer->Learn(reference.batch, index++);
    last = Worst(items, step["items"]);
    if (index <= 4) fourth = std::max(fourth, last);
  }
  EXPECT_LE(fourth, 5e-3);
  double weights = 0;
  const auto compare = [&](const graph::Network& network,
                           const json& expected) {
    std::map<std::string, at::Tensor> state;
    for (auto& [name, tensor] : train::StateOf(network)) state[name] = tensor;
    for (const auto& [name, values] : expected.items()) {
      const double norm = state.at(name).norm().item<double>();
      weights = std::max(weights, RelativeError(norm, values["norm"]));
    }
  };
  compare(trainer->average(), figures["ema"]);
  const bool steady = reference.task == Task::kObb ||
                      reference.task == Task::kClassify ||
                      reference.name == "detect-empty";
  // Elsewhere assignments flip between instruction sets.
  EXPECT_LE(last, steady ? 5e-3 : 0.5);
  if (steady) {
    EXPECT_LE(weights, 2e-3);
  }
  const std::string name = FigureName(reference.name + "_" + optimizer);
  Figure("train_step4_error_" + name, fourth, "relative");
  Figure("train_step12_error_" + name, last, "relative");
}

TEST_P(TrainReference, StepsOfSgd) {
  REQUIRE_ASSETS();
  CompareSteps(Read(GetParam()), "SGD");
}

TEST_P(TrainReference, StepsOfAdamW) {
  REQUIRE_ASSETS();
  CompareSteps(Read(GetParam()), "AdamW");
}

INSTANTIATE_TEST_SUITE_P(Tasks, TrainReference,
                         testing::Values("detect", "detect-empty", "segment",
                                         "pose", "obb", "classify"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace yolotorch::test::reference

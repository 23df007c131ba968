// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/calibration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "api/training_network.h"
#include "support.h"
#include "train/loss.h"

namespace yolotorch::train {
namespace calibration_test {
namespace {

using test::Asset;

// Four pictures with their labels.
Batch RealBatch() {
  const test::Bytes bytes = test::ReadAll(Asset("expected/train/detect.u8"));
  at::Tensor images = at::empty({4, 3, 256, 256}, at::kByte);
  EXPECT_EQ(bytes.size(), static_cast<std::size_t>(images.numel()));
  std::copy(bytes.begin(), bytes.end(),
            images.mutable_data_ptr<std::uint8_t>());
  std::ifstream file(Asset("expected/train/detect.json"));
  std::vector<double> values;
  const auto figures = nlohmann::json::parse(file);
  for (const auto& row : figures["rows"]) {
    for (const auto& value : row) values.push_back(value.get<double>());
  }
  const at::Tensor rows = at::tensor(values, at::kDouble).view({-1, 6});
  Batch batch;
  batch.images = images.to(at::kFloat) / 255;
  batch.picture = rows.select(1, 0).to(at::kLong);
  batch.classes = rows.select(1, 1).to(at::kLong);
  batch.boxes = rows.slice(1, 2, 6).to(at::kFloat);
  return batch;
}

std::shared_ptr<graph::Network> Pretrained() {
  const api::TrainingSource source =
      api::OpenForTraining(Asset("weights/yolo11n.pt"));
  auto network = api::BuildForTraining(source.architecture,
                                       source.pretrained.get(), {}, /*seed=*/0)
                     .network;
  network->FreeSize();
  return network;
}

std::size_t CountFolded(graph::Network* network) {
  std::size_t count = 0;
  network->ForEachConv([&](const std::string&, graph::Conv& conv) {
    if (conv.HasFoldedNorm()) ++count;
  });
  return count;
}

// The loss of a batch in training mode in parts of that in evaluation mode.
double TrainingLossRatio(graph::Network* network, const Batch& batch) {
  const at::NoGradGuard no_grad;
  const auto loss =
      LossFunction::Make(Task::kDetect, Gains(), network->LevelStrides(), 0);
  const auto total = [&] {
    return (*loss)(network->ForwardRaw(batch.images), batch)
        .total.item<double>();
  };
  network->eval();
  const double evaluated = total();
  network->train();
  const double trained = total();
  network->eval();
  return trained / evaluated;
}

TEST(CalibrationTest, GivesFoldedNormalisationsTheirStatistics) {
  REQUIRE_ASSETS();
  const Batch batch = RealBatch();
  // A pass in training mode changes the statistics, so it has its own network.
  EXPECT_GT(TrainingLossRatio(Pretrained().get(), batch), 3);

  const auto network = Pretrained();
  EXPECT_GT(CountFolded(network.get()), 10U);
  Calibration calibration(network);
  EXPECT_EQ(calibration.size(), CountFolded(network.get()));
  const at::NoGradGuard no_grad;
  network->eval();
  const std::vector<at::Tensor> before = network->ForwardRaw(batch.images);
  calibration.Observe(batch.images.slice(0, 0, 2));
  calibration.Observe(batch.images.slice(0, 2, 4));
  calibration.Apply();
  EXPECT_EQ(CountFolded(network.get()), 0U);
  network->eval();
  const std::vector<at::Tensor> after = network->ForwardRaw(batch.images);
  double largest = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    largest =
        std::max(largest, (before[i] - after[i]).abs().max().item<double>());
  }
  EXPECT_LT(largest, 0.01);  // of logits
  const double ratio = TrainingLossRatio(network.get(), batch);
  EXPECT_LT(ratio, 2);
  EXPECT_GT(ratio, 0.5);
  test::Figure("train_calibration_logit_error", largest, "of a logit");
  test::Figure("train_calibration_loss_ratio", ratio, "of evaluation mode");
}

TEST(CalibrationTest, WithoutAPictureNothingChanges) {
  REQUIRE_ASSETS();
  const auto network = Pretrained();
  const std::size_t folded = CountFolded(network.get());
  Calibration calibration(network);
  calibration.Apply();
  EXPECT_EQ(CountFolded(network.get()), folded);
}

TEST(CalibrationTest, AFreshNetworkHasNoneThatAreFolded) {
  const auto network = std::make_shared<graph::Network>(
      graph::ArchitectureByName("yolo11n"), /*seed=*/0);
  EXPECT_EQ(CountFolded(network.get()), 0U);
  const at::Tensor images = at::zeros({1, 3, 64, 64});
  network->FreeSize();
  Calibration calibration(network);
  EXPECT_EQ(calibration.size(), 0U);
  calibration.Observe(images);
  calibration.Apply();
}

}  // namespace
}  // namespace calibration_test
}  // namespace yolotorch::train

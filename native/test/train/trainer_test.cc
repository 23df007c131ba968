// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/trainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/training_network.h"
#include "graph/architecture.h"
#include "yolotorch/error.h"

namespace yolotorch::test::trainer_test {
namespace {

train::Batch OneObject(double pixel) {
  train::Batch batch;
  batch.images = at::full({1, 3, 64, 64}, pixel);
  batch.picture = at::zeros({1}, at::kLong);
  batch.classes = at::zeros({1}, at::kLong);
  batch.boxes = at::tensor({0.5, 0.5, 0.5, 0.5}, at::kFloat).view({1, 4});
  return batch;
}

// A small network whose every batch is a step.
struct Fixture {
  explicit Fixture(std::vector<std::string> freeze = {}) {
    train::TrainerOptions options;
    options.optimizer = "AdamW";
    options.schedule.batch = 1;
    options.schedule.nbs = 1;
    options.schedule.warmup_epochs = 0;
    options.freeze = std::move(freeze);
    networks = api::BuildForTraining(graph::ArchitectureByName("yolo11n.yaml"),
                                     nullptr, {.classes = 2}, /*seed=*/7);
    trainer = std::make_unique<train::Trainer>(networks.network,
                                               networks.average, options);
  }

  [[nodiscard]] std::map<std::string, at::Tensor> Parameters() const {
    std::map<std::string, at::Tensor> all;
    for (const auto& item : networks.network->named_parameters()) {
      all[item.key()] = item.value().detach().clone();
    }
    return all;
  }

  api::TrainingNetworks networks;
  std::unique_ptr<train::Trainer> trainer;
};

TEST(TrainerTest, ALossThatIsNoNumberTeachesNothing) {
  const Fixture fixture;
  const auto before = fixture.Parameters();
  const std::vector<double> items = fixture.trainer->Learn(
      OneObject(std::numeric_limits<double>::quiet_NaN()), 0);
  EXPECT_TRUE(std::isnan(items[1]));
  for (const auto& [name, value] : fixture.Parameters()) {
    EXPECT_TRUE(value.equal(before.at(name))) << name;
  }
  EXPECT_EQ(fixture.trainer->updates(), 0);
}

TEST(TrainerTest, WhatIsFrozenStays) {
  const Fixture fixture({"model.0.", "model.1."});
  const auto before = fixture.Parameters();
  fixture.trainer->Learn(OneObject(0.5), 0);
  int changed = 0;
  for (const auto& [name, value] : fixture.Parameters()) {
    const bool frozen = name.starts_with("model.0.") ||
                        name.starts_with("model.1.") ||
                        name.find(".dfl.") != std::string::npos;
    if (frozen) {
      EXPECT_TRUE(value.equal(before.at(name))) << name;
    } else if (!value.equal(before.at(name))) {
      ++changed;
    }
  }
  EXPECT_GT(changed, 200);
  // A frozen normalisation keeps its statistics, too.
  for (const auto& item : fixture.networks.network->named_buffers()) {
    if (item.key() == "model.0.bn.running_mean") {
      EXPECT_TRUE(item.value().eq(0).all().item<bool>());
    }
    if (item.key() == "model.2.cv1.bn.running_mean") {
      EXPECT_FALSE(item.value().eq(0).all().item<bool>());
    }
  }
}

TEST(TrainerTest, ItGoesOnFromItsState) {
  const Fixture straight;
  straight.trainer->Learn(OneObject(0.5), 0);
  std::map<std::string, at::Tensor> state;
  for (const auto& [name, tensor] : straight.trainer->State()) {
    state[name] = tensor.clone();
  }
  straight.trainer->Learn(OneObject(0.25), 1);
  const Fixture resumed;
  resumed.trainer->Restore(state);
  resumed.trainer->Learn(OneObject(0.25), 1);
  const auto expected = straight.Parameters();
  for (const auto& [name, value] : resumed.Parameters()) {
    EXPECT_TRUE(value.allclose(expected.at(name), 1e-6, 1e-8)) << name;
  }
  EXPECT_EQ(resumed.trainer->updates(), 2);
  state.erase("model/model.0.conv.weight");
  EXPECT_THROW(resumed.trainer->Restore(state), Error);
}

}  // namespace
}  // namespace yolotorch::test::trainer_test

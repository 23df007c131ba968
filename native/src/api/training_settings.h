// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "augment/sample.h"
#include "train/trainer.h"

namespace yolotorch::api {

/// What a training is told, read from JSON texts.
struct TrainingSettings {
  std::string model;
  std::string pretrained;  ///< a checkpoint; empty: that of `model`, if any
  std::string device = "cpu";
  int threads = 0;  ///< 0: all cores
  std::uint64_t seed = 0;
  int imgsz = 640;
  int close_mosaic = 10;
  bool multi_scale = false;
  bool keep_pictures = false;     ///< cache=ram
  std::int64_t pictures = 0;      ///< to train with
  std::int64_t val_pictures = 0;  ///< to validate with
  std::map<int, std::string> names;
  std::array<int, 2> kpt_shape = {0, 0};
  train::TrainerOptions trainer;
  augment::Options augment;
};

/// `arguments`: an object with the arguments of a training as Ultralytics names
/// them; `data`: an object with names, pictures, val_pictures and, for pose,
/// kpt_shape and flip_idx. Throws Error kInvalidArgument for a value of another
/// kind than its name asks for.
TrainingSettings ReadTrainingSettings(const std::string& arguments,
                                      const std::string& data);

}  // namespace yolotorch::api

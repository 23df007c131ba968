// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/training_settings.h"

#include <nlohmann/json.hpp>

#include "graph/task_table.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

using Json = nlohmann::json;

// Reads `target` from an object if it is there and not null.
template <typename Value>
void Read(const Json& object, const char* key, Value* target) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return;
  try {
    *target = found->get<Value>();
  } catch (const Json::exception&) {
    throw Error(Code::kInvalidArgument,
                std::string(key) + " must be of another kind than '" +
                    found->dump() + "'; see the list of arguments.");
  }
}

void ReadSchedule(const Json& arguments, train::ScheduleOptions* schedule) {
  Read(arguments, "epochs", &schedule->epochs);
  Read(arguments, "batch", &schedule->batch);
  Read(arguments, "nbs", &schedule->nbs);
  Read(arguments, "lr0", &schedule->lr0);
  Read(arguments, "lrf", &schedule->lrf);
  Read(arguments, "cos_lr", &schedule->cos_lr);
  Read(arguments, "momentum", &schedule->momentum);
  Read(arguments, "warmup_epochs", &schedule->warmup_epochs);
  Read(arguments, "warmup_momentum", &schedule->warmup_momentum);
  Read(arguments, "warmup_bias_lr", &schedule->warmup_bias_lr);
}

void ReadTrainer(const Json& arguments, train::TrainerOptions* trainer) {
  ReadSchedule(arguments, &trainer->schedule);
  Read(arguments, "box", &trainer->gains.box);
  Read(arguments, "cls", &trainer->gains.cls);
  Read(arguments, "dfl", &trainer->gains.dfl);
  Read(arguments, "pose", &trainer->gains.pose);
  Read(arguments, "kobj", &trainer->gains.kobj);
  Read(arguments, "optimizer", &trainer->optimizer);
  Read(arguments, "weight_decay", &trainer->weight_decay);
  Read(arguments, "dropout", &trainer->dropout);
  Read(arguments, "amp", &trainer->bfloat16);
  // A number stands for all modules before it.
  std::vector<int> modules;
  const auto freeze = arguments.find("freeze");
  if (freeze != arguments.end() && freeze->is_number_integer()) {
    for (int i = 0; i < freeze->get<int>(); ++i) modules.push_back(i);
  } else {
    Read(arguments, "freeze", &modules);
  }
  for (const int module : modules) {
    trainer->freeze.push_back("model." + std::to_string(module) + ".");
  }
}

void ReadAugmentation(const Json& arguments, augment::Options* augment) {
  Read(arguments, "imgsz", &augment->imgsz);
  Read(arguments, "mosaic", &augment->mosaic);
  Read(arguments, "mixup", &augment->mixup);
  Read(arguments, "cutmix", &augment->cutmix);
  Read(arguments, "copy_paste", &augment->copy_paste);
  Read(arguments, "degrees", &augment->degrees);
  Read(arguments, "translate", &augment->translate);
  Read(arguments, "scale", &augment->scale);
  Read(arguments, "shear", &augment->shear);
  Read(arguments, "perspective", &augment->perspective);
  Read(arguments, "hsv_h", &augment->hsv_h);
  Read(arguments, "hsv_s", &augment->hsv_s);
  Read(arguments, "hsv_v", &augment->hsv_v);
  Read(arguments, "flipud", &augment->flipud);
  Read(arguments, "fliplr", &augment->fliplr);
  Read(arguments, "bgr", &augment->bgr);
  Read(arguments, "mask_ratio", &augment->mask_ratio);
  Read(arguments, "overlap_mask", &augment->overlap_mask);
  Read(arguments, "erasing", &augment->erasing);
  std::string mode = "flip";
  Read(arguments, "copy_paste_mode", &mode);
  augment->copy_paste_mode = mode == "mixup" ? augment::CopyPasteMode::kMixup
                                             : augment::CopyPasteMode::kFlip;
  std::string policy = "randaugment";
  Read(arguments, "auto_augment", &policy);
  augment->auto_augment = policy == "randaugment"
                              ? augment::AutoAugment::kRandAugment
                              : augment::AutoAugment::kNone;
}

// An automatic optimiser has its own rate and momentum, and biases that warm up
// from 0.
void ResolveOptimizer(TrainingSettings* settings) {
  train::TrainerOptions& trainer = settings->trainer;
  if (trainer.optimizer != "auto") return;
  train::ScheduleOptions& schedule = trainer.schedule;
  const train::AutomaticOptimizer chosen = train::ChooseOptimizer(
      settings->pictures, schedule.batch, schedule.nbs, schedule.epochs,
      static_cast<int>(settings->names.size()));
  trainer.optimizer = chosen.name;
  schedule.lr0 = chosen.lr0;
  schedule.momentum = chosen.momentum;
  schedule.warmup_bias_lr = 0;
}

Json Parse(const std::string& text) {
  Json object = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) {
    throw Error(Code::kInvalidArgument,
                "The arguments of a training must be a JSON object.");
  }
  return object;
}

}  // namespace

TrainingSettings ReadTrainingSettings(const std::string& arguments,
                                      const std::string& data) {
  const Json given = Parse(arguments);
  const Json about = Parse(data);
  TrainingSettings settings;
  ReadTrainer(given, &settings.trainer);
  ReadAugmentation(given, &settings.augment);
  Read(given, "device", &settings.device);
  Read(given, "seed", &settings.seed);
  Read(given, "imgsz", &settings.imgsz);
  Read(given, "close_mosaic", &settings.close_mosaic);
  Read(given, "multi_scale", &settings.multi_scale);
  Read(about, "model", &settings.model);
  Read(about, "pretrained", &settings.pretrained);
  Read(about, "threads", &settings.threads);
  Read(about, "pictures", &settings.pictures);
  Read(about, "val_pictures", &settings.val_pictures);
  Read(about, "keep_pictures", &settings.keep_pictures);
  Read(about, "kpt_shape", &settings.kpt_shape);
  Read(about, "flip_idx", &settings.augment.flip_idx);
  std::vector<std::string> names;
  Read(about, "names", &names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    settings.names[static_cast<int>(i)] = names[i];
  }
  settings.augment.keypoints = settings.kpt_shape[0];
  const auto batch = std::int64_t{settings.trainer.schedule.batch};
  settings.trainer.schedule.batches = (settings.pictures + batch - 1) / batch;
  ResolveOptimizer(&settings);
  return settings;
}

}  // namespace yolotorch::api

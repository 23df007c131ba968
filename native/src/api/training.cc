// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/training.h"

#include <ATen/ops/upsample_bilinear2d.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "api/eval.h"
#include "api/layers.h"
#include "api/network_source.h"
#include "augment/random.h"
#include "base/cpus.h"
#include "base/files.h"
#include "base/instruction_set.h"
#include "runtime/device.h"
#include "runtime/threads.h"
#include "train/checkpoint_writer.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

// Stream of random numbers beside those of a sample's augmentation.
constexpr int kSizeStream = 1'001;

train::Resume ResumeOf(const formats::Checkpoint& checkpoint) {
  auto resume = train::ReadResume(checkpoint);
  if (resume) return std::move(*resume);
  throw Error(Code::kInvalidArgument,
              "'" + checkpoint.label() +
                  "' is of a training that has ended, so that there is "
                  "nothing to resume; train from it with model=" +
                  checkpoint.label() + ".");
}

// What the model adds to the settings.
void Complete(const TrainingSource& source, TrainingSettings* settings) {
  const Task task = source.metadata.task;
  settings->trainer.task = task;
  settings->augment.task = task;
  if (task == Task::kPose && settings->kpt_shape[0] == 0) {
    settings->kpt_shape = {source.architecture.keypoints,
                           source.architecture.keypoint_values};
    settings->augment.keypoints = settings->kpt_shape[0];
  }
  augment::Check(settings->augment);
  bool& bfloat16 = settings->trainer.bfloat16;
  bfloat16 = bfloat16 && (!runtime::ParseDevice(settings->device).is_cpu() ||
                          base::UsesAvx512Bf16());
}

}  // namespace

std::unique_ptr<Training> Training::Open(const std::string& arguments,
                                         const std::string& data) {
  std::unique_ptr<Training> training;
  runtime::RunOnDeepStack([&] {
    TrainingSettings settings = ReadTrainingSettings(arguments, data);
    TrainingSource source = OpenForTraining(settings.model);
    if (!settings.pretrained.empty()) {
      source.pretrained = OpenForTraining(settings.pretrained).pretrained;
    }
    Complete(source, &settings);
    training.reset(new Training(std::move(settings), std::move(source)));
  });
  return training;
}

Training::Training(TrainingSettings settings, TrainingSource source)
    : settings_(std::move(settings)),
      device_(runtime::ParseDevice(settings_.device)),
      threads_(settings_.threads == 0 ? base::AvailableCpus()
                                      : settings_.threads),
      source_(std::move(source)),
      shape_{static_cast<int>(settings_.names.size()),
             source_.architecture.channels, settings_.kpt_shape},
      samples_(settings_),
      networks_(BuildForTraining(source_.architecture, source_.pretrained.get(),
                                 shape_, settings_.seed)),
      calibration_(std::make_unique<train::Calibration>(networks_.network)) {
  source_.pretrained.reset();
  networks_.network->to(device_);
  networks_.average->to(device_);
  MakeTrainer();
}

void Training::MakeTrainer() {
  trainer_ = std::make_unique<train::Trainer>(
      networks_.network, networks_.average, settings_.trainer);
}

std::string Training::Describe() const {
  const train::ScheduleOptions& schedule = settings_.trainer.schedule;
  std::ostringstream text;
  text << "task " << NameOf(settings_.trainer.task) << "\nfamily "
       << source_.metadata.family << "\nscale "
       << networks_.network->architecture().scale << "\nstride "
       << networks_.network->stride() << "\nparameters "
       << networks_.network->CountParameters() << "\nlicense "
       << source_.metadata.license << "\nkpt_shape " << shape_.kpt_shape[0]
       << ' ' << shape_.kpt_shape[1] << "\noptimizer "
       << settings_.trainer.optimizer << "\nlr0 " << schedule.lr0
       << "\nmomentum " << schedule.momentum << "\nwarmup_bias_lr "
       << schedule.warmup_bias_lr << "\namp " << settings_.trainer.bfloat16
       << "\nfolded " << calibration_->size() << "\ngroups "
       << trainer_->groups();
  if (networks_.transferred) {
    text << "\ntransferred " << networks_.transferred->taken << '/'
         << networks_.transferred->all;
  }
  text << "\nlosses";
  for (const auto& name : train::LossNames(settings_.trainer.task)) {
    text << ' ' << name;
  }
  return text.str();
}

void Training::StartEpoch(int epoch, int epochs) {
  samples_.StartEpoch(epoch, epochs);
  trainer_->StartEpoch(epoch, epochs);
}

std::vector<double> Training::Learn(int slot, int count, std::int64_t index) {
  std::vector<double> result;
  runtime::RunOnWorker(threads_, [&] {
    train::Batch batch = samples_.BatchOf(slot, count, device_);
    Rescale(index, &batch);
    result = trainer_->Learn(batch, index);
    result.push_back(trainer_->rates().bias_lr);
    result.push_back(trainer_->rates().lr);
    result.push_back(static_cast<double>(batch.classes.size(0)));
    result.push_back(static_cast<double>(batch.images.size(3)));
  });
  return result;
}

void Training::Calibrate(int slot, int count) {
  runtime::RunOnWorker(threads_, [&] {
    calibration_->Observe(samples_.BatchOf(slot, count, device_).images);
  });
}

void Training::FinishCalibration() {
  calibration_->Apply();
  MakeTrainer();
}

std::vector<double> Training::Evaluate(int slot, int count) {
  std::vector<double> result;
  runtime::RunOnWorker(threads_, [&] {
    result = trainer_->Evaluate(samples_.BatchOf(slot, count, device_));
  });
  return result;
}

Model Training::AverageModel(const LoadOptions& options) const {
  NetworkSource source;
  source.network =
      BuildForTraining(source_.architecture, nullptr, shape_, settings_.seed)
          .network;
  train::Transfer(trainer_->average(), source.network.get());
  source.metadata = source_.metadata;
  source.metadata.warnings.clear();
  source.metadata.names = settings_.names;
  source.metadata.kpt_shape = shape_.kpt_shape;
  source.metadata.imgsz = {settings_.imgsz, settings_.imgsz};
  source.parameters_raw = source.network->CountParameters();
  source.layers = LayersOf(*source.network);
  source.network->Fuse();
  return Evaluator::Open(std::move(source), source_.name, options);
}

void Training::Save(const CheckpointInfo& info, const std::string& path) const {
  train::CheckpointFile file;
  file.network = networks_.average.get();
  std::map<std::string, at::Tensor> state;
  for (auto& [name, tensor] : train::StateOf(*networks_.average)) {
    state[name] = tensor;
  }
  file.tensor = [&](const std::string& name) { return state.at(name); };
  file.names = settings_.names;
  file.finished = info.finished;
  file.info = nlohmann::ordered_json::parse(info.info);
  if (!info.finished) {
    file.info["updates"] = trainer_->updates();
    for (const auto& [name, tensor] : trainer_->State()) {
      file.resume.emplace_back(name, tensor);
    }
    file.resume_state = info.state;
  }
  train::WriteCheckpoint(file, path);
}

std::string Training::Resume(const std::string& path) {
  const formats::Checkpoint checkpoint(base::ReadFile(path), path);
  const auto resume = ResumeOf(checkpoint);
  trainer_->Restore(resume.tensors);
  return resume.state;
}

void Training::Rescale(std::int64_t index, train::Batch* batch) const {
  if (!settings_.multi_scale || settings_.augment.task == Task::kClassify) {
    return;
  }
  const auto stride = static_cast<int>(networks_.network->stride());
  augment::Random random(settings_.seed, samples_.epoch(), index, kSizeStream);
  const int side = random.Between(settings_.imgsz / 2 / stride,
                                  settings_.imgsz * 3 / 2 / stride) *
                   stride;
  if (side <= 0 || side == batch->images.size(3)) return;
  batch->images = at::upsample_bilinear2d(batch->images, {side, side}, false);
}

std::string ReadTrainingState(const std::string& path) {
  const formats::Checkpoint checkpoint(base::ReadFile(path), path);
  return ResumeOf(checkpoint).state;
}

}  // namespace yolotorch::api

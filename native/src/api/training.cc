// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/training.h"

#include <ATen/ops/upsample_bilinear2d.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "api/batch_slot.h"
#include "api/eval.h"
#include "api/layers.h"
#include "api/network_source.h"
#include "api/picture_store.h"
#include "api/training_network.h"
#include "api/training_settings.h"
#include "augment/augment.h"
#include "augment/classify.h"
#include "augment/load.h"
#include "augment/plan.h"
#include "augment/random.h"
#include "base/cpus.h"
#include "base/files.h"
#include "base/instruction_set.h"
#include "runtime/device.h"
#include "runtime/threads.h"
#include "train/calibration.h"
#include "train/checkpoint_writer.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

// Streams of random numbers beside those of a sample's augmentation.
constexpr int kOrderStream = 1'000;
constexpr int kSizeStream = 1'001;

// The pictures used last, from which partners of mosaics are drawn.
constexpr std::int64_t kMostPartners = 1'000;
constexpr std::int64_t kPartnerBatches = 8;
// Batches whose pictures are kept beyond those.
constexpr std::int64_t kBatchesAhead = 4;

train::Resume ResumeOf(const formats::Checkpoint& checkpoint) {
  auto resume = train::ReadResume(checkpoint);
  if (resume) return std::move(*resume);
  throw Error(Code::kInvalidArgument,
              "'" + checkpoint.label() +
                  "' is of a training that has ended, so that there is "
                  "nothing to resume; train from it with model=" +
                  checkpoint.label() + ".");
}

// Pictures from which partners are drawn.
std::int64_t PoolSize(const TrainingSettings& settings) {
  if (settings.keep_pictures) return settings.pictures;
  return std::min({settings.pictures,
                   kPartnerBatches * settings.trainer.schedule.batch,
                   kMostPartners});
}

std::size_t KeptPictures(const TrainingSettings& settings) {
  if (settings.keep_pictures) return 0;
  return static_cast<std::size_t>(
      PoolSize(settings) + kBatchesAhead * settings.trainer.schedule.batch +
      64);
}

}  // namespace

class Training::Impl {
 public:
  Impl(const std::string& arguments, const std::string& data)
      : settings_(ReadTrainingSettings(arguments, data)),
        device_(runtime::ParseDevice(settings_.device)),
        threads_(settings_.threads == 0 ? base::AvailableCpus()
                                        : settings_.threads),
        source_(OpenForTraining(settings_.model)),
        stores_{PictureStore(static_cast<std::size_t>(settings_.pictures),
                             KeptPictures(settings_), source_.metadata.task),
                PictureStore(static_cast<std::size_t>(settings_.val_pictures),
                             KeptPictures(settings_), source_.metadata.task)} {
    if (!settings_.pretrained.empty()) {
      source_.pretrained = OpenForTraining(settings_.pretrained).pretrained;
    }
    Task& task = settings_.trainer.task;
    task = source_.metadata.task;
    settings_.augment.task = task;
    shape_.classes = static_cast<int>(settings_.names.size());
    shape_.kpt_shape = settings_.kpt_shape;
    shape_.channels = source_.architecture.channels;
    if (task == Task::kPose && shape_.kpt_shape[0] == 0) {
      shape_.kpt_shape = {source_.architecture.keypoints,
                          source_.architecture.keypoint_values};
      settings_.augment.keypoints = shape_.kpt_shape[0];
    }
    augment::Check(settings_.augment);
    bool& bfloat16 = settings_.trainer.bfloat16;
    bfloat16 = bfloat16 && (!device_.is_cpu() || base::UsesAvx512Bf16());
    networks_ = BuildForTraining(source_.architecture, source_.pretrained.get(),
                                 shape_, settings_.seed);
    source_.pretrained.reset();
    networks_.network->to(device_);
    networks_.average->to(device_);
    calibration_ = std::make_unique<train::Calibration>(networks_.network);
    MakeTrainer();
    for (BatchSlot& slot : slots_) {
      // Batches to validate with may hold twice as many.
      slot.Resize(static_cast<std::size_t>(settings_.trainer.schedule.batch) *
                  2);
    }
  }

  [[nodiscard]] std::string Describe() const {
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

  PictureStore& store(Part part) {
    return stores_[static_cast<std::size_t>(part)];
  }

  void Put(Part part, int picture, const ImageView& image) {
    const auto number = static_cast<std::size_t>(picture);
    // Classifiers cut their samples out of the whole picture.
    const int side = settings_.augment.task == Task::kClassify
                         ? std::max(image.height, image.width)
                         : settings_.imgsz;
    store(part).Put(number,
                    augment::Load(image, side, store(part).labels(number),
                                  settings_.augment.task));
  }

  void KeepOnDisk(const std::string& folder) {
    stores_[0].KeepOnDisk(folder + "/train");
    stores_[1].KeepOnDisk(folder + "/val");
  }

  [[nodiscard]] std::vector<int> Order(int epoch) const {
    std::vector<int> order(static_cast<std::size_t>(settings_.pictures));
    std::iota(order.begin(), order.end(), 0);
    augment::Random random(settings_.seed, epoch, 0, kOrderStream);
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(
          order[i - 1],
          order[static_cast<std::size_t>(random.Below(static_cast<int>(i)))]);
    }
    return order;
  }

  void StartEpoch(int epoch, int epochs) {
    previous_ = epoch == 0 ? std::vector<int>() : Order(epoch - 1);
    order_ = Order(epoch);
    epoch_ = epoch;
    const int first_closed = epochs - settings_.close_mosaic;
    closed_ = settings_.close_mosaic > 0 && first_closed >= 0 &&
              epoch >= first_closed;
    trainer_->StartEpoch(epoch, epochs);
  }

  std::vector<int> MakeSample(int position, int slot) {
    const int picture = order_[static_cast<std::size_t>(position)];
    augment::Sample& sample = slots_[static_cast<std::size_t>(slot)].at(
        static_cast<std::size_t>(position % settings_.trainer.schedule.batch));
    if (settings_.augment.task == Task::kClassify) {
      const auto own =
          store(Part::kTrain).Find(static_cast<std::size_t>(picture));
      if (!own) return {picture};
      sample = augment::ClassifyTrain(settings_.augment, settings_.seed, epoch_,
                                      picture, augment::ViewOf(*own));
      sample.classes = {own->objects.at(0).class_id};
      return {};
    }
    const augment::Plan plan =
        augment::MakePlan(settings_.augment, settings_.seed, epoch_, picture,
                          PoolAt(position), closed_);
    std::vector<augment::Picture> pictures;
    std::vector<int> missing;
    for (const int number : plan.pictures) {
      auto found = store(Part::kTrain).Find(static_cast<std::size_t>(number));
      if (found) {
        pictures.push_back(std::move(*found));
      } else if (std::find(missing.begin(), missing.end(), number) ==
                 missing.end()) {
        missing.push_back(number);
      }
    }
    if (missing.empty()) {
      sample = augment::Augment(settings_.augment, plan, pictures);
    }
    return missing;
  }

  std::vector<int> MakeValSample(int picture, int slot, int place, int height,
                                 int width) {
    const auto own = store(Part::kVal).Find(static_cast<std::size_t>(picture));
    if (!own) return {picture};
    augment::Sample& sample = slots_[static_cast<std::size_t>(slot)].at(
        static_cast<std::size_t>(place));
    if (settings_.augment.task == Task::kClassify) {
      sample = augment::ClassifyVal(settings_.augment, augment::ViewOf(*own));
      sample.classes = {own->objects.at(0).class_id};
    } else {
      sample = augment::Letterboxed(settings_.augment, *own, height, width);
    }
    return {};
  }

  std::vector<double> Learn(int slot, int count, std::int64_t index) {
    std::vector<double> result;
    runtime::RunOnWorker(threads_, [&] {
      train::Batch batch = BatchOf(slot, count);
      Rescale(index, &batch);
      result = trainer_->Learn(batch, index);
      result.push_back(trainer_->rates().bias_lr);
      result.push_back(trainer_->rates().lr);
      result.push_back(static_cast<double>(batch.classes.size(0)));
      result.push_back(static_cast<double>(batch.images.size(3)));
    });
    return result;
  }

  void Calibrate(int slot, int count) {
    runtime::RunOnWorker(
        threads_, [&] { calibration_->Observe(BatchOf(slot, count).images); });
  }

  void FinishCalibration() {
    calibration_->Apply();
    MakeTrainer();
  }

  std::vector<double> Evaluate(int slot, int count) {
    std::vector<double> result;
    runtime::RunOnWorker(
        threads_, [&] { result = trainer_->Evaluate(BatchOf(slot, count)); });
    return result;
  }

  [[nodiscard]] const augment::Sample& SampleAt(int slot, int place) const {
    return slots_[static_cast<std::size_t>(slot)].at(
        static_cast<std::size_t>(place));
  }

  [[nodiscard]] Model AverageModel(const LoadOptions& options) const {
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

  void Save(const CheckpointInfo& info, const std::string& path) const {
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

  std::string Resume(const std::string& path) {
    const formats::Checkpoint checkpoint(base::ReadFile(path), path);
    const auto resume = ResumeOf(checkpoint);
    trainer_->Restore(resume.tensors);
    return resume.state;
  }

 private:
  void MakeTrainer() {
    trainer_ = std::make_unique<train::Trainer>(
        networks_.network, networks_.average, settings_.trainer);
  }

  // The pictures used last, the one at `position` among them.
  [[nodiscard]] std::vector<int> PoolAt(int position) const {
    if (settings_.keep_pictures) return order_;
    const std::int64_t size = PoolSize(settings_);
    std::vector<int> pool;
    const std::int64_t from = position + 1 - size;
    for (std::int64_t i = from; i <= position; ++i) {
      if (i >= 0) {
        pool.push_back(order_[static_cast<std::size_t>(i)]);
      } else if (!previous_.empty()) {
        pool.push_back(
            previous_[previous_.size() + static_cast<std::size_t>(i)]);
      }
    }
    return pool;
  }

  [[nodiscard]] train::Batch BatchOf(int slot, int count) const {
    return slots_[static_cast<std::size_t>(slot)].ToBatch(
        static_cast<std::size_t>(count), settings_.augment.task,
        settings_.augment.overlap_mask, shape_.kpt_shape[1], device_);
  }

  // With multi_scale a batch takes a random size from half to one and a half.
  void Rescale(std::int64_t index, train::Batch* batch) const {
    if (!settings_.multi_scale || settings_.augment.task == Task::kClassify) {
      return;
    }
    const auto stride = static_cast<int>(networks_.network->stride());
    augment::Random random(settings_.seed, epoch_, index, kSizeStream);
    const int side = random.Between(settings_.imgsz / 2 / stride,
                                    settings_.imgsz * 3 / 2 / stride) *
                     stride;
    if (side <= 0 || side == batch->images.size(3)) return;
    batch->images = at::upsample_bilinear2d(batch->images, {side, side}, false);
  }

  TrainingSettings settings_;
  c10::Device device_;
  int threads_;
  TrainingSource source_;
  NetworkShape shape_;
  TrainingNetworks networks_;
  std::unique_ptr<train::Calibration> calibration_;
  std::unique_ptr<train::Trainer> trainer_;
  std::array<PictureStore, 2> stores_;
  std::array<BatchSlot, kSlots> slots_;
  int epoch_ = 0;
  bool closed_ = false;
  std::vector<int> order_;
  std::vector<int> previous_;  // of the epoch before; empty: none
};

Training::Training(const std::string& arguments, const std::string& data) {
  runtime::RunOnDeepStack(
      [&] { impl_ = std::make_unique<Impl>(arguments, data); });
}

Training::~Training() = default;

std::string Training::Describe() const { return impl_->Describe(); }

void Training::SetLabels(Part part, int picture,
                         std::vector<augment::Object> labels) {
  impl_->store(part).SetLabels(static_cast<std::size_t>(picture),
                               std::move(labels));
}

void Training::PutPicture(Part part, int picture, const ImageView& image) {
  impl_->Put(part, picture, image);
}

void Training::KeepOnDisk(const std::string& folder) {
  impl_->KeepOnDisk(folder);
}

std::vector<int> Training::Order(int epoch) const {
  return impl_->Order(epoch);
}

void Training::StartEpoch(int epoch, int epochs) {
  impl_->StartEpoch(epoch, epochs);
}

std::vector<int> Training::MakeSample(int position, int slot) {
  return impl_->MakeSample(position, slot);
}

std::vector<int> Training::MakeValSample(int picture, int slot, int place,
                                         int height, int width) {
  return impl_->MakeValSample(picture, slot, place, height, width);
}

std::vector<double> Training::Learn(int slot, int count, std::int64_t index) {
  return impl_->Learn(slot, count, index);
}

void Training::Calibrate(int slot, int count) { impl_->Calibrate(slot, count); }

void Training::FinishCalibration() { impl_->FinishCalibration(); }

std::vector<double> Training::Evaluate(int slot, int count) {
  return impl_->Evaluate(slot, count);
}

const augment::Sample& Training::SampleAt(int slot, int place) const {
  return impl_->SampleAt(slot, place);
}

Model Training::AverageModel(const LoadOptions& options) const {
  return impl_->AverageModel(options);
}

void Training::Save(const CheckpointInfo& info, const std::string& path) const {
  impl_->Save(info, path);
}

std::string Training::Resume(const std::string& path) {
  return impl_->Resume(path);
}

std::string ReadTrainingState(const std::string& path) {
  const formats::Checkpoint checkpoint(base::ReadFile(path), path);
  return ResumeOf(checkpoint).state;
}

}  // namespace yolotorch::api

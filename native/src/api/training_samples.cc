// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/training_samples.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "augment/augment.h"
#include "augment/classify.h"
#include "augment/load.h"
#include "augment/plan.h"
#include "augment/random.h"

namespace yolotorch::api {
namespace {

// Stream of random numbers beside those of a sample's augmentation.
constexpr int kOrderStream = 1'000;

// The pictures used last, from which partners of mosaics are drawn.
constexpr std::int64_t kMostPartners = 1'000;
constexpr std::int64_t kPartnerBatches = 8;
// What is kept beyond those: batches, and pictures.
constexpr std::int64_t kBatchesAhead = 4;
constexpr std::int64_t kPicturesAhead = 64;

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
      kPicturesAhead);
}

}  // namespace

TrainingSamples::TrainingSamples(const TrainingSettings& settings)
    : settings_(settings),
      stores_{PictureStore(static_cast<std::size_t>(settings.pictures),
                           KeptPictures(settings), settings.augment.task),
              PictureStore(static_cast<std::size_t>(settings.val_pictures),
                           KeptPictures(settings), settings.augment.task)} {
  for (BatchSlot& slot : slots_) {
    // Batches to validate with may hold twice as many.
    slot.Resize(static_cast<std::size_t>(settings.trainer.schedule.batch) * 2);
  }
}

void TrainingSamples::SetLabels(Part part, int picture,
                                std::vector<augment::Object> labels) {
  store(part).SetLabels(static_cast<std::size_t>(picture), std::move(labels));
}

void TrainingSamples::PutPicture(Part part, int picture,
                                 const ImageView& image) {
  const auto number = static_cast<std::size_t>(picture);
  // Classifiers cut their samples out of the whole picture.
  const int side = settings_.augment.task == Task::kClassify
                       ? std::max(image.height, image.width)
                       : settings_.imgsz;
  store(part).Put(number, augment::Load(image, side, store(part).labels(number),
                                        settings_.augment.task));
}

void TrainingSamples::KeepOnDisk(const std::string& folder) {
  stores_[0].KeepOnDisk(folder + "/train");
  stores_[1].KeepOnDisk(folder + "/val");
}

std::vector<int> TrainingSamples::Order(int epoch) const {
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

void TrainingSamples::StartEpoch(int epoch, int epochs) {
  previous_ = epoch == 0 ? std::vector<int>() : Order(epoch - 1);
  order_ = Order(epoch);
  epoch_ = epoch;
  const int first_closed = epochs - settings_.close_mosaic;
  closed_ =
      settings_.close_mosaic > 0 && first_closed >= 0 && epoch >= first_closed;
}

std::vector<int> TrainingSamples::MakeSample(int position, int slot) {
  const int picture = order_[static_cast<std::size_t>(position)];
  augment::Sample& sample =
      Place(slot, position % settings_.trainer.schedule.batch);
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

std::vector<int> TrainingSamples::MakeValSample(int picture, int slot,
                                                int place, int height,
                                                int width) {
  const auto own = store(Part::kVal).Find(static_cast<std::size_t>(picture));
  if (!own) return {picture};
  augment::Sample& sample = Place(slot, place);
  if (settings_.augment.task == Task::kClassify) {
    sample = augment::ClassifyVal(settings_.augment, augment::ViewOf(*own));
    sample.classes = {own->objects.at(0).class_id};
  } else {
    sample = augment::Letterboxed(settings_.augment, *own, height, width);
  }
  return {};
}

const augment::Sample& TrainingSamples::At(int slot, int place) const {
  return slots_[static_cast<std::size_t>(slot)].at(
      static_cast<std::size_t>(place));
}

augment::Sample& TrainingSamples::Place(int slot, int place) {
  return slots_[static_cast<std::size_t>(slot)].at(
      static_cast<std::size_t>(place));
}

train::Batch TrainingSamples::BatchOf(int slot, int count,
                                      c10::Device device) const {
  return slots_[static_cast<std::size_t>(slot)].ToBatch(
      static_cast<std::size_t>(count), settings_.augment.task,
      settings_.augment.overlap_mask, settings_.kpt_shape[1], device);
}

std::vector<int> TrainingSamples::PoolAt(int position) const {
  if (settings_.keep_pictures) return order_;
  const std::int64_t size = PoolSize(settings_);
  std::vector<int> pool;
  const std::int64_t from = position + 1 - size;
  for (std::int64_t i = from; i <= position; ++i) {
    if (i >= 0) {
      pool.push_back(order_[static_cast<std::size_t>(i)]);
    } else if (!previous_.empty()) {
      pool.push_back(previous_[previous_.size() + static_cast<std::size_t>(i)]);
    }
  }
  return pool;
}

}  // namespace yolotorch::api

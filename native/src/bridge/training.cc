// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/training.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "api/training.h"
#include "bridge/call.h"
#include "bridge/settings.h"

namespace yolotorch {
namespace bridge {
namespace {

constexpr std::size_t kMostMissing = 64;
constexpr std::size_t kLabelNumbers = 6;
static_assert(static_cast<int>(kTrainingSlots) == api::TrainingSamples::kSlots);

api::Training& TrainingOf(std::int64_t handle) {
  return *reinterpret_cast<api::Training*>(static_cast<std::intptr_t>(handle));
}

// 0, or a Code.
template <typename Work>
std::int32_t Status(const Work& work) {
  return static_cast<std::int32_t>(-Call([&]() -> std::int64_t {
    work();
    return 0;
  }));
}

std::vector<augment::Object> ObjectsFrom(const float* values,
                                         std::int32_t count) {
  std::vector<augment::Object> objects;
  const float* end = values + count;
  while (values < end) {
    augment::Object object;
    object.class_id = static_cast<int>(values[0]);
    object.x1 = values[1];
    object.y1 = values[2];
    object.x2 = values[3];
    object.y2 = values[4];
    const auto points = static_cast<std::ptrdiff_t>(values[5]);
    values += kLabelNumbers;
    object.points.assign(values, values + points);
    values += points;
    objects.push_back(std::move(object));
  }
  return objects;
}

std::int64_t GiveMissing(const std::vector<int>& missing, std::int32_t* out) {
  const std::size_t count = std::min(missing.size(), kMostMissing);
  std::copy_n(missing.begin(), count, out);
  return static_cast<std::int64_t>(count);
}

std::int64_t GiveNumbers(const std::vector<double>& numbers, double* out) {
  std::copy(numbers.begin(), numbers.end(), out);
  return static_cast<std::int64_t>(numbers.size());
}

}  // namespace

std::int64_t openTraining(const std::string& arguments,
                          const std::string& data) {
  return Call([&] {
    auto training = api::Training::Open(arguments, data);
    return static_cast<std::int64_t>(
        reinterpret_cast<std::intptr_t>(training.release()));
  });
}

void closeTraining(std::int64_t training) {
  Call([&]() -> std::int64_t {
    const std::unique_ptr<api::Training> owned(&TrainingOf(training));
    return 0;
  });
}

std::string describeTraining(std::int64_t training) {
  std::string text;
  Call([&]() -> std::int64_t {
    text = TrainingOf(training).Describe();
    return 0;
  });
  return text;
}

std::int32_t labelPicture(std::int64_t training, std::int32_t part,
                          std::int32_t picture, const float* values,
                          std::int32_t count) {
  return Status([&] {
    TrainingOf(training).samples().SetLabels(
        static_cast<api::Part>(part), picture, ObjectsFrom(values, count));
  });
}

std::int32_t putPicture(std::int64_t training, std::int32_t part,
                        std::int32_t picture, const std::int64_t* image) {
  return Status([&] {
    TrainingOf(training).samples().PutPicture(static_cast<api::Part>(part),
                                              picture, ImageFrom(image));
  });
}

std::int32_t keepOnDisk(std::int64_t training, const std::string& folder) {
  return Status([&] { TrainingOf(training).samples().KeepOnDisk(folder); });
}

std::int32_t orderOfEpoch(std::int64_t training, std::int32_t epoch,
                          std::int32_t* order) {
  return Status([&] {
    const std::vector<int> all = TrainingOf(training).samples().Order(epoch);
    std::copy(all.begin(), all.end(), order);
  });
}

std::int32_t startEpoch(std::int64_t training, std::int32_t epoch,
                        std::int32_t epochs) {
  return Status([&] { TrainingOf(training).StartEpoch(epoch, epochs); });
}

std::int32_t makeSample(std::int64_t training, std::int32_t position,
                        std::int32_t slot, std::int32_t* missing) {
  return static_cast<std::int32_t>(Call([&] {
    return GiveMissing(
        TrainingOf(training).samples().MakeSample(position, slot), missing);
  }));
}

std::int32_t makeValSample(std::int64_t training, std::int32_t picture,
                           std::int32_t slot, std::int32_t place,
                           std::int32_t height, std::int32_t width,
                           std::int32_t* missing) {
  return static_cast<std::int32_t>(Call([&] {
    return GiveMissing(TrainingOf(training).samples().MakeValSample(
                           picture, slot, place, height, width),
                       missing);
  }));
}

std::int32_t learnBatch(std::int64_t training, std::int32_t slot,
                        std::int32_t count, std::int64_t index, double* out) {
  return static_cast<std::int32_t>(Call([&] {
    return GiveNumbers(TrainingOf(training).Learn(slot, count, index), out);
  }));
}

std::int32_t calibrateBatch(std::int64_t training, std::int32_t slot,
                            std::int32_t count) {
  return Status([&] { TrainingOf(training).Calibrate(slot, count); });
}

std::int32_t finishCalibration(std::int64_t training) {
  return Status([&] { TrainingOf(training).FinishCalibration(); });
}

std::int32_t evaluateBatch(std::int64_t training, std::int32_t slot,
                           std::int32_t count, double* out) {
  return static_cast<std::int32_t>(Call([&] {
    return GiveNumbers(TrainingOf(training).Evaluate(slot, count), out);
  }));
}

std::int32_t sampleAt(std::int64_t training, std::int32_t slot,
                      std::int32_t place, std::uint8_t* pixels, float* labels,
                      std::int32_t capacity, std::int32_t* size) {
  return static_cast<std::int32_t>(Call([&]() -> std::int64_t {
    const augment::Sample& sample =
        TrainingOf(training).samples().At(slot, place);
    size[0] = sample.height;
    size[1] = sample.width;
    std::memcpy(pixels, sample.pixels.data(), sample.pixels.size());
    const std::size_t rows =
        std::min(sample.classes.size(), static_cast<std::size_t>(capacity));
    const std::size_t values =
        sample.classes.empty() ? 0
                               : sample.boxes.size() / sample.classes.size();
    for (std::size_t i = 0; i < rows; ++i) {
      float* row = labels + i * kLabelNumbers;
      std::fill_n(row, kLabelNumbers, 0.0F);
      row[0] = static_cast<float>(sample.classes[i]);
      std::copy_n(
          sample.boxes.begin() + static_cast<std::ptrdiff_t>(i * values),
          values, row + 1);
    }
    return static_cast<std::int64_t>(rows);
  }));
}

std::int64_t averageModel(std::int64_t training, const std::string& settings) {
  return Call([&] {
    return Adopt(TrainingOf(training).AverageModel(LoadOptionsFrom(settings)));
  });
}

std::int32_t saveTraining(std::int64_t training, const std::string& path,
                          const std::string& info, const std::string& state,
                          bool finished) {
  return Status([&] {
    TrainingOf(training).Save({info, state, finished}, path);
  });
}

std::int32_t resumeTraining(std::int64_t training, const std::string& path) {
  return Status([&] { LastText() = TrainingOf(training).Resume(path); });
}

std::int32_t trainingState(const std::string& path) {
  return Status([&] { LastText() = api::ReadTrainingState(path); });
}

}  // namespace bridge
}  // namespace yolotorch

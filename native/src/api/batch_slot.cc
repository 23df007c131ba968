// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/batch_slot.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

using augment::Sample;

at::Tensor PixelsOf(const std::vector<const Sample*>& samples) {
  const std::int64_t height = samples[0]->height;
  const std::int64_t width = samples[0]->width;
  at::Tensor pixels = at::empty(
      {static_cast<std::int64_t>(samples.size()), 3, height, width}, at::kByte);
  auto* to = pixels.mutable_data_ptr<std::uint8_t>();
  for (const Sample* sample : samples) {
    if (sample->height != height || sample->width != width) {
      throw Error(Code::kInternal,
                  "The samples of a batch differ in size; please report it.");
    }
    std::memcpy(to, sample->pixels.data(), sample->pixels.size());
    to += sample->pixels.size();
  }
  return pixels;
}

at::Tensor FloatsOf(const std::vector<float>& values,
                    const std::vector<std::int64_t>& shape) {
  at::Tensor tensor = at::empty(shape, at::kFloat);
  std::copy(values.begin(), values.end(), tensor.mutable_data_ptr<float>());
  return tensor;
}

at::Tensor OverlapOf(const std::vector<const Sample*>& samples) {
  at::Tensor maps = at::empty({static_cast<std::int64_t>(samples.size()),
                               samples[0]->mask_height, samples[0]->mask_width},
                              at::kInt);
  auto* to = maps.mutable_data_ptr<std::int32_t>();
  for (const Sample* sample : samples) {
    to = std::copy(sample->overlap.begin(), sample->overlap.end(), to);
  }
  return maps;
}

at::Tensor MasksOf(const std::vector<const Sample*>& samples,
                   std::int64_t rows) {
  at::Tensor masks = at::empty(
      {rows, samples[0]->mask_height, samples[0]->mask_width}, at::kByte);
  auto* to = masks.mutable_data_ptr<std::uint8_t>();
  for (const Sample* sample : samples) {
    to = std::copy(sample->masks.begin(), sample->masks.end(), to);
  }
  return masks;
}

}  // namespace

train::Batch BatchSlot::ToBatch(std::size_t count, Task task,
                                bool overlapping_masks,
                                std::int64_t keypoint_values,
                                c10::Device device) const {
  std::vector<const Sample*> samples;
  std::vector<std::int64_t> pictures;
  std::vector<std::int64_t> classes;
  std::vector<float> boxes;
  std::vector<float> keypoints;
  for (std::size_t i = 0; i < count; ++i) {
    const Sample& sample = samples_.at(i);
    samples.push_back(&sample);
    pictures.insert(pictures.end(), sample.classes.size(),
                    static_cast<std::int64_t>(i));
    classes.insert(classes.end(), sample.classes.begin(), sample.classes.end());
    boxes.insert(boxes.end(), sample.boxes.begin(), sample.boxes.end());
    keypoints.insert(keypoints.end(), sample.keypoints.begin(),
                     sample.keypoints.end());
  }
  const auto rows = static_cast<std::int64_t>(classes.size());
  train::Batch batch;
  batch.images = PixelsOf(samples).to(device).to(at::kFloat).div_(255);
  batch.classes = at::tensor(classes, at::kLong).to(device);
  if (task == Task::kClassify) return batch;
  batch.picture = at::tensor(pictures, at::kLong).to(device);
  batch.boxes = FloatsOf(boxes, {rows, task == Task::kObb ? 5 : 4}).to(device);
  if (task == Task::kPose) {
    const std::int64_t points =
        rows == 0 ? 1 : static_cast<std::int64_t>(keypoints.size()) / rows / 3;
    batch.keypoints = FloatsOf(keypoints, {rows, points, 3})
                          .slice(2, 0, keypoint_values)
                          .to(device);
  }
  if (task == Task::kSegment) {
    batch.overlapping_masks = overlapping_masks;
    batch.masks =
        (overlapping_masks ? OverlapOf(samples) : MasksOf(samples, rows))
            .to(device);
  }
  return batch;
}

}  // namespace yolotorch::api

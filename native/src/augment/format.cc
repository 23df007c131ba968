// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/format.h"

#include <cstddef>
#include <initializer_list>
#include <utility>
#include <vector>

#include "augment/masks.h"
#include "augment/rectangle.h"

namespace yolotorch::augment {
namespace {

// Fills the labels of a sample whose size is set.
class Formatter {
 public:
  Formatter(const Options& options, Sample* sample)
      : options_(options),
        sample_(*sample),
        width_(static_cast<float>(sample->width)),
        height_(static_cast<float>(sample->height)) {}

  void AddMasks(std::vector<Object>* objects) {
    const int ratio = options_.mask_ratio;
    sample_.mask_height = sample_.height / ratio;
    sample_.mask_width = sample_.width / ratio;
    const std::vector<Region> masks =
        MasksOf(*objects, sample_.height, sample_.width, ratio);
    if (!options_.overlap_mask) {
      sample_.masks =
          SeparateMaps(masks, sample_.mask_height, sample_.mask_width);
      return;
    }
    const std::vector<std::size_t> order = LargestFirst(masks);
    sample_.overlap =
        OverlapMap(masks, order, sample_.mask_height, sample_.mask_width);
    std::vector<Object> sorted;
    for (const std::size_t place : order) {
      sorted.push_back(std::move((*objects)[place]));
    }
    *objects = std::move(sorted);
  }

  void AddRow(const Object& object) {
    sample_.classes.push_back(object.class_id);
    if (options_.task == Task::kObb) {
      AddRotated(object);
    } else {
      AddValues({(object.x1 + object.x2) / 2 / width_,
                 (object.y1 + object.y2) / 2 / height_,
                 (object.x2 - object.x1) / width_,
                 (object.y2 - object.y1) / height_});
    }
    if (options_.task == Task::kPose) AddKeypoints(object.points);
  }

 private:
  void AddValues(std::initializer_list<float> values) {
    sample_.boxes.insert(sample_.boxes.end(), values);
  }

  // The sides are shares of the sample's width and height, whatever the angle.
  void AddRotated(const Object& object) {
    const std::vector<float> corners = {object.x1, object.y1, object.x2,
                                        object.y1, object.x2, object.y2,
                                        object.x1, object.y2};
    const Rectangle rectangle =
        SmallestRectangle(object.points.empty() ? corners : object.points);
    AddValues({rectangle.cx / width_, rectangle.cy / height_,
               rectangle.width / width_, rectangle.height / height_,
               rectangle.angle});
  }

  // Keypoints that a label does not have are not visible.
  void AddKeypoints(const std::vector<float>& points) {
    const std::size_t wanted = static_cast<std::size_t>(options_.keypoints) * 3;
    for (std::size_t i = 0; i < wanted; i += 3) {
      const bool known = i + 3 <= points.size();
      sample_.keypoints.insert(
          sample_.keypoints.end(),
          {known ? points[i] / width_ : 0, known ? points[i + 1] / height_ : 0,
           known ? points[i + 2] : 0});
    }
  }

  const Options& options_;
  Sample& sample_;
  float width_;
  float height_;
};

}  // namespace

Sample SampleOf(const Options& options, Planes planes) {
  Sample sample{planes.height, planes.width, std::move(planes.pixels)};
  Formatter formatter(options, &sample);
  if (options.task == Task::kSegment) formatter.AddMasks(&planes.objects);
  for (const Object& object : planes.objects) formatter.AddRow(object);
  return sample;
}

}  // namespace yolotorch::augment

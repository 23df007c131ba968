// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/decoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "graph/task_table.h"
#include "vision/contours.h"
#include "vision/masks.h"
#include "vision/rotated.h"

namespace yolotorch::api {
namespace {

// Channel `channel` of anchor `anchor` in a (channels, anchors) tensor.
float ValueAt(const at::Tensor& output, std::int64_t channel, int anchor) {
  return output.const_data_ptr<float>()[channel * output.size(1) + anchor];
}

// The class of a row of final detections; -1 if it is not one.
std::int32_t ClassOf(float value) {
  constexpr float kMaxClasses = 1e6F;
  return value >= 0 && value < kMaxClasses ? static_cast<std::int32_t>(value)
                                           : -1;
}

// Whether the box and the score of a row of final detections are finite.
bool IsFinite(const float* row) {
  return std::all_of(row, row + 5, [](float v) { return std::isfinite(v); });
}

}  // namespace

Decoder::Decoder(const metadata::Metadata& metadata,
                 const PredictOptions& options, const EvalOptions& eval)
    : metadata_(metadata),
      options_(options),
      eval_(eval),
      nms_{options.conf,         options.iou,     options.max_det,
           options.agnostic_nms, options.classes, eval.multi_label} {}

bool Decoder::IsWanted(std::int32_t class_id) const {
  const std::vector<std::int32_t>& wanted = options_.classes;
  return wanted.empty() ||
         std::find(wanted.begin(), wanted.end(), class_id) != wanted.end();
}

ImageResult Decoder::Decode(const std::vector<at::Tensor>& outputs,
                            std::int64_t index,
                            const vision::Letterbox& box) const {
  ImageResult result;
  const at::Tensor output = outputs[0][index];
  if (metadata_.task == Task::kClassify) {
    const auto* values = output.const_data_ptr<float>();
    result.probabilities.assign(values, values + output.numel());
    return result;
  }
  if (metadata_.task == Task::kObb) {
    AddRotated(output, box, &result);
    return result;
  }
  const int extras =
      metadata_.task == Task::kSegment
          ? static_cast<int>(outputs[1].size(1))
          : graph::ExtraValues(metadata_.task, metadata_.kpt_shape);
  for (const Found& found :
       metadata_.final_rows() ? FromRows(output) : FromRaw(output, extras)) {
    const vision::Candidate& candidate = found.candidate;
    std::array<float, 4> corners = {candidate.x1, candidate.y1, candidate.x2,
                                    candidate.y2};
    vision::UnletterboxBox(box, corners.data());
    if (metadata_.task == Task::kSegment &&
        !AddMask(found, outputs[1][index], corners.data(), box, &result)) {
      continue;
    }
    if (metadata_.task == Task::kPose) AddKeypoints(found.extras, box, &result);
    result.detections.push_back({corners[0], corners[1], corners[2], corners[3],
                                 candidate.score, candidate.class_id});
  }
  return result;
}

std::vector<Decoder::Found> Decoder::FromRaw(const at::Tensor& output,
                                             int extras) const {
  const std::int64_t first = output.size(0) - extras;
  std::vector<Found> all;
  for (const vision::Candidate& kept : vision::SuppressNonMaxima(
           vision::SelectCandidates(output.const_data_ptr<float>(),
                                    static_cast<int>(output.size(1)),
                                    static_cast<int>(first) - 4, nms_),
           nms_)) {
    Found found{kept, {}};
    for (int k = 0; k < extras; ++k) {
      found.extras.push_back(ValueAt(output, first + k, kept.anchor));
    }
    all.push_back(std::move(found));
  }
  return all;
}

std::vector<Decoder::Found> Decoder::FromRows(const at::Tensor& rows) const {
  const std::int64_t width = rows.size(1);
  std::vector<Found> all;
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    const float* row = rows.const_data_ptr<float>() + i * width;
    const std::int32_t class_id = ClassOf(row[5]);
    // Rows of zeros pad the tensor.
    if (!(row[4] > options_.conf) || class_id < 0 || !IsWanted(class_id) ||
        !IsFinite(row)) {
      continue;
    }
    if (all.size() >= static_cast<std::size_t>(options_.max_det)) break;
    all.push_back({{row[0], row[1], row[2], row[3], row[4], class_id, 0},
                   std::vector<float>(row + 6, row + width)});
  }
  return all;
}

void Decoder::AddRotated(const at::Tensor& output, const vision::Letterbox& box,
                         ImageResult* result) const {
  std::vector<vision::RotatedCandidate> all;
  if (metadata_.final_rows()) {
    const std::int64_t width = output.size(1);
    for (std::int64_t i = 0; i < output.size(0); ++i) {
      const float* row = output.const_data_ptr<float>() + i * width;
      const std::int32_t class_id = ClassOf(row[5]);
      if (!(row[4] > options_.conf) || class_id < 0 || !IsWanted(class_id) ||
          !IsFinite(row) || !std::isfinite(row[6])) {
        continue;
      }
      if (all.size() >= static_cast<std::size_t>(options_.max_det)) break;
      all.push_back({row[0], row[1], row[2], row[3], row[6], row[4], class_id});
    }
  } else {
    all = vision::SuppressRotated(
        vision::SelectRotatedCandidates(
            output.const_data_ptr<float>(), static_cast<int>(output.size(1)),
            static_cast<int>(output.size(0)) - 5, nms_),
        nms_);
  }
  for (const vision::RotatedCandidate& kept : all) {
    std::array<float, 4> place = {kept.cx, kept.cy, kept.width, kept.height};
    vision::UnletterboxRotated(box, place.data());
    result->rotated.push_back({place[0], place[1], place[2], place[3],
                               kept.angle, kept.score, kept.class_id});
  }
}

void Decoder::AddKeypoints(const std::vector<float>& values,
                           const vision::Letterbox& box,
                           ImageResult* result) const {
  const auto step = static_cast<std::size_t>(metadata_.kpt_shape[1]);
  for (std::size_t k = 0; k + step <= values.size(); k += step) {
    std::array<float, 2> xy = {0, 0};  // the value of clipped points
    if (std::isfinite(values[k]) && std::isfinite(values[k + 1])) {
      xy = {values[k], values[k + 1]};
      vision::UnletterboxPoint(box, xy.data());
    }
    result->keypoints.insert(result->keypoints.end(), xy.begin(), xy.end());
    if (step == 3) result->keypoints.push_back(values[k + 2]);
  }
}

bool Decoder::AddMask(const Found& found, const at::Tensor& prototypes,
                      const float* picture_box, const vision::Letterbox& box,
                      ImageResult* result) const {
  const vision::Prototypes planes{prototypes.const_data_ptr<float>(),
                                  static_cast<int>(prototypes.size(0)),
                                  static_cast<int>(prototypes.size(1)),
                                  static_cast<int>(prototypes.size(2))};
  const std::vector<float>& coefficients = found.extras;
  if (coefficients.size() != static_cast<std::size_t>(planes.count)) {
    return false;
  }
  const vision::Candidate& candidate = found.candidate;
  vision::BitRegion region;
  std::vector<vision::Point> outline;
  if (options_.retina_masks) {
    region = vision::RetinaMask(planes, coefficients, picture_box, box);
    outline = vision::Outline(region);
  } else {
    const int step = eval_.mask_frame == MaskFrame::kPrototypes ? 4 : 1;
    const auto scale = static_cast<float>(step);
    const std::array<float, 4> corners = {
        candidate.x1 / scale, candidate.y1 / scale, candidate.x2 / scale,
        candidate.y2 / scale};
    region = vision::NetworkMask(planes, coefficients, corners.data(),
                                 box.net_height / step, box.net_width / step);
    outline = vision::Outline(region);
    for (vision::Point& point : outline) {
      point = {point[0] * scale, point[1] * scale};
      vision::UnletterboxPoint(box, point.data());
    }
  }
  if (region.empty()) return false;
  if (!options_.retina_masks && eval_.mask_frame == MaskFrame::kImage) {
    region = vision::ToPicture(region, box);
  }
  Mask mask{region.left(),   region.top(),  region.width(),
            region.height(), region.bits(), {}};
  for (const vision::Point& point : outline) {
    mask.polygon.insert(mask.polygon.end(), point.begin(), point.end());
  }
  result->masks.push_back(std::move(mask));
  return true;
}

}  // namespace yolotorch::api

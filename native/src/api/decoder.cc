// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/decoder.h"

#include <array>
#include <cstddef>

#include "vision/contours.h"
#include "vision/masks.h"
#include "vision/rotated.h"

namespace yolotorch::api {
namespace {

// Channel `channel` of anchor `anchor` in a (channels, anchors) tensor.
float ValueAt(const at::Tensor& output, std::int64_t channel, int anchor) {
  return output.const_data_ptr<float>()[channel * output.size(1) + anchor];
}

}  // namespace

Decoder::Decoder(const exporter::Metadata& metadata,
                 const PredictOptions& options)
    : metadata_(metadata),
      options_(options),
      nms_{options.conf, options.iou, options.max_det, options.agnostic_nms,
           options.classes} {}

ImageResult Decoder::Decode(const std::vector<at::Tensor>& outputs,
                            std::int64_t index,
                            const vision::Letterbox& box) const {
  ImageResult result;
  const at::Tensor output = outputs[0][index];
  const auto* values = output.const_data_ptr<float>();
  if (metadata_.task == "classify") {
    result.probabilities.assign(values, values + output.numel());
    return result;
  }
  if (metadata_.task == "obb") {
    DecodeRotated(output, box, &result);
    return result;
  }
  int extra = 0;
  if (metadata_.task == "segment") {
    extra = static_cast<int>(outputs[1].size(1));
  } else if (metadata_.task == "pose") {
    extra = metadata_.kpt_shape[0] * metadata_.kpt_shape[1];
  }
  const int classes = static_cast<int>(output.size(0)) - 4 - extra;
  const int anchors = static_cast<int>(output.size(1));
  const std::vector<vision::Candidate> kept = vision::SuppressNonMaxima(
      vision::SelectCandidates(values, anchors, classes, nms_), nms_);
  for (const vision::Candidate& candidate : kept) {
    std::array<float, 4> corners = {candidate.x1, candidate.y1, candidate.x2,
                                    candidate.y2};
    vision::UnletterboxBox(box, corners.data());
    if (metadata_.task == "segment" &&
        !DecodeMask(output, outputs[1][index], candidate, corners.data(), box,
                    &result)) {
      continue;
    }
    if (metadata_.task == "pose") {
      DecodeKeypoints(output, candidate.anchor, 4 + classes, box, &result);
    }
    result.detections.push_back({corners[0], corners[1], corners[2], corners[3],
                                 candidate.score, candidate.class_id});
  }
  return result;
}

void Decoder::DecodeRotated(const at::Tensor& output,
                            const vision::Letterbox& box,
                            ImageResult* result) const {
  const int classes = static_cast<int>(output.size(0)) - 5;
  for (const vision::RotatedCandidate& kept : vision::SuppressRotated(
           vision::SelectRotatedCandidates(output.const_data_ptr<float>(),
                                           static_cast<int>(output.size(1)),
                                           classes, nms_),
           nms_)) {
    std::array<float, 4> place = {kept.cx, kept.cy, kept.width, kept.height};
    vision::UnletterboxRotated(box, place.data());
    result->rotated.push_back({place[0], place[1], place[2], place[3],
                               kept.angle, kept.score, kept.class_id});
  }
}

void Decoder::DecodeKeypoints(const at::Tensor& output, int anchor,
                              int first_channel, const vision::Letterbox& box,
                              ImageResult* result) const {
  const auto [points, values] = metadata_.kpt_shape;
  for (int k = 0; k < points; ++k) {
    const int channel = first_channel + k * values;
    std::array<float, 2> xy = {ValueAt(output, channel, anchor),
                               ValueAt(output, channel + 1, anchor)};
    vision::UnletterboxPoint(box, xy.data());
    result->keypoints.insert(result->keypoints.end(), xy.begin(), xy.end());
    if (values == 3) {
      result->keypoints.push_back(ValueAt(output, channel + 2, anchor));
    }
  }
}

bool Decoder::DecodeMask(const at::Tensor& output, const at::Tensor& prototypes,
                         const vision::Candidate& candidate,
                         const float* picture_box, const vision::Letterbox& box,
                         ImageResult* result) const {
  const vision::Prototypes planes{prototypes.const_data_ptr<float>(),
                                  static_cast<int>(prototypes.size(0)),
                                  static_cast<int>(prototypes.size(1)),
                                  static_cast<int>(prototypes.size(2))};
  std::vector<float> coefficients;
  for (int k = 0; k < planes.count; ++k) {
    coefficients.push_back(
        ValueAt(output, output.size(0) - planes.count + k, candidate.anchor));
  }
  vision::BitRegion region;
  std::vector<vision::Point> outline;
  if (options_.retina_masks) {
    region = vision::RetinaMask(planes, coefficients, picture_box, box);
    outline = vision::Outline(region);
  } else {
    const std::array<float, 4> corners = {candidate.x1, candidate.y1,
                                          candidate.x2, candidate.y2};
    region = vision::NetworkMask(planes, coefficients, corners.data(),
                                 box.net_height, box.net_width);
    outline = vision::Outline(region);
    for (vision::Point& point : outline) {
      vision::UnletterboxPoint(box, point.data());
    }
  }
  if (region.empty()) return false;
  if (!options_.retina_masks && !options_.network_masks) {
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

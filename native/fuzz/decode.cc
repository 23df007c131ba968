// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Whatever numbers a network gives: candidates, suppression, rotated boxes,
// masks and outlines, mapped to the picture.
#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "fuzz/support.h"
#include "vision/contours.h"
#include "vision/letterbox.h"
#include "vision/masks.h"
#include "vision/nms.h"
#include "vision/rotated.h"

namespace yolotorch::fuzz {
namespace {

using vision::BitRegion;
using vision::Candidate;
using vision::Letterbox;
using vision::NmsOptions;

// `count` floats of any bits; the input is repeated where it is too short.
std::vector<float> Floats(const std::vector<std::uint8_t>& bytes,
                          std::size_t count) {
  std::vector<float> floats(count);
  for (std::size_t i = 0; i < count * sizeof(float) && !bytes.empty(); ++i) {
    reinterpret_cast<std::uint8_t*>(floats.data())[i] = bytes[i % bytes.size()];
  }
  return floats;
}

NmsOptions Options(FuzzedDataProvider* in) {
  NmsOptions options;
  options.conf = in->ConsumeProbability<float>();
  options.iou = in->ConsumeProbability<float>();
  options.max_detections = in->ConsumeIntegralInRange<int>(1, 300);
  options.agnostic = in->ConsumeBool();
  options.multi_label = in->ConsumeBool();
  if (in->ConsumeBool()) {
    options.classes = {in->ConsumeIntegralInRange<std::int32_t>(-1, 4), 1};
  }
  return options;
}

void RequireSound(const std::vector<Candidate>& all, const NmsOptions& options,
                  int anchors, int classes) {
  for (const Candidate& one : all) {
    Require(std::isfinite(one.x1) && std::isfinite(one.y1) &&
                std::isfinite(one.x2) && std::isfinite(one.y2),
            "finite boxes");
    Require(one.score > options.conf, "scores above conf");
    Require(one.class_id >= 0 && one.class_id < classes, "a known class");
    Require(one.anchor >= 0 && one.anchor < anchors, "a known anchor");
  }
}

void RequireInside(const BitRegion& region, int height, int width) {
  if (region.empty()) return;
  Require(region.left() >= 0 && region.top() >= 0 &&
              region.left() + region.width() <= width &&
              region.top() + region.height() <= height,
          "a mask inside its frame");
  for (const vision::Point& point : vision::Outline(region)) {
    Require(point[0] >= 0 && point[0] <= static_cast<float>(width) &&
                point[1] >= 0 && point[1] <= static_cast<float>(height),
            "an outline inside its frame");
  }
}

void MakeMasks(const Candidate& found, const vision::Prototypes& prototypes,
               const std::vector<float>& coefficients, const Letterbox& box) {
  const std::array<float, 4> corners = {found.x1, found.y1, found.x2, found.y2};
  std::array<float, 4> picture = corners;
  vision::UnletterboxBox(box, picture.data());
  RequireInside(
      vision::RetinaMask(prototypes, coefficients, picture.data(), box),
      box.image_height, box.image_width);
  const BitRegion mask = vision::NetworkMask(
      prototypes, coefficients, corners.data(), box.net_height, box.net_width);
  RequireInside(mask, box.net_height, box.net_width);
  if (mask.empty()) return;
  const BitRegion shown = vision::ToPicture(mask, box);
  RequireInside(shown, box.image_height, box.image_width);
  if (!shown.empty()) {
    RequireInside(vision::FromPicture(shown, box, 1), box.net_height,
                  box.net_width);
  }
}

void Decode(const std::uint8_t* data, std::size_t size) {
  FuzzedDataProvider in(data, size);
  const NmsOptions options = Options(&in);
  const auto anchors = in.ConsumeIntegralInRange<int>(0, 40);
  const auto classes = in.ConsumeIntegralInRange<int>(0, 4);
  const auto image_height = in.ConsumeIntegralInRange<int>(1, 80);
  const auto image_width = in.ConsumeIntegralInRange<int>(1, 80);
  // Prototypes have a quarter of the input per side, which has whole strides.
  const int height = 32 * in.ConsumeIntegralInRange<int>(1, 3);
  const int width = 32 * in.ConsumeIntegralInRange<int>(1, 3);
  const Letterbox box =
      in.ConsumeBool()
          ? vision::FitLetterbox(image_height, image_width, height, width)
          : vision::FitValLetterbox(image_height, image_width, height, width);
  const auto count = in.ConsumeIntegralInRange<int>(0, 3);
  const std::vector<std::uint8_t> rest =
      in.ConsumeRemainingBytes<std::uint8_t>();

  const std::vector<float> output =
      Floats(rest, static_cast<std::size_t>(anchors) *
                       static_cast<std::size_t>(4 + classes + 1));
  const std::vector<Candidate> candidates =
      vision::SelectCandidates(output.data(), anchors, classes, options);
  RequireSound(candidates, options, anchors, classes);
  const std::vector<Candidate> kept =
      vision::SuppressNonMaxima(candidates, options);
  RequireSound(kept, options, anchors, classes);
  Require(kept.size() <= static_cast<std::size_t>(options.max_detections));
  for (const vision::RotatedCandidate& one :
       vision::SuppressRotated(vision::SelectRotatedCandidates(
                                   output.data(), anchors, classes, options),
                               options)) {
    std::array<float, 4> place = {one.cx, one.cy, one.width, one.height};
    vision::UnletterboxRotated(box, place.data());
    Require(std::isfinite(one.angle), "a finite angle");
  }

  const std::vector<float> planes =
      Floats(rest, static_cast<std::size_t>(count) *
                       static_cast<std::size_t>(height / 4) *
                       static_cast<std::size_t>(width / 4));
  const std::vector<float> coefficients =
      Floats(rest, static_cast<std::size_t>(count));
  const vision::Prototypes prototypes{planes.data(), count, height / 4,
                                      width / 4};
  for (std::size_t i = 0; i < std::min<std::size_t>(kept.size(), 3); ++i) {
    MakeMasks(kept[i], prototypes, coefficients, box);
  }
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) { yolotorch::fuzz::Decode(data, size); }

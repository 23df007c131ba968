// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/pipeline.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "graph/task_table.h"
#include "vision/contours.h"
#include "vision/letterbox.h"
#include "vision/masks.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

// Whether the tensors are those of the task: rows of box, score, class and
// `extras`, for segment also a mask per row; to classify, a vector.
bool IsExpected(Task task, const std::vector<at::Tensor>& outputs,
                std::int64_t extras, const ImageView& image) {
  if (task == Task::kClassify) {
    return outputs.size() == 1 && outputs[0].dim() == 1 &&
           outputs[0].numel() > 0;
  }
  if (outputs.empty() || outputs[0].dim() != 2 ||
      outputs[0].size(1) != 6 + extras) {
    return false;
  }
  if (task != Task::kSegment) return outputs.size() == 1;
  return outputs.size() == 2 &&
         outputs[1].sizes().equals(
             {outputs[0].size(0), image.height, image.width});
}

// The mask of height x width bytes as bits around its set pixels.
vision::BitRegion RegionOf(const std::uint8_t* mask, int height, int width) {
  int left = width;
  int right = 0;
  int top = height;
  int bottom = 0;
  const auto set = [](std::uint8_t value) { return value != 0; };
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row = mask + std::ptrdiff_t{y} * width;
    const std::uint8_t* first = std::find_if(row, row + width, set);
    if (first == row + width) continue;
    top = std::min(top, y);
    bottom = y + 1;
    left = std::min(left, static_cast<int>(first - row));
    int last = width - 1;
    while (!set(row[last])) --last;
    right = std::max(right, last + 1);
  }
  if (bottom == 0) return {};
  vision::BitRegion region(left, top, right - left, bottom - top);
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      if (set(mask[std::ptrdiff_t{y} * width + x])) region.Set(x, y);
    }
  }
  return region;
}

Mask MaskOf(const vision::BitRegion& region,
            const std::vector<vision::Point>& outline) {
  Mask mask{region.left(),   region.top(),  region.width(),
            region.height(), region.bits(), {}};
  for (const vision::Point& point : outline) {
    mask.polygon.insert(mask.polygon.end(), point.begin(), point.end());
  }
  return mask;
}

// The frame of the masks: the network's input, or a quarter of it per side.
vision::Letterbox FrameOf(const metadata::Metadata& metadata,
                          const ImageView& image, const EvalOptions& eval) {
  const auto height = static_cast<int>(metadata.imgsz[0]);
  const auto width = static_cast<int>(metadata.imgsz[1]);
  return eval.val_letterbox
             ? vision::FitValLetterbox(image.height, image.width, height, width,
                                       eval.val_side)
             : vision::FitLetterbox(image.height, image.width, height, width);
}

}  // namespace

at::Tensor RgbTensor(const ImageView& image) {
  at::Tensor picture = at::empty({image.height, image.width, 3}, at::kByte);
  vision::LetterboxToRgb(image,
                         vision::FitLetterbox(image.height, image.width,
                                              image.height, image.width),
                         picture.mutable_data_ptr<std::uint8_t>());
  return picture;
}

ImageResult DecodePipeline(const runtime::Session& session,
                           const std::vector<at::Tensor>& outputs,
                           const ImageView& image,
                           const PredictOptions& options,
                           const EvalOptions& eval) {
  const metadata::Metadata& metadata = session.metadata();
  const Task task = metadata.task;
  const bool segment = task == Task::kSegment;
  const std::int64_t extras =
      segment ? 0 : graph::ExtraValues(task, metadata.kpt_shape);
  if (!IsExpected(task, outputs, extras, image)) {
    throw Error(Code::kUnsupportedModel,
                "'" + session.label() + "' must give final " +
                    (task == Task::kClassify ? "probabilities"
                                             : "detections of the picture") +
                    ", as its metadata says, but its output has another form: "
                    "export it again, or correct its metadata.");
  }
  ImageResult result;
  const at::Tensor rows = outputs[0].to(at::kFloat).contiguous();
  const auto* values = rows.const_data_ptr<float>();
  if (task == Task::kClassify) {
    result.probabilities.assign(values, values + rows.numel());
    return result;
  }
  const at::Tensor masks = segment ? outputs[1].to(at::kByte) : at::Tensor();
  const vision::Letterbox frame = FrameOf(metadata, image, eval);
  const auto kept = [&] {
    return std::max(result.detections.size(), result.rotated.size());
  };
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    const float* row = values + i * rows.size(1);
    const float* end = row + rows.size(1);
    // Written so that no number fails, too. Keypoints may be anything.
    const bool finite = std::all_of(row, task == Task::kObb ? end : row + 6,
                                    [](float v) { return std::isfinite(v); });
    if (!finite || !(row[4] > options.conf) || row[5] < 0 || row[5] >= 1e6F) {
      continue;
    }
    const auto class_id = static_cast<std::int32_t>(row[5]);
    const auto& wanted = options.classes;
    if (!wanted.empty() &&
        std::find(wanted.begin(), wanted.end(), class_id) == wanted.end()) {
      continue;
    }
    if (kept() >= static_cast<std::size_t>(options.max_det)) break;
    if (task == Task::kObb) {
      result.rotated.push_back(
          {row[0], row[1], row[2], row[3], row[6], row[4], class_id});
      continue;
    }
    if (segment) {
      vision::BitRegion region = RegionOf(
          masks[i].const_data_ptr<std::uint8_t>(), image.height, image.width);
      if (region.empty()) continue;
      const std::vector<vision::Point> outline = vision::Outline(region);
      if (eval.mask_frame != MaskFrame::kImage) {
        region = vision::FromPicture(
            region, frame, eval.mask_frame == MaskFrame::kPrototypes ? 4 : 1);
      }
      result.masks.push_back(MaskOf(region, outline));
    }
    result.keypoints.insert(result.keypoints.end(), row + 6, end);
    result.detections.push_back(
        {row[0], row[1], row[2], row[3], row[4], class_id});
  }
  return result;
}

}  // namespace yolotorch::api

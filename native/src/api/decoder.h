// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

#include "api/eval.h"
#include "metadata/metadata.h"
#include "vision/letterbox.h"
#include "vision/nms.h"
#include "yolotorch/options.h"
#include "yolotorch/result.h"

namespace yolotorch::api {

/// Turns a network's raw tensors into results in picture coordinates.
class Decoder {
 public:
  /// Keeps references: both must outlive the decoder.
  Decoder(const metadata::Metadata& metadata, const PredictOptions& options,
          const EvalOptions& eval);

  /// The result of picture `index` of the batch. `outputs`: as Session::Run
  /// returns them.
  [[nodiscard]] ImageResult Decode(const std::vector<at::Tensor>& outputs,
                                   std::int64_t index,
                                   const vision::Letterbox& box) const;

 private:
  // One object in network coordinates, with the task's extra values.
  struct Found {
    vision::Candidate candidate;
    std::vector<float> extras;
  };
  [[nodiscard]] std::vector<Found> FromRaw(const at::Tensor& output,
                                           int extras) const;
  [[nodiscard]] std::vector<Found> FromRows(const at::Tensor& rows) const;
  void AddRotated(const at::Tensor& output, const vision::Letterbox& box,
                  ImageResult* result) const;
  void AddKeypoints(const std::vector<float>& values,
                    const vision::Letterbox& box, ImageResult* result) const;
  /// False when the mask is empty.
  [[nodiscard]] bool AddMask(const Found& found, const at::Tensor& prototypes,
                             const float* picture_box,
                             const vision::Letterbox& box,
                             ImageResult* result) const;
  [[nodiscard]] bool IsWanted(std::int32_t class_id) const;

  const metadata::Metadata& metadata_;
  const PredictOptions& options_;
  const EvalOptions& eval_;
  vision::NmsOptions nms_;
};

}  // namespace yolotorch::api

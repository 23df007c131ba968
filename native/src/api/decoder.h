// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <vector>

#include "export/metadata.h"
#include "vision/letterbox.h"
#include "vision/nms.h"
#include "yolotorch/options.h"
#include "yolotorch/result.h"

namespace yolotorch::api {

/// Turns a network's raw tensors into results in picture coordinates.
class Decoder {
 public:
  /// Keeps references: both must outlive the decoder.
  Decoder(const exporter::Metadata& metadata, const PredictOptions& options);

  /// What picture `index` of the batch shows. `outputs`: as Session::Run gives
  /// them.
  [[nodiscard]] ImageResult Decode(const std::vector<at::Tensor>& outputs,
                                   std::int64_t index,
                                   const vision::Letterbox& box) const;

 private:
  void DecodeRotated(const at::Tensor& output, const vision::Letterbox& box,
                     ImageResult* result) const;
  void DecodeKeypoints(const at::Tensor& output, int anchor, int first_channel,
                       const vision::Letterbox& box, ImageResult* result) const;
  /// False when the mask is empty.
  [[nodiscard]] bool DecodeMask(const at::Tensor& output,
                                const at::Tensor& prototypes,
                                const vision::Candidate& candidate,
                                const float* picture_box,
                                const vision::Letterbox& box,
                                ImageResult* result) const;

  const exporter::Metadata& metadata_;
  const PredictOptions& options_;
  vision::NmsOptions nms_;
};

}  // namespace yolotorch::api

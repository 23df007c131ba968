// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "runtime/stop.h"
#include "yolotorch/image.h"
#include "yolotorch/model.h"
#include "yolotorch/options.h"
#include "yolotorch/result.h"

namespace yolotorch {

/// The coordinate system of masks.
enum class MaskFrame {
  kImage,         ///< pixels of the image
  kNetworkInput,  ///< pixels of the letterboxed network input
  kPrototypes,    ///< a quarter of the network input per side
};

/// Options of an accuracy measurement and of the bridge to Java, which users of
/// C++ do not have.
struct EvalOptions {
  /// Has no effect where PredictOptions::retina_masks is set.
  MaskFrame mask_frame = MaskFrame::kImage;
  /// Every class that scores above conf is a detection, instead of the best
  /// one of an anchor alone. Archives that suppress by themselves ignore it.
  bool multi_label = false;
  /// Letterbox as Ultralytics' val does, which rounds the scaled sides of an
  /// image up, and do not clip detections to the image.
  bool val_letterbox = false;
  /// With val_letterbox: pixels of a scaled image's longer side, for inputs
  /// that are larger than what they show; 0: as large as fits the input.
  /// REQUIRES: in [0, 8192].
  int val_side = 0;
  /// Ends the call between two pictures with Error kCancelled; null: never.
  const runtime::Stop* stop = nullptr;
};

namespace api {
struct NetworkSource;
}

/// Predicts as Model::Predict, for measuring.
class Evaluator {
 public:
  /// A model of a network that comes from no file; `name` stands for it in
  /// messages.
  static Model Open(api::NetworkSource source, const std::string& name,
                    const LoadOptions& options);

  static Predictions Predict(Model& model, const std::vector<ImageView>& images,
                             const PredictOptions& options,
                             const EvalOptions& eval);
};

}  // namespace yolotorch

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "yolotorch/error.h"
#include "yolotorch/image.h"
#include "yolotorch/visibility.h"

namespace yolotorch {

/// How to open a model.
struct LoadOptions {
  /// "cpu", "0", "cuda:1" or "mps".
  std::string device = "cpu";
  /// Of the random weights, when a model is opened by architecture name.
  std::uint64_t seed = 0;
};

/// What to keep of the network's detections.
struct PredictOptions {
  /// Keep scores strictly above this. REQUIRES: in [0, 1].
  float conf = 0.25F;
  /// Drop a box that overlaps a better one of its class by more than this
  /// intersection over union. REQUIRES: in [0, 1].
  float iou = 0.7F;
  /// Most detections a picture. REQUIRES: in [1, 100000].
  int max_det = 300;
  /// Boxes of different classes compete, too.
  bool agnostic_nms = false;
  /// Class ids to keep; empty keeps all.
  std::vector<std::int32_t> classes = {};
  /// Input size of the network, rounded up to its stride; 0 takes the model's
  /// own. A static archive accepts nothing but its own.
  int net_height = 0;
  int net_width = 0;
};

/// How to write a TorchScript archive.
struct ExportOptions {
  /// Where to; empty writes beside the checkpoint, with the suffix replaced by
  /// ".torchscript".
  std::string file = {};
  /// Input size, rounded up to the stride; 0 takes the checkpoint's training
  /// size.
  int net_height = 0;
  int net_width = 0;
  /// Recorded in the archive; the trace itself takes any batch.
  /// REQUIRES: in [1, 1024].
  int batch = 1;
};

/// One detected object: corners in pixels of the picture, inside of it.
struct Detection {
  float x1 = 0;
  float y1 = 0;
  float x2 = 0;
  float y2 = 0;
  float confidence = 0;  ///< in (conf, 1]
  std::int32_t class_id = 0;
};

/// What predict found, and where the time went.
struct Predictions {
  /// One list a picture, best first.
  std::vector<std::vector<Detection>> images;
  int net_height = 0;
  int net_width = 0;
  /// Milliseconds of the whole batch.
  double preprocess_ms = 0;
  double inference_ms = 0;
  double postprocess_ms = 0;
};

/// Facts of an open model.
struct ModelInfo {
  std::string kind;    ///< "checkpoint", "torchscript" or "architecture"
  std::string task;    ///< "detect"
  std::string family;  ///< "YOLO11"; empty when the file does not say
  std::string scale;   ///< "n"; empty when the file does not say
  int net_height = 0;  ///< input size; the default where it can be chosen
  int net_width = 0;
  int stride = 32;
  int batch = 1;
  int channels = 3;
  bool dynamic = false;              ///< the input size can be chosen
  std::int64_t parameters = 0;       ///< convolutions and norms fused
  std::int64_t parameters_raw = 0;   ///< as trained; 0 when not known
  std::map<int, std::string> names;  ///< class names by id
  std::string description;
  std::string license;  ///< of the weights
  std::string version;  ///< of the program that wrote the file
  std::string date;
  std::vector<std::string> warnings;  ///< what was assumed
};

/// A YOLO model: an Ultralytics checkpoint, a TorchScript archive, or an
/// architecture with random weights. Checked completely when it is opened.
///
/// Thread-safe: any number of threads may call any method at once, except that
/// none may still run when the model is destroyed.
class YOLOTORCH_EXPORT Model {
 public:
  /// Opens a file, or, where there is none, an architecture by name such as
  /// "yolo11s.yaml". Throws Error kNotFound, kCorruptModel, kUnsafeModel,
  /// kUnsupportedModel, kDeviceUnavailable or kInvalidArgument.
  static Model Load(const std::string& path, const LoadOptions& options = {});

  /// As Load, from the bytes of a file; `name` stands for it in messages and
  /// names the archive that Export writes into the working folder.
  static Model LoadBytes(std::vector<std::uint8_t> bytes,
                         const std::string& name,
                         const LoadOptions& options = {});

  Model(Model&& other) noexcept;
  Model& operator=(Model&& other) noexcept;
  ~Model();

  [[nodiscard]] const ModelInfo& info() const;

  /// Finds objects in a batch of pictures with one run of the network. Throws
  /// Error kInvalidArgument, kInvalidImage, kInputSize, kInferenceFailed or
  /// kOutOfMemory.
  [[nodiscard]] Predictions Predict(const std::vector<ImageView>& images,
                                    const PredictOptions& options = {});

  /// Writes the model as a TorchScript archive and returns its path. The file
  /// appears whole or not at all. Throws Error kUnsupportedModel for an
  /// archive, which is one already, and kWriteFailed.
  std::string Export(const ExportOptions& options = {});

 private:
  class Impl;
  explicit Model(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Versions and capabilities, one "key value" a line: yolotorch, libtorch,
/// cpu, capability, threads, cuda.
YOLOTORCH_EXPORT std::string BuildInfo();

}  // namespace yolotorch

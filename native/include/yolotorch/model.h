// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "yolotorch/error.h"
#include "yolotorch/image.h"
#include "yolotorch/options.h"
#include "yolotorch/result.h"
#include "yolotorch/visibility.h"

namespace yolotorch {

/// Non-maximum suppression that an exporter fixed in an archive's graph.
struct BakedNms {
  float conf = 0;
  float iou = 0;
  int max_det = 0;
  bool agnostic_nms = false;
};

/// Facts of an open model.
struct ModelInfo {
  std::string kind;  ///< "checkpoint", "torchscript" or "architecture"
  /// "detect", "segment", "pose", "obb" or "classify"
  std::string task;
  std::string family;  ///< "YOLO11"; empty when the file does not say
  std::string scale;   ///< "n"; empty when the file does not say
  int net_height = 0;  ///< input size; the default where it can be chosen
  int net_width = 0;
  int stride = 32;
  int batch = 1;
  int channels = 3;
  bool dynamic = false;  ///< the input size can be chosen
  bool nms = false;      ///< non-maximum suppression happens in the archive
  /// What another program's suppression was fixed to; it applies before the
  /// options of a prediction, which can only ask for less.
  std::optional<BakedNms> baked_nms;
  bool end2end = false;              ///< the head's own detections are final
  std::int64_t parameters = 0;       ///< convolutions and norms fused
  std::int64_t parameters_raw = 0;   ///< as trained; 0 when not known
  std::map<int, std::string> names;  ///< class names by id
  int keypoints = 0;                 ///< pose: points an object
  int keypoint_values = 0;           ///< pose: 2, or 3 with visibility
  double gflops = 0;                 ///< of one picture; 0 when not known
  std::string sppf_activation;       ///< "SiLU", "Identity" or empty
  std::string sppf_source;           ///< where that was read; may be empty
  std::string description;
  std::string license;  ///< of the weights
  std::string version;  ///< of the program that wrote the file
  std::string date;
  std::vector<std::string> warnings;  ///< what was assumed
};

/// A YOLO model: an Ultralytics checkpoint, a TorchScript archive, or an
/// architecture with random weights. Checked completely when it is opened.
///
/// A small handle: copies share one network, which is freed with the last copy.
/// Thread-safe: any number of threads may call any method at once. Predictions
/// of all models of a process run one after another on one thread of its own,
/// each with LoadOptions::threads cores. A process that forks after a model was
/// used can use models in only one of the two. The first use of a model sets
/// for the whole process OpenBLAS to one thread, and NNPACK, which prints a
/// line per convolution where it rejects the processor, off.
class YOLOTORCH_EXPORT Model {
 public:
  /// Opens a file, or, where there is none, an architecture by name such as
  /// "yolo11s.yaml". Throws Error kNotFound, kCorruptModel, kUnsafeModel,
  /// kUnsupportedModel, kDeviceUnavailable, kInvalidArgument or kOutOfMemory,
  /// and with LoadOptions::warmup what Predict throws.
  static Model Load(const std::string& path, const LoadOptions& options = {});

  /// As Load, from the bytes of a file; `name` stands for it in messages and
  /// names the archive that Export writes into the working folder.
  static Model LoadBytes(std::vector<std::uint8_t> bytes,
                         const std::string& name,
                         const LoadOptions& options = {});

  /// The model that Java code in this process holds as `Yolo`, by what
  /// `Yolo.nativeHandle()` gives. REQUIRES: that Yolo is open during this call;
  /// afterwards it may be closed, the model lives as long as any copy.
  static Model FromHandle(std::int64_t handle);

  /// Facts of this model; of a temporary model, a copy of them.
  [[nodiscard]] const ModelInfo& info() const&;
  [[nodiscard]] ModelInfo info() &&;

  /// How the network is rewritten for this machine, one sentence each: what was
  /// asked for and, once it has predicted, what was done and what could not be.
  [[nodiscard]] std::vector<std::string> optimizations() const;

  /// Finds objects in a picture. Throws Error kInvalidArgument, kInvalidImage,
  /// kInputSize, kInferenceFailed, kUnsupportedModel when the network gives
  /// another output than its metadata says, or kOutOfMemory.
  [[nodiscard]] ImageResult Predict(const ImageView& image,
                                    const PredictOptions& options = {});

  /// As above, for a batch of pictures with one run of the network.
  [[nodiscard]] Predictions Predict(const std::vector<ImageView>& images,
                                    const PredictOptions& options = {});

  /// Writes the model as a TorchScript archive and returns its path. The file
  /// appears whole or not at all. Throws Error kUnsupportedModel for an
  /// archive, which is one already, and kWriteFailed.
  std::string Export(const ExportOptions& options = {});

 private:
  class Impl;
  explicit Model(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

/// Versions and capabilities, one "key value" a line: yolotorch, libtorch,
/// cpu, capability, threads, cuda.
YOLOTORCH_EXPORT std::string BuildInfo();

}  // namespace yolotorch

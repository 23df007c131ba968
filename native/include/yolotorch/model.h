// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "yolotorch/error.h"
#include "yolotorch/image.h"
#include "yolotorch/info.h"
#include "yolotorch/options.h"
#include "yolotorch/raw.h"
#include "yolotorch/result.h"
#include "yolotorch/visibility.h"

namespace yolotorch {

/// A YOLO model: an Ultralytics checkpoint, a TorchScript archive, or an
/// architecture with random weights. Checked completely when it is opened.
///
/// A small handle: copies share one network, which is freed with the last copy.
/// Thread-safe: any number of threads may call any method at once. Predictions
/// of all models of a process run one after another, on one thread that is
/// reserved for them, each with LoadOptions::threads cores. A process that
/// forks after a model was used can use models in only one of the two. The
/// first use of a model sets for the whole process OpenBLAS to one thread, and
/// NNPACK, which prints a line per convolution where it rejects the processor,
/// off.
class YOLOTORCH_EXPORT Model {
 public:
  /// Opens a file, or, if there is no such file, an architecture by name such
  /// as "yolo11s.yaml". Throws Error kNotFound, kCorruptModel, kUnsafeModel,
  /// kUnsupportedModel, kDeviceUnavailable, kInvalidArgument or kOutOfMemory,
  /// and with LoadOptions::warmup what Predict throws.
  static Model Load(const std::string& path, const LoadOptions& options = {});

  /// As Load, from the bytes of a file; `name` stands for it in messages and
  /// names the archive that Export writes into the working folder.
  static Model LoadBytes(std::vector<std::uint8_t> bytes,
                         const std::string& name,
                         const LoadOptions& options = {});

  /// The model that Java code in this process holds as `Yolo`; `handle` is what
  /// `Yolo.nativeHandle()` returns. REQUIRES: that Yolo is open during this
  /// call; it may be closed afterwards, since the model lives as long as any
  /// copy.
  static Model FromHandle(std::int64_t handle);

  /// Properties of this model; a copy of them for a temporary model.
  [[nodiscard]] const ModelInfo& info() const&;
  [[nodiscard]] ModelInfo info() &&;

  /// How the network is rewritten for this machine, in sentences: the level
  /// that was asked for and, after the first prediction, what was done and what
  /// could not be done.
  [[nodiscard]] std::vector<std::string> optimizations() const;

  /// Finds objects in a picture. Throws Error kInvalidArgument, kInvalidImage,
  /// kInputSize, kInferenceFailed, kUnsupportedModel when the network's output
  /// differs from its metadata, kOutOfMemory, kTimeout or kUnhealthy.
  [[nodiscard]] ImageResult Predict(const ImageView& image,
                                    const PredictOptions& options = {});

  /// As above, for a batch of pictures with one run of the network.
  [[nodiscard]] Predictions Predict(const std::vector<ImageView>& images,
                                    const PredictOptions& options = {});

  /// What the network itself gives for a batch of pictures, which are padded as
  /// Predict pads them: for detect one tensor (B, 4 + classes, A) with cx, cy,
  /// w, h in pixels of the input and the classes' scores, for other tasks more
  /// rows or tensors, with suppression in the archive its rows. Of the options,
  /// input size and rect apply, and what such a suppression takes. Of an
  /// archive of some layers: their features, if the first is layer 0. Throws as
  /// Predict does, and Error kUnsupportedModel for an archive with `pipeline`.
  [[nodiscard]] std::vector<RawTensor> PredictRaw(
      const std::vector<ImageView>& images, const PredictOptions& options = {});

  /// As above, for a tensor that is ready: (B, channels, height, width), RGB in
  /// [0, 1]; for an archive of some layers whatever they take. Throws Error
  /// kInvalidArgument when the shape does not fit.
  [[nodiscard]] std::vector<RawTensor> PredictRaw(const RawTensor& input);

  /// Features of pictures, such as to search for similar ones: of each layer
  /// its maps averaged over all places, layer after layer: (B, values).
  /// `layers`: indices from 0 on, without the head; empty: the last before the
  /// head. The first call for a layer traces the network up to it, which holds
  /// one more copy of its weights. Throws Error kUnsupportedModel unless the
  /// model is a checkpoint or an architecture, kInvalidArgument, and as Predict
  /// does.
  [[nodiscard]] RawTensor Embed(const std::vector<ImageView>& images,
                                const std::vector<int>& layers = {},
                                const PredictOptions& options = {});

  /// Writes the model as a TorchScript archive and returns its path. The file
  /// appears whole or not at all. Throws Error kUnsupportedModel when the model
  /// is an archive already, and kWriteFailed.
  std::string Export(const ExportOptions& options = {});

 private:
  friend class Evaluator;
  class Impl;
  explicit Model(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

/// Whether this process can predict. False while a program runs that did not
/// end in its LoadOptions::timeout_ms and could not be stopped, in most cases
/// until the process ends: all calls then throw Error kUnhealthy, and closed
/// models keep their memory.
YOLOTORCH_EXPORT bool IsHealthy();

/// Versions and capabilities, one "key value" per line: yolotorch, libtorch,
/// cpu, capability, threads, cuda.
YOLOTORCH_EXPORT std::string BuildInfo();

}  // namespace yolotorch

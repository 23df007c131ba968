// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "yolotorch/defaults.h"

namespace yolotorch {

/// How to open a model.
struct LoadOptions {
  /// "cpu", "0", "cuda:1" or "mps".
  std::string device = "cpu";
  /// Seed of the random weights of a model that is opened by architecture name.
  std::uint64_t seed = 0;
  /// Task of an archive whose metadata names none or a wrong one; empty: the
  /// file decides. If the network itself shows another task, that task is used,
  /// and a warning says so.
  std::string task = {};
  /// Open archives whose code uses operators that no YOLO network needs, such
  /// as archives exported with `script`. A TorchScript archive is a program:
  /// set it only for files whose author you know. Integrity is still checked.
  bool trusted = false;
  /// SHA-256 that the file must have, 64 hexadecimal digits; empty: any. Costs
  /// one pass over the file.
  std::string sha256 = {};
  /// Cores that one prediction uses; 0 takes all that this process may use (its
  /// affinity mask and, in a container, its cgroup quota). REQUIRES: in [0,
  /// 1024].
  int threads = 0;
  /// How far a network is rewritten for the CPU before it runs; each level adds
  /// to the one below. 0: LibTorch alone; 1: channels_last memory format; 2:
  /// convolutions on weights packed for oneDNN; 3: fused operators on own
  /// kernels. The higher, the faster. Levels 2 and 3 take longer for the first
  /// prediction, and level 2 keeps a second copy of the weights. Results differ
  /// in the last digits only. Other devices ignore it. REQUIRES: in [0, 3].
  int optimize_level = 3;
  /// Number format that layers compute in. "fp32": single precision; "bf16":
  /// bfloat16 between layers, about twice as fast, with boxes that differ by
  /// about a pixel. bf16 needs a CPU with AVX512_BF16 and optimize_level 3.
  std::string precision = "fp32";
  /// Predict once while loading, on a grey batch of the input size and batch
  /// size that the file declares, at most 32. Loading takes longer by that
  /// prediction; the first prediction is then as fast as later ones, and a
  /// network that cannot run fails at once.
  bool warmup = false;
  /// Milliseconds that a run of a TorchScript archive may take for a batch, not
  /// counting the time until it begins; 0: any. Programs that yolotorch makes
  /// itself, of checkpoints and architectures, have none. What does not end
  /// even when it is told to is left behind; see IsHealthy(). REQUIRES: in [0,
  /// 86400000].
  std::int64_t timeout_ms = 0;
};

/// Which of the network's detections to keep.
struct PredictOptions {
  /// Keep detections whose score is strictly above this. The lower, the more
  /// candidates suppression has to compare. REQUIRES: in [0, 1].
  float conf = static_cast<float>(YOLOTORCH_DEFAULT_CONF);
  /// Drop a box whose intersection over union with a better box of its class is
  /// above this. The higher, the more duplicates remain. REQUIRES: in [0, 1].
  float iou = static_cast<float>(YOLOTORCH_DEFAULT_IOU);
  /// Maximum number of detections per picture. REQUIRES: in [1, 100000].
  int max_det = YOLOTORCH_DEFAULT_MAX_DET;
  /// Suppress boxes across classes, too.
  bool agnostic_nms = false;
  /// Class ids to keep; empty keeps all.
  std::vector<std::int32_t> classes = {};
  /// Input size of the network in pixels, rounded up to its stride; 0 takes the
  /// model's own. Time grows with the area. A static archive accepts its own
  /// size only.
  int net_height = 0;
  int net_width = 0;
  /// Pad a picture to the smallest rectangle of the network's stride that holds
  /// it, scaled to fit the input size, instead of to the whole input size: as
  /// Ultralytics predicts with a checkpoint. Applies to checkpoints and dynamic
  /// archives, to pictures of one size in a batch, and not to classify.
  bool rect = true;
  /// Segment: compute masks from the prototypes at the picture's size. Edges
  /// are cleaner; time grows with the picture's area.
  bool retina_masks = false;
};

/// How to write a TorchScript archive.
struct ExportOptions {
  /// Path of the archive; empty: that of the checkpoint with the suffix
  /// ".torchscript".
  std::string file = {};
  /// Input size, rounded up to the stride; 0 takes the checkpoint's training
  /// size.
  int net_height = 0;
  int net_width = 0;
  /// Batch size that the metadata records; the trace itself takes any batch.
  /// REQUIRES: in [1, 1024].
  int batch = 1;
  /// As in LoadOptions. The device must exist but has no effect: the trace is
  /// made on the CPU, and the archive names no device.
  std::string device = "cpu";
  /// The archive takes any height and width that are multiples of the stride.
  /// Anchors are then computed in each run.
  bool dynamic = false;
  /// The archive suppresses by itself and returns final detections. Not for
  /// classify.
  bool nms = false;
  /// With nms: default values of the optional inputs conf, iou, max_det and
  /// agnostic of the archive's forward.
  float conf = static_cast<float>(YOLOTORCH_DEFAULT_CONF);
  float iou = static_cast<float>(YOLOTORCH_DEFAULT_IOU);
  int max_det = YOLOTORCH_DEFAULT_MAX_DET;
  bool agnostic_nms = false;
  /// Store weights in half precision, cast to the input's type where they are
  /// used. The file is half as large.
  bool half = false;
  /// Freeze and fold the graph, and save it for the lite interpreter as well.
  /// Weights lose their state-dict names.
  bool optimize = false;
  /// forward takes one uint8 (H, W, 3) RGB picture of any size and returns
  /// final detections in its pixels; implies nms, except for classify. Not with
  /// dynamic.
  bool pipeline = false;
  /// A file of TorchScript source that defines forward() around
  /// self.network(x); empty: none. Not with nms or pipeline.
  std::string script = {};
  /// "FIRST-LAST": export only these layers; empty: all. Not with nms, pipeline
  /// or script.
  std::string layers = {};
};

}  // namespace yolotorch

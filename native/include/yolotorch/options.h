// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace yolotorch {

/// How to open a model.
struct LoadOptions {
  /// "cpu", "0", "cuda:1" or "mps".
  std::string device = "cpu";
  /// Of the random weights, when a model is opened by architecture name.
  std::uint64_t seed = 0;
  /// Task of an archive that does not say its own, or says another than its
  /// network is of; empty: the file decides. Where the network itself shows
  /// another task, that is used, and a warning says so.
  std::string task = {};
  /// Open archives whose code uses operators that no YOLO network needs, such
  /// as those made with your own `script`. A TorchScript archive is a program:
  /// only for files whose author you know. Integrity is checked all the same.
  bool trusted = false;
  /// SHA-256 that the file must have, 64 hexadecimal digits; empty: any.
  std::string sha256 = {};
  /// Cores that one prediction uses; 0 takes those that this process may use
  /// (its affinity and, in a container, its cgroup's quota). REQUIRES: in [0,
  /// 1024].
  int threads = 0;
  /// How far a network is rewritten for the CPU before it runs; each level adds
  /// to the one below. 0: LibTorch alone; 1: pictures pixel by pixel
  /// (channels_last); 2: convolutions on weights packed for oneDNN, a second
  /// copy of them in memory; 3: layers by own kernels, fused and written where
  /// they are needed. Results differ in the last digits only. Other devices
  /// take no notice of it. REQUIRES: in [0, 3].
  int optimize_level = 3;
  /// What layers compute in. "fp32": single precision; "bf16": bfloat16 where
  /// only layers read it, about twice as fast, with boxes that differ by a
  /// pixel or so. bf16 needs a CPU with AVX512_BF16 and optimize_level 3.
  std::string precision = "fp32";
  /// Predict once while loading, a grey batch of the size and number that the
  /// file declares, at most 32: the first prediction is then as quick as later
  /// ones, and a network that cannot run fails at once.
  bool warmup = false;
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
  /// Segment: masks straight from the prototypes at the picture's size, with
  /// cleaner edges; takes longer.
  bool retina_masks = false;
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
  /// As in LoadOptions. Checked to be there, but of no consequence: the trace
  /// is made on the CPU and the archive names no device.
  std::string device = "cpu";
  /// Any height and width that are multiples of the stride, instead of one.
  bool dynamic = false;
  /// Final detections instead of raw ones. Not for classify.
  bool nms = false;
  /// With nms: defaults that the archive's forward takes when its optional
  /// inputs conf, iou, max_det and agnostic are left out.
  float conf = 0.25F;
  float iou = 0.7F;
  int max_det = 300;
  bool agnostic_nms = false;
  /// Weights in half precision, cast to the input's type where they are used.
  bool half = false;
  /// Frozen, folded, and saved for the lite interpreter as well.
  bool optimize = false;
  /// forward takes one uint8 (H, W, 3) RGB picture of any size and gives final
  /// detections in its pixels; implies nms but for classify. Not with dynamic.
  bool pipeline = false;
  /// A file of TorchScript source that defines forward() around
  /// self.network(x); empty: none. Not with nms or pipeline.
  std::string script = {};
  /// "FIRST-LAST": only these layers, the rest left out; empty: all. Not with
  /// nms, pipeline or script.
  std::string layers = {};
};

}  // namespace yolotorch

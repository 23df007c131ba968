// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "formats/checkpoint.h"
#include "formats/pickle.h"
#include "formats/zip_archive.h"
#include "graph/network.h"
#include "graph/saved_module.h"
#include "support.h"
#include "train/checkpoint_writer.h"

namespace yolotorch::train {

/// Checkpoints of the assets whose families are built in.
inline constexpr const char* kWeights[] = {"yolo11n",      "yolo11n-seg",
                                           "yolo11n-pose", "yolo11n-cls",
                                           "shapes-obb",   "yolov8n-random"};

/// Tensors by their names in a state dict, in order.
using Named = std::vector<std::pair<std::string, at::Tensor>>;

/// A checkpoint as a whole: its network, not folded, its tensors in their own
/// type, and its pickle.
struct Opened {
  Opened(test::Bytes bytes, const std::string& label);
  /// One of the assets, such as "yolo11n-seg".
  static Opened Weights(const std::string& name);

  formats::Checkpoint checkpoint;
  graph::SavedModule saved;
  std::unique_ptr<graph::Network> network;
  Named tensors;
  test::Bytes bytes;
  formats::ZipArchive archive;  ///< of these bytes
  formats::Pickle pickle;
};

/// The entries at the top of a pickle, without those of the network, as the
/// writer takes them.
nlohmann::ordered_json InfoOf(const formats::Pickle& pickle);

/// A file of these layers and tensors, which may have another type.
CheckpointFile FileOf(const graph::Network& network, const Named& tensors);
/// As above, with the network's own weights.
CheckpointFile FileOf(const graph::Network& network);
/// What is to be written to get an open checkpoint again.
CheckpointFile FileOf(const Opened& opened);

/// What is written, by way of a file.
Opened WriteAndOpen(const CheckpointFile& file);

/// A network of a yaml's text, at a scale that it lists.
std::unique_ptr<graph::Network> NetworkOfYaml(const std::string& text,
                                              const std::string& scale);

/// The yaml of YOLOv8 for a task: the built-in head's name and arguments are
/// "Detect" and "[nc]", for instance.
std::string YamlOfYolov8(const std::string& head, const std::string& arguments,
                         const std::string& keys = "");

/// Outputs for a fixed picture of 64 x 64.
std::vector<at::Tensor> OutputsOf(graph::Network& network);

/// Expects outputs that are equal to the bit.
void ExpectEqual(const std::vector<at::Tensor>& actual,
                 const std::vector<at::Tensor>& expected);

/// Expects the same tensors in the same order, equal to the bit.
void ExpectEqual(const Named& actual, const Named& expected);

/// Expects that the yaml of both says the same.
void ExpectEqual(const graph::Architecture& actual,
                 const graph::Architecture& expected);

}  // namespace yolotorch::train

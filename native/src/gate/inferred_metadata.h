// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gate/gate.h"
#include "yolotorch/task.h"

namespace yolotorch::gate {

/// A head with strides 8, 16 and 32 has so many anchors for every square of
/// `kCell` x `kCell` pixels.
inline constexpr std::int64_t kAnchorsPerCell = 21;
inline constexpr std::int64_t kCell = 32;

/// What an archive's weights and code tell of the network, whatever its
/// metadata says. Zero, empty or false: not known.
struct InferredMetadata {
  std::optional<Task> task;
  std::string task_reason;  ///< "it has a branch of prototypes"
  std::int64_t classes = 0;
  std::int64_t extras = 0;  ///< pose: values of all keypoints of an object
  bool nms = false;         ///< non-maximum suppression in the graph
  int nms_batch = 0;        ///< pictures that another's suppression serves
  bool one_to_one = false;  ///< a head whose detections are final
  bool dynamic = false;     ///< anchors are made in the graph
  /// Side of the square input that the anchors were made for.
  std::int64_t side = 0;
  std::string sppf_activation;  ///< "SiLU" or "Identity"
};

InferredMetadata InferMetadata(const ArchiveFacts& facts);

}  // namespace yolotorch::gate

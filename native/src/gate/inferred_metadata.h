// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gate/gate.h"
#include "yolotorch/task.h"

namespace yolotorch::gate {

/// Number of anchors per kCell x kCell pixels of a head with strides 8, 16 and
/// 32.
inline constexpr std::int64_t kAnchorsPerCell = 21;
inline constexpr std::int64_t kCell = 32;

/// Properties of the network that follow from an archive's weights and code,
/// independent of its metadata. Zero, empty or false: unknown.
struct InferredMetadata {
  std::optional<Task> task;
  std::string task_reason;  ///< "it has a branch of prototypes"
  std::int64_t classes = 0;
  /// Of a picture, as the first convolution says; of one with groups, those of
  /// a group.
  std::int64_t channels = 0;
  std::int64_t extras = 0;  ///< pose: values of all keypoints of an object
  bool nms = false;         ///< non-maximum suppression in the graph
  int nms_batch =
      0;  ///< batch size that another program's suppression is unrolled for
  bool one_to_one = false;  ///< the head returns final detections
  bool dynamic = false;     ///< anchors are computed in the graph
  /// Side of the square input that the anchors were made for.
  std::int64_t side = 0;
  std::string sppf_activation;  ///< "SiLU" or "Identity"
};

InferredMetadata InferMetadata(const ArchiveFacts& facts);

}  // namespace yolotorch::gate

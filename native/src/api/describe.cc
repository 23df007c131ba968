// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/describe.h"

#include "base/text.h"
#include "graph/flops.h"

namespace yolotorch::api {
namespace {

// What a file says of itself, as it may be shown.
std::string Shown(const std::string& text) {
  constexpr std::size_t kLongest = 2'000;
  return base::OneLine(text, kLongest);
}

}  // namespace

ModelInfo Describe(const metadata::Metadata& metadata,
                   const std::string& kind) {
  ModelInfo info;
  info.kind = kind;
  info.task = metadata.task;
  info.family = Shown(metadata.family);
  info.scale = Shown(metadata.scale);
  info.net_height = static_cast<int>(metadata.imgsz[0]);
  info.net_width = static_cast<int>(metadata.imgsz[1]);
  info.stride = metadata.stride;
  info.batch = metadata.batch;
  info.channels = metadata.channels;
  info.dynamic = metadata.dynamic;
  info.nms = metadata.nms;
  info.end2end = metadata.end2end;
  info.names = metadata.names;
  info.description = Shown(metadata.description);
  info.license = Shown(metadata.license);
  info.version = Shown(metadata.version);
  info.date = Shown(metadata.date);
  for (const std::string& warning : metadata.warnings) {
    info.warnings.push_back(Shown(warning));
  }
  if (metadata.task == Task::kPose) {
    info.keypoints = metadata.kpt_shape[0];
    info.keypoint_values = metadata.kpt_shape[1];
  }
  info.sppf_activation = Shown(metadata.sppf_activation);
  info.sppf_source = Shown(metadata.sppf_source);
  if (info.sppf_source.empty() && !info.sppf_activation.empty()) {
    info.sppf_source = "the archive's metadata";
  }
  return info;
}

ModelInfo DescribeSource(const NetworkSource& source, const std::string& kind,
                         const std::string& asked_task) {
  const metadata::Metadata& metadata = source.metadata;
  ModelInfo info = Describe(metadata, kind);
  if (!asked_task.empty() && asked_task != NameOf(info.task)) {
    info.warnings.push_back(
        "The task '" + asked_task + "' was asked for, but the model's is '" +
        std::string(NameOf(info.task)) + "', which is used.");
  }
  info.dynamic = true;
  info.parameters = source.network->CountParameters();
  info.parameters_raw = source.parameters_raw;
  info.gflops =
      graph::CountFlops(*source.network, metadata.imgsz[0], metadata.imgsz[1]) /
      1e9;
  const int classes = source.network->architecture().classes;
  for (int id = 0; id < classes; ++id) {
    info.names.try_emplace(id, "class" + std::to_string(id));
  }
  return info;
}

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/archive.h"

#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string_view>

#include "runtime/torchvision_nms.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

// Lets LibTorch read from memory, so that what was checked is what is loaded.
class MemoryAdapter : public caffe2::serialize::ReadAdapterInterface {
 public:
  explicit MemoryAdapter(checkpoint::Bytes bytes) : bytes_(bytes) {}

  [[nodiscard]] size_t size() const override { return bytes_.size(); }

  size_t read(std::uint64_t position, void* out, size_t count,
              const char* /*what*/) const override {
    if (position > bytes_.size()) return 0;
    const size_t length = std::min(count, bytes_.size() - position);
    std::memcpy(out, bytes_.data() + position, length);
    return length;
  }

 private:
  checkpoint::Bytes bytes_;
};

}  // namespace

bool IsTorchScript(const checkpoint::ZipArchive& zip) {
  return zip.Find("constants.pkl") != nullptr;
}

Archive LoadArchive(checkpoint::Bytes bytes, const checkpoint::ZipArchive& zip,
                    const std::string& label, c10::Device device) {
  zip.VerifyChecksums();
  std::string_view config;
  if (const auto* entry = zip.Find("extra/config.txt")) {
    if (!entry->stored) {
      throw Error(Code::kUnsupportedModel,
                  "'" + label +
                      "' holds compressed metadata; expected a TorchScript "
                      "archive as LibTorch writes it.");
    }
    config = {reinterpret_cast<const char*>(entry->data.data()),
              entry->data.size()};
  }
  Archive archive;
  archive.metadata = exporter::FromJson(config, label);
  const exporter::Metadata& metadata = archive.metadata;
  constexpr std::array<std::string_view, 5> kTasks = {
      "detect", "segment", "pose", "obb", "classify"};
  if (std::find(kTasks.begin(), kTasks.end(), metadata.task) == kTasks.end()) {
    throw Error(Code::kUnsupportedModel,
                "'" + label + "' is a model for task '" + metadata.task +
                    "'; this version runs detect, segment, pose, obb and "
                    "classify.");
  }
  if (metadata.pipeline) {
    throw Error(Code::kUnsupportedModel,
                "'" + label +
                    "' was exported with pipeline=True: it takes pictures by "
                    "itself, so run it with LibTorch, or export it without.");
  }
  if (!metadata.layers.empty()) {
    throw Error(Code::kUnsupportedModel,
                "'" + label + "' holds layers " + metadata.layers +
                    " of a model only, so it cannot predict.");
  }
  if (metadata.end2end && !metadata.nms) {
    throw Error(Code::kUnsupportedModel,
                "'" + label +
                    "' ends in final detections (a model without non-maximum "
                    "suppression); this version runs YOLO11 and YOLOv8.");
  }
  if (metadata.nms && !metadata.own_nms) {
    RegisterTorchvisionNms();
    archive.metadata.warnings.push_back(
        "'" + label +
        "' was exported with nms=True by another program: the conf, iou, "
        "max_det and agnostic_nms of that export apply before yours, and it "
        "does not say them.");
  }
  try {
    archive.module = torch::jit::load(std::make_shared<MemoryAdapter>(bytes),
                                      device, /*load_debug_files=*/false);
  } catch (const c10::Error& error) {
    std::string reason = error.what_without_backtrace();
    reason = reason.substr(0, reason.find('\n'));
    throw Error(Code::kCorruptModel, "'" + label +
                                         "' cannot be loaded by LibTorch (" +
                                         reason + "): export the model again.");
  }
  archive.module.eval();
  return archive;
}

}  // namespace yolotorch::runtime

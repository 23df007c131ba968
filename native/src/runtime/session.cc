// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/session.h"

#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include "runtime/device.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

std::string SizeText(std::int64_t height, std::int64_t width) {
  return std::to_string(height) + " x " + std::to_string(width);
}

}  // namespace

Session::Session(const torch::jit::Module& module, exporter::Metadata metadata,
                 c10::Device device, std::string label)
    : metadata_(std::move(metadata)),
      device_(device),
      label_(std::move(label)),
      module_(torch::jit::freeze(module)) {
  PrepareProcess();
}

void Session::CheckSize(std::int64_t height, std::int64_t width) const {
  if (metadata_.dynamic) {
    if (height % metadata_.stride == 0 && width % metadata_.stride == 0) {
      return;
    }
    throw Error(Code::kInputSize,
                "'" + label_ + "' takes sizes that are multiples of " +
                    std::to_string(metadata_.stride) + ", but imgsz is " +
                    SizeText(height, width) + " (height x width).");
  }
  if (height == metadata_.imgsz[0] && width == metadata_.imgsz[1]) return;
  throw Error(Code::kInputSize,
              "'" + label_ + "' was exported for " +
                  SizeText(metadata_.imgsz[0], metadata_.imgsz[1]) +
                  " (height x width), but imgsz is " + SizeText(height, width) +
                  ": leave imgsz out, or export the model for that size.");
}

at::Tensor Session::Detect(const at::Tensor& input) {
  CheckSize(input.size(2), input.size(3));
  const std::lock_guard<std::mutex> lock(mutex_);
  const c10::InferenceMode inference;
  // The plain interpreter: the profiling executor would spend the first runs
  // of every shape on measuring and recompiling.
  const torch::jit::GraphOptimizerEnabledGuard no_profiling(false);
  c10::IValue output = module_.forward({input.to(device_)});
  if (!output.isTensor() || output.toTensor().dim() != 3 ||
      output.toTensor().size(0) != input.size(0) ||
      output.toTensor().size(1) < 5) {
    throw Error(Code::kUnsupportedModel,
                "'" + label_ +
                    "' does not give one (batch, 4 + classes, anchors) "
                    "tensor, so it is no plain detection model.");
  }
  return output.toTensor().to(c10::kCPU, at::kFloat).contiguous();
}

}  // namespace yolotorch::runtime

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/torchvision_nms.h"

#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <vector>

namespace yolotorch::archive {
namespace {

// torchvision's rule: best first, equal scores in order, a box goes when a kept
// one overlaps it by more than the threshold. `boxes` (n, 4): x1, y1, x2, y2.
// Returns the indices kept, int64, on the device of the boxes.
at::Tensor Nms(const at::Tensor& boxes, const at::Tensor& scores,
               double threshold) {
  TORCH_CHECK(boxes.dim() == 2 && boxes.size(1) == 4,
              "nms takes boxes of shape (n, 4), but got ", boxes.sizes());
  TORCH_CHECK(scores.dim() == 1 && scores.size(0) == boxes.size(0),
              "nms takes one score a box, but got ", scores.sizes());
  const at::Tensor corners = boxes.to(at::kCPU, at::kFloat).contiguous();
  const at::Tensor order =
      std::get<1>(scores.to(at::kCPU, at::kFloat)
                      .sort(/*stable=*/true, /*dim=*/0, /*descending=*/true));
  const auto* box = corners.const_data_ptr<float>();
  const auto* rank = order.const_data_ptr<std::int64_t>();
  const auto area = [&](const float* b) {
    return (b[2] - b[0]) * (b[3] - b[1]);
  };
  std::vector<std::int64_t> kept;
  for (std::int64_t i = 0; i < order.numel(); ++i) {
    const float* b = box + 4 * rank[i];
    const bool suppressed =
        std::any_of(kept.begin(), kept.end(), [&](std::int64_t index) {
          const float* a = box + 4 * index;
          const float width =
              std::max(0.0F, std::min(a[2], b[2]) - std::max(a[0], b[0]));
          const float height =
              std::max(0.0F, std::min(a[3], b[3]) - std::max(a[1], b[1]));
          const float shared = width * height;
          return shared / (area(a) + area(b) - shared) >
                 static_cast<float>(threshold);
        });
    if (!suppressed) kept.push_back(rank[i]);
  }
  return at::tensor(kept, at::kLong).to(boxes.device());
}

}  // namespace

void RegisterTorchvisionNms() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (c10::Dispatcher::singleton().findSchema({"torchvision::nms", ""})) {
      return;
    }
    // Never freed: archives that use it may live as long as the process.
    static auto* library =
        new torch::Library(torch::Library::FRAGMENT, "torchvision",
                           std::nullopt, __FILE__, __LINE__);
    library->def(
        "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor");
    library->impl("nms",
                  torch::dispatch(c10::DispatchKey::CompositeExplicitAutograd,
                                  TORCH_FN(Nms)));
  });
}

}  // namespace yolotorch::archive

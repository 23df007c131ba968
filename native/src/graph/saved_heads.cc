// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/saved_heads.h"

#include <string>

#include "graph/prototypes.h"
#include "graph/saved_blocks.h"

namespace yolotorch::graph {
namespace {

constexpr std::int64_t kMaxBins = 1'024;

// The plain convolution that every branch of a head ends with.
const SavedModule& LastOf(const SavedModule& branch) {
  if (branch.children.empty()) branch.Fail("is empty");
  return branch.children.back();
}

// Throws unless there is a branch for every feature map and each gives
// `outputs` values per anchor.
void CheckBranches(const SavedModule& list, std::size_t levels,
                   std::int64_t outputs) {
  if (list.children.size() != levels) {
    list.Fail("has " + std::to_string(list.children.size()) + " branches for " +
              std::to_string(levels) + " feature maps");
  }
  for (const SavedModule& branch : list.children) {
    const std::int64_t actual = OutputChannels(LastOf(branch));
    if (actual != outputs) {
      LastOf(branch).Fail("gives " + std::to_string(actual) +
                          " channels, but the head needs " +
                          std::to_string(outputs));
    }
  }
}

// A convolution that only holds the numbers of the bins.
Tensor ReadBins(const SavedModule& head) {
  const SavedModule& conv = head.Child("dfl").Child("conv");
  const std::vector<std::int64_t>& shape = conv.Shape("weight", 4);
  if (shape[0] != 1 || shape[1] > kMaxBins || shape[2] != 1 || shape[3] != 1) {
    conv.Fail("is no weighting of bins");
  }
  return conv.Take("weight", 4);
}

}  // namespace

int SavedClasses(const SavedModule& head) {
  constexpr std::int64_t kMaxClasses = 10'000;
  std::int64_t classes = 0;
  if (head.kind() == "Classify") {
    classes = head.Child("linear").Shape("weight", 2)[0];
  } else {
    const SavedModule& branches = head.Child("cv3");
    classes = OutputChannels(LastOf(LastOf(branches)));
  }
  if (classes > kMaxClasses) {
    head.Fail("has more than " + std::to_string(kMaxClasses) + " classes");
  }
  return static_cast<int>(classes);
}

Detect::Detect(const SavedModule& saved, const HeadOptions& options)
    : classes_(options.classes), level_strides_(options.strides) {
  saved.ExpectForward({});
  bins_ = ReadBins(saved);
  const SavedModule& boxes = saved.Child("cv2");
  const SavedModule& scores = saved.Child("cv3");
  const std::size_t levels = level_strides_.size();
  CheckBranches(boxes, levels, 4 * bins_.size(1));
  CheckBranches(scores, levels, classes_);
  AddBranches("cv2", boxes, &box_branches_);
  AddBranches("cv3", scores, &class_branches_);
  const auto dfl =
      register_module("dfl", std::make_shared<torch::nn::Module>());
  const auto conv =
      dfl->register_module("conv", std::make_shared<torch::nn::Module>());
  bins_ = conv->register_parameter("weight", bins_, /*requires_grad=*/false);
}

void Detect::AddBranches(const char* name, const SavedModule& list,
                         std::vector<std::shared_ptr<Chain>>* branches) {
  const auto own = register_module(name, std::make_shared<torch::nn::Module>());
  for (const SavedModule& branch : list.children) {
    branches->push_back(
        own->register_module(branch.name, std::make_shared<Chain>(branch)));
  }
}

void Detect::AddExtraBranches(const SavedModule& saved, std::int64_t extra) {
  CheckBranches(saved.Child("cv4"), box_branches_.size(), extra);
  AddBranches("cv4", saved.Child("cv4"), &extra_branches_);
}

Segment::Segment(const SavedModule& saved, const HeadOptions& options)
    : Detect(saved, options) {
  const SavedModule& prototypes = saved.Child("proto");
  const std::int64_t masks =
      OutputChannels(prototypes.Child("cv3").Child("conv"));
  prototypes_ =
      register_module("proto", std::make_shared<Prototypes>(prototypes));
  AddExtraBranches(saved, masks);
}

Pose::Pose(const SavedModule& saved, const HeadOptions& options)
    : Detect(saved, options),
      keypoints_(options.keypoints),
      values_(options.keypoint_values) {
  AddExtraBranches(saved, std::int64_t{keypoints_} * values_);
}

Obb::Obb(const SavedModule& saved, const HeadOptions& options)
    : Detect(saved, options) {
  AddExtraBranches(saved, 1);
}

Classify::Classify(const SavedModule& saved) {
  saved.ExpectForward({});
  conv_ = register_module("conv", std::make_shared<Conv>(saved.Child("conv")));
  const SavedModule& last = saved.Child("linear");
  last.Expect({"Linear"});
  const std::int64_t classes = last.Shape("weight", 2)[0];
  const auto linear =
      register_module("linear", std::make_shared<torch::nn::Module>());
  weight_ = linear->register_parameter("weight", last.Take("weight", 2),
                                       /*requires_grad=*/false);
  if (last.Has("bias")) {
    bias_ = linear->register_parameter("bias", last.TakeVector("bias", classes),
                                       /*requires_grad=*/false);
  }
}

}  // namespace yolotorch::graph

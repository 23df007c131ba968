// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>
#include <vector>

#include "graph/heads.h"
#include "graph/saving.h"

namespace yolotorch::graph {
namespace {

SavedModule SaveBranches(std::string_view name,
                         const std::vector<std::shared_ptr<Chain>>& branches) {
  SavedModule saved = MakeSaved(name, "ModuleList");
  for (std::size_t i = 0; i < branches.size(); ++i) {
    saved.children.push_back(SaveBlock(std::to_string(i), *branches[i]));
  }
  return saved;
}

double ChannelsOf(const SavedModule& conv) {
  return static_cast<double>(conv.Child("conv").Shape("weight", 4)[0]);
}

}  // namespace

void Detect::SaveCommon(std::string_view kind, SavedModule* saved) const {
  saved->type = TypeOfKind(kind);
  const auto bins = static_cast<double>(bins_.size(1));
  saved->numbers["nc"] = {static_cast<double>(classes_)};
  saved->numbers["nl"] = {static_cast<double>(box_branches_.size())};
  saved->numbers["reg_max"] = {bins};
  saved->numbers["no"] = {classes_ + 4 * bins};
  saved->numbers["stride"] = level_strides_;
  SavedModule dfl = MakeSaved("dfl", "DFL");
  dfl.numbers["c1"] = {bins};
  dfl.children = {SaveConvolution("conv", bins_, Tensor(), Steps())};
  saved->children = {SaveBranches("cv2", box_branches_),
                     SaveBranches("cv3", class_branches_), std::move(dfl)};
}

void Detect::SaveExtra(SavedModule* saved) const {
  saved->children.push_back(SaveBranches("cv4", extra_branches_));
}

void Detect::Save(SavedModule* saved) const { SaveCommon("Detect", saved); }

void Segment::Save(SavedModule* saved) const {
  SaveCommon("Segment", saved);
  saved->children.push_back(SaveBlock("proto", *prototypes_));
  const SavedModule& prototypes = saved->children.back();
  saved->numbers["nm"] = {ChannelsOf(prototypes.Child("cv3"))};
  saved->numbers["npr"] = {ChannelsOf(prototypes.Child("cv1"))};
  SaveExtra(saved);
}

void Pose::Save(SavedModule* saved) const {
  SaveCommon("Pose", saved);
  const auto keypoints = static_cast<double>(keypoints_);
  const auto values = static_cast<double>(values_);
  saved->numbers["kpt_shape"] = {keypoints, values};
  saved->numbers["nk"] = {keypoints * values};
  SaveExtra(saved);
}

void Obb::Save(SavedModule* saved) const {
  SaveCommon("OBB", saved);
  saved->numbers["ne"] = {1};
  SaveExtra(saved);
}

void Classify::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("Classify");
  SavedModule linear = MakeSaved("linear", "Linear");
  linear.numbers["in_features"] = {static_cast<double>(weight_.size(1))};
  linear.numbers["out_features"] = {static_cast<double>(weight_.size(0))};
  SaveTensor(&linear, "weight", weight_);
  SaveTensor(&linear, "bias", bias_);
  saved->children = {SaveBlock("conv", *conv_),
                     MakeSaved("pool", "AdaptiveAvgPool2d"),
                     MakeSaved("drop", "Dropout"), std::move(linear)};
}

}  // namespace yolotorch::graph

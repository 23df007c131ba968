// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/blocks.h"

namespace yolotorch::graph {

/// Height and width of a feature map, in cells.
using MapSize = std::pair<std::int64_t, std::int64_t>;

/// The last layer of a network: takes feature maps, returns the task's tensors.
class Head : public torch::nn::Module {
 public:
  virtual std::vector<Tensor> Forward(const std::vector<Tensor>& maps) = 0;

  /// What Forward() computes its result from, as a loss takes it: logits of
  /// the bins of the boxes' sides (B, 4 bins, A), logits of the classes (B,
  /// classes, A), then the task's own: mask coefficients (B, M, A) and
  /// prototypes; keypoints as the convolutions give them (B, K D, A); angles in
  /// radians (B, 1, A). Of a classifier its logits alone, (B, classes).
  virtual std::vector<Tensor> Raw(const std::vector<Tensor>& maps) = 0;
  /// The opposite of being made of a saved module, as Block::Save().
  virtual void Save(SavedModule* saved) const = 0;

  /// Fixes the head to feature maps of these sizes; an empty list allows any
  /// size, and each run then computes the anchors.
  virtual void FixSize(const std::vector<MapSize>& sizes) = 0;

  /// What depends on the fixed size only: neither learned nor part of a state
  /// dict.
  [[nodiscard]] virtual std::vector<std::pair<std::string, Tensor>>
  SizeBuffers() const {
    return {};
  }

  /// Sets the biases that training starts from.
  virtual void InitializeBias() = 0;
};

/// Sizes of what a task adds to the boxes and classes of every anchor, from the
/// head row of the yaml.
struct HeadOptions {
  int classes = 80;
  bool legacy = false;  ///< YOLOv8's class branch: full convolutions
  std::int64_t mask_coefficients = 32;  ///< segment
  std::int64_t prototype_width = 64;    ///< segment: hidden channels, scaled
  int keypoints = 17;                   ///< pose
  int keypoint_values = 3;              ///< pose: x, y and, if 3, visibility
  std::vector<double> strides;  ///< input pixels per cell of every feature map
};

/// Boxes and class scores: (B, 4 + classes, A) with rows cx, cy, w, h in
/// input pixels, then probabilities. Anchors A run over the feature maps in
/// their order, in each row by row.
class Detect : public Head {
 public:
  /// `inputs`: channels of the feature maps, one or more; the first decides how
  /// wide the branches are.
  Detect(const HeadOptions& options, const std::vector<std::int64_t>& inputs);
  /// Of `options` only classes and strides are used.
  Detect(const SavedModule& saved, const HeadOptions& options);

  std::vector<Tensor> Forward(const std::vector<Tensor>& maps) override;
  std::vector<Tensor> Raw(const std::vector<Tensor>& maps) override;
  void Save(SavedModule* saved) const override;
  void FixSize(const std::vector<MapSize>& sizes) override;
  [[nodiscard]] std::vector<std::pair<std::string, Tensor>> SizeBuffers()
      const override;
  void InitializeBias() override;

  /// Input pixels per cell of every feature map.
  [[nodiscard]] const std::vector<double>& level_strides() const {
    return level_strides_;
  }

 protected:
  /// Of every anchor: cell centre in cells, (1, 2, A) or (2, A), and input
  /// pixels per cell, (1, 1, A) or (1, A).
  struct Grid {
    Tensor anchors;
    Tensor strides;
  };
  [[nodiscard]] Grid GridFor(const std::vector<Tensor>& maps) const;

  /// Adds the branches cv4, `extra` values per anchor.
  void AddExtraBranches(const std::vector<std::int64_t>& inputs,
                        std::int64_t extra);
  void AddExtraBranches(const SavedModule& saved, std::int64_t extra);
  /// The extra values of every anchor: (B, extra, A).
  [[nodiscard]] Tensor Extra(const std::vector<Tensor>& maps) const;
  /// Logits of the bins of the boxes' sides: (B, 4 bins, A).
  [[nodiscard]] Tensor BoxLogits(const std::vector<Tensor>& maps) const;
  /// Logits of the classes: (B, classes, A).
  [[nodiscard]] Tensor ClassLogits(const std::vector<Tensor>& maps) const;
  /// Class probabilities: (B, classes, A).
  [[nodiscard]] Tensor Scores(const std::vector<Tensor>& maps) const;
  /// Distances from the anchor to left, top, right, bottom, in cells:
  /// (B, 4, A).
  [[nodiscard]] Tensor Sides(const std::vector<Tensor>& maps) const;
  /// (B, 4, A): cx, cy, w, h in input pixels.
  [[nodiscard]] Tensor Boxes(const std::vector<Tensor>& maps) const;

  /// What all heads have: attributes, cv2, cv3 and dfl; and cv4.
  void SaveCommon(std::string_view kind, SavedModule* saved) const;
  void SaveExtra(SavedModule* saved) const;

 private:
  void AddBranches(const char* name, const SavedModule& list,
                   std::vector<std::shared_ptr<Chain>>* branches);

  int classes_;
  std::vector<double> level_strides_;
  std::vector<std::shared_ptr<Chain>> box_branches_;
  std::vector<std::shared_ptr<Chain>> class_branches_;
  std::vector<std::shared_ptr<Chain>> extra_branches_;
  std::vector<std::shared_ptr<Projection>> box_outputs_;
  std::vector<std::shared_ptr<Projection>> class_outputs_;
  Tensor bins_;     // (1, 16, 1, 1): 0 .. 15, as a rule
  Tensor anchors_;  // (2, A); undefined: free for any size
  Tensor strides_;  // (1, A)
};

/// Detect with mask coefficients after the scores, and the prototypes they
/// mix, twice as large as the first feature map: (B, 4 + classes + M, A) and,
/// where that has stride 8, (B, M, H/4, W/4).
class Segment : public Detect {
 public:
  Segment(const HeadOptions& options, const std::vector<std::int64_t>& inputs);
  Segment(const SavedModule& saved, const HeadOptions& options);
  std::vector<Tensor> Forward(const std::vector<Tensor>& maps) override;
  std::vector<Tensor> Raw(const std::vector<Tensor>& maps) override;
  void Save(SavedModule* saved) const override;

 private:
  std::shared_ptr<Block> prototypes_;
};

/// Detect with keypoints after the scores: (B, 4 + classes + K D, A), each
/// keypoint x, y in input pixels and, if D is 3, its visibility in [0, 1].
class Pose : public Detect {
 public:
  Pose(const HeadOptions& options, const std::vector<std::int64_t>& inputs);
  Pose(const SavedModule& saved, const HeadOptions& options);
  std::vector<Tensor> Forward(const std::vector<Tensor>& maps) override;
  std::vector<Tensor> Raw(const std::vector<Tensor>& maps) override;
  void Save(SavedModule* saved) const override;

 private:
  int keypoints_;
  int values_;
};

/// Rotated boxes: (B, 4 + classes + 1, A), the last row the angle theta in
/// (-pi/4, 3 pi/4), in radians.
class Obb : public Detect {
 public:
  Obb(const HeadOptions& options, const std::vector<std::int64_t>& inputs);
  Obb(const SavedModule& saved, const HeadOptions& options);
  std::vector<Tensor> Forward(const std::vector<Tensor>& maps) override;
  std::vector<Tensor> Raw(const std::vector<Tensor>& maps) override;
  void Save(SavedModule* saved) const override;

 private:
  // (B, 1, A), radians.
  [[nodiscard]] Tensor Angles(const std::vector<Tensor>& maps) const;
};

/// Class probabilities of the whole picture: (B, classes).
class Classify : public Head {
 public:
  Classify(int classes, std::int64_t input);
  explicit Classify(const SavedModule& saved);
  std::vector<Tensor> Forward(const std::vector<Tensor>& maps) override;
  std::vector<Tensor> Raw(const std::vector<Tensor>& maps) override;
  void Save(SavedModule* saved) const override;
  void FixSize(const std::vector<MapSize>& /*sizes*/) override {}
  void InitializeBias() override {}

  /// The share of the pooled values that training sets to zero; 0 at first.
  void set_dropout(double probability) { dropout_ = probability; }

 private:
  std::shared_ptr<Conv> conv_;
  Tensor weight_;
  Tensor bias_;
  double dropout_ = 0;
};

}  // namespace yolotorch::graph

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/loss.h"

#include <algorithm>
#include <array>
#include <utility>

#include "train/detect_loss.h"

namespace yolotorch::train {
namespace {

// Sigmas of COCO's 17 keypoints, from the nose to the ankles: how far
// annotators disagree, in parts of an object's size (Ronchi and Perona, 2017).
constexpr std::array<double, 17> kCocoSigmas = {
    0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072,
    0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089};

// From so many instances on, and on accelerators, a mask is cut at the pixels
// whose index lies in its box instead of at the box's rounded edges.
constexpr std::int64_t kManyInstances = 50;

// Pixels of maps (P, h, w) outside of boxes (P, 4), corners in pixels, are 0.
Tensor CutToBoxes(const Tensor& maps, const Tensor& boxes) {
  const bool rounded = maps.size(0) < kManyInstances && !maps.is_cuda();
  const Tensor edges = rounded ? boxes.round() : boxes;
  const auto edge = [&](std::int64_t i) {
    return edges.select(1, i).view({-1, 1, 1});
  };
  const Tensor x = at::arange(maps.size(2), boxes.options());
  const Tensor y = at::arange(maps.size(1), boxes.options()).unsqueeze(1);
  const Tensor kept = (x >= edge(0))
                          .logical_and_(x < edge(2))
                          .logical_and(y >= edge(1))
                          .logical_and_(y < edge(3));
  return maps * kept;
}

class SegmentLoss : public DetectLoss {
 public:
  using DetectLoss::DetectLoss;

 protected:
  // Binary cross-entropy of the masks in the prototypes' pixels, within the
  // labelled box and divided by its area: the mean of all assigned anchors.
  std::vector<Tensor> Extra(const std::vector<Tensor>& raw, const Batch& batch,
                            const Targets& targets) const override {
    const Tensor prototypes = raw[3].to(at::kFloat);
    const Assignment& found = targets.assignment;
    const Tensor coefficients = AtAnchors(raw[2], found).to(at::kFloat);
    if (found.anchor.size(0) == 0) {
      // The branches keep their place in the graph.
      return {(raw[2].sum() + raw[3].sum()) * 0.0 * gains().box};
    }
    const std::int64_t h = prototypes.size(2);
    const std::int64_t w = prototypes.size(3);
    const Tensor sides = at::tensor({static_cast<double>(targets.width),
                                     static_cast<double>(targets.height),
                                     static_cast<double>(targets.width),
                                     static_cast<double>(targets.height)},
                                    targets.boxes.options());
    const Tensor boxes = targets.boxes * targets.strides / sides;  // in parts
    const Tensor areas = (boxes.select(1, 2) - boxes.select(1, 0)) *
                         (boxes.select(1, 3) - boxes.select(1, 1));
    const Tensor pixel_boxes =
        boxes * at::tensor({w, h, w, h}, boxes.options());
    std::vector<Tensor> sums;
    for (std::int64_t i = 0; i < batch.images.size(0); ++i) {
      const Tensor own = (found.picture == i).nonzero().squeeze(1);
      if (own.size(0) == 0) continue;
      const Tensor wanted = MasksOf(batch, targets, i, own, h, w);
      const Tensor logits = coefficients.index({own})
                                .matmul(prototypes[i].flatten(1))
                                .view({-1, h, w});
      const Tensor fault = at::binary_cross_entropy_with_logits(
          logits, wanted, {}, {}, at::Reduction::None);
      sums.push_back((CutToBoxes(fault, pixel_boxes.index({own})).mean({1, 2}) /
                      areas.index({own}))
                         .sum());
    }
    return {at::stack(sums).sum() / static_cast<double>(found.anchor.size(0)) *
            gains().box};
  }

 private:
  // The masks of some assigned anchors of picture i: (n, h, w), 0 or 1.
  static Tensor MasksOf(const Batch& batch, const Targets& targets,
                        std::int64_t i, const Tensor& own, std::int64_t h,
                        std::int64_t w) {
    Tensor masks = batch.overlapping_masks
                       ? batch.masks[i].unsqueeze(0)
                       : batch.masks.index({targets.row.index({own})});
    if (masks.size(1) != h || masks.size(2) != w) {
      masks = at::upsample_nearest2d(masks.unsqueeze(0).to(at::kFloat), {h, w})
                  .squeeze(0);
    }
    if (!batch.overlapping_masks) return masks.to(at::kFloat);
    // Numbered from 1 in each picture.
    const Tensor number =
        targets.row.index({own}) - batch.picture.lt(i).sum() + 1;
    return (masks.to(at::kLong) == number.view({-1, 1, 1})).to(at::kFloat);
  }
};

class PoseLoss : public DetectLoss {
 public:
  PoseLoss(const Gains& gains, std::vector<double> strides, int keypoints)
      : DetectLoss(gains, std::move(strides)), keypoints_(keypoints) {}

 protected:
  // The loss of COCO's object keypoint similarity (Maji et al., "YOLO-Pose",
  // 2022), and binary cross-entropy of the keypoints' visibility.
  std::vector<Tensor> Extra(const std::vector<Tensor>& raw, const Batch& batch,
                            const Targets& targets) const override {
    const Assignment& found = targets.assignment;
    const std::int64_t values = raw[2].size(1) / keypoints_;
    const Tensor points = AtAnchors(raw[2], found)
                              .to(at::kFloat)
                              .unflatten(1, {keypoints_, values});
    if (found.anchor.size(0) == 0) {
      const Tensor none = raw[2].sum() * 0.0;
      return {none, none};
    }
    const Tensor labels = batch.keypoints.index({targets.row});
    const Tensor sides = at::tensor({static_cast<double>(targets.width),
                                     static_cast<double>(targets.height)},
                                    labels.options());
    const Tensor wanted =
        labels.slice(2, 0, 2) * sides / targets.strides.unsqueeze(2);
    const Tensor places =
        points.slice(2, 0, 2) * 2 + (targets.centres - 0.5).unsqueeze(1);
    const Tensor visible = values == 3
                               ? labels.select(2, 2).ne(0).to(at::kFloat)
                               : at::ones_like(places.select(2, 0));
    const Tensor size =
        (targets.boxes.slice(1, 2, 4) - targets.boxes.slice(1, 0, 2))
            .prod(1, /*keepdim=*/true);
    const Tensor distance = (places - wanted).square().sum(2);
    const Tensor exponent =
        distance / ((Sigmas(labels) * 2).square() * (size + 1e-9) * 2);
    const Tensor factor = static_cast<double>(keypoints_) /
                          (visible.sum(1, /*keepdim=*/true) + 1e-9);
    const Tensor pose = (factor * ((1 - (-exponent).exp()) * visible)).mean();
    const Tensor kobj = values == 3 ? at::binary_cross_entropy_with_logits(
                                          points.select(2, 2), visible)
                                    : at::zeros({}, pose.options());
    return {pose * gains().pose, kobj * gains().kobj};
  }

 private:
  [[nodiscard]] Tensor Sigmas(const Tensor& labels) const {
    if (keypoints_ == static_cast<int>(kCocoSigmas.size()) &&
        labels.size(2) == 3) {
      return at::tensor(at::ArrayRef<double>(kCocoSigmas), labels.options());
    }
    return at::full({keypoints_}, 1.0 / keypoints_, labels.options());
  }

  int keypoints_;
};

class ObbLoss : public DetectLoss {
 public:
  using DetectLoss::DetectLoss;

 protected:
  Tensor Boxes(const std::vector<Tensor>& raw,
               const Anchors& anchors) const override {
    const Tensor sides = ExpectedSides(raw[0]);
    Tensor boxes = RotatedBoxes(sides, anchors.centres, raw[2].transpose(1, 2));
    boxes.slice(2, 0, 4).mul_(anchors.strides);
    return boxes;
  }

  Tensor BoxFault(const std::vector<Tensor>& raw, const Tensor& sides,
                  const Targets& targets) const override {
    const Tensor angles = AtAnchors(raw[2], targets.assignment).to(at::kFloat);
    const Tensor fault =
        1 - ProbabilisticIou(RotatedBoxes(sides, targets.centres, angles),
                             targets.boxes);
    // Without an assigned anchor the angles keep their place in the graph.
    return angles.size(0) == 0 ? raw[2].sum() * 0.0 : fault;
  }

  // Boxes of fewer than 2 pixels a side have no direction.
  [[nodiscard]] Tensor TakePart(const Tensor& boxes) const override {
    constexpr double kLeastSide = 2;
    return (boxes.select(1, 2) >= kLeastSide)
        .logical_and_(boxes.select(1, 3) >= kLeastSide);
  }
};

// Cross-entropy, the mean of the pictures.
class ClassifyLoss : public LossFunction {
 public:
  Loss operator()(const std::vector<Tensor>& raw,
                  const Batch& batch) const override {
    const Tensor loss =
        at::cross_entropy_loss(raw[0].to(at::kFloat), batch.classes);
    return {loss, loss.detach().unsqueeze(0)};
  }
};

}  // namespace

std::vector<std::string> LossNames(Task task) {
  switch (task) {
    case Task::kDetect:
    case Task::kObb:
      return {"box_loss", "cls_loss", "dfl_loss"};
    case Task::kSegment:
      return {"box_loss", "seg_loss", "cls_loss", "dfl_loss"};
    case Task::kPose:
      return {"box_loss", "pose_loss", "kobj_loss", "cls_loss", "dfl_loss"};
    case Task::kClassify:
      break;
  }
  return {"loss"};
}

std::unique_ptr<LossFunction> LossFunction::Make(Task task, const Gains& gains,
                                                 std::vector<double> strides,
                                                 int keypoints) {
  switch (task) {
    case Task::kDetect:
      return std::make_unique<DetectLoss>(gains, std::move(strides));
    case Task::kSegment:
      return std::make_unique<SegmentLoss>(gains, std::move(strides));
    case Task::kPose:
      return std::make_unique<PoseLoss>(gains, std::move(strides), keypoints);
    case Task::kObb:
      return std::make_unique<ObbLoss>(gains, std::move(strides));
    case Task::kClassify:
      break;
  }
  return std::make_unique<ClassifyLoss>();
}

}  // namespace yolotorch::train

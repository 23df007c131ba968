// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/detect_loss.h"

#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace yolotorch::train {
namespace {

// Distances are kept below the last of 16 bins by this much.
constexpr double kBelowLastBin = 0.01;

// Binary cross-entropy of all logits (B, C, A), summed, where the scores to
// reach are 0 but for the assigned anchors, by picture, class and anchor: with
// logit x and target t it is log(1 + e^x) - x t, and its gradient 1 / (1 +
// e^-x) - t. Written as PyTorch's own function rounds, which counts where most
// logits are far below 0.
class ClassFault : public torch::autograd::Function<ClassFault> {
 public:
  static Tensor forward(torch::autograd::AutogradContext* context,
                        const Tensor& logits, const Tensor& picture,
                        const Tensor& classes, const Tensor& anchor,
                        const Tensor& scores) {
    context->save_for_backward({logits, picture, classes, anchor, scores});
    const Tensor own = logits.index({picture, classes, anchor});
    return at::log_sigmoid(logits).neg_().add_(logits).sum() -
           (own * scores).sum();
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context,
      const torch::autograd::variable_list& gradients) {
    const torch::autograd::variable_list saved = context->get_saved_variables();
    Tensor gradient = saved[0].sigmoid();
    gradient.index_put_({saved[1], saved[2], saved[3]}, -saved[4],
                        /*accumulate=*/true);
    return {gradient.mul_(gradients[0]), {}, {}, {}, {}};
  }
};

// Distribution focal loss (Li et al., "Generalized Focal Loss", 2020): the
// cross-entropies of the two bins beside the distance, weighted by how near
// they are; the mean of four sides. From logits (P, 4 bins) and distances (P,
// 4) to (P).
Tensor DistributionFault(const Tensor& logits, const Tensor& distances) {
  const Tensor log_bins = logits.unflatten(-1, {4, -1}).log_softmax(-1);
  const Tensor lower = distances.floor();
  const Tensor share = distances - lower;  // of the upper bin
  const Tensor bin = lower.to(at::kLong).unsqueeze(-1);
  const Tensor below = log_bins.gather(-1, bin).squeeze(-1);
  const Tensor above = log_bins.gather(-1, bin + 1).squeeze(-1);
  return -(below * (1 - share) + above * share).mean(-1);
}

}  // namespace

Tensor DetectLoss::AtAnchors(const Tensor& values,
                             const Assignment& assignment) {
  return values.transpose(1, 2).index({assignment.picture, assignment.anchor});
}

Tensor DetectLoss::Boxes(const std::vector<Tensor>& raw,
                         const Anchors& anchors) const {
  const Tensor sides = ExpectedSides(raw[0]);
  return at::cat({anchors.centres - sides.slice(-1, 0, 2),
                  anchors.centres + sides.slice(-1, 2, 4)},
                 -1) *
         anchors.strides;
}

Tensor DetectLoss::BoxFault(const std::vector<Tensor>& /*raw*/,
                            const Tensor& sides, const Targets& targets) const {
  const Tensor boxes = at::cat({targets.centres - sides.slice(-1, 0, 2),
                                targets.centres + sides.slice(-1, 2, 4)},
                               -1);
  return 1 - CompleteIou(boxes, targets.boxes);
}

DetectLoss::Targets DetectLoss::FindTargets(const std::vector<Tensor>& raw,
                                            const Batch& batch) const {
  const at::NoGradGuard no_grad;
  Targets targets;
  targets.height = batch.images.size(2);
  targets.width = batch.images.size(3);
  const at::Device device = raw[1].device();
  targets.anchors =
      MakeAnchors(targets.height, targets.width, strides_, device);
  const auto width = static_cast<double>(targets.width);
  const auto height = static_cast<double>(targets.height);
  const bool rotated = batch.boxes.size(1) == 5;
  Tensor boxes = batch.boxes.clone();
  boxes.slice(1, 0, 4).mul_(
      at::tensor({width, height, width, height}, boxes.options()));
  if (!rotated) boxes = CornersOf(boxes);

  // An object whose numbers sum to 0 is none.
  Tensor part = boxes.slice(1, 0, 4).sum(1) > 0;
  const Tensor taking = TakePart(boxes);
  if (taking.defined()) part.logical_and_(taking);
  const Tensor rows = part.nonzero().squeeze(1);
  targets.assignment =
      Assign({raw[1].sigmoid().transpose(1, 2), Boxes(raw, targets.anchors),
              targets.anchors.centres * targets.anchors.strides,
              batch.picture.index({rows}), batch.classes.index({rows}),
              boxes.index({rows})});
  targets.row = rows.index({targets.assignment.object});
  targets.boxes = boxes.index({targets.row});
  const Tensor& anchor = targets.assignment.anchor;
  targets.centres = targets.anchors.centres.index({anchor});
  targets.strides = targets.anchors.strides.index({anchor});
  targets.boxes.slice(1, 0, 4).div_(targets.strides);
  targets.score_sum = targets.assignment.score.sum().clamp_min(1);
  return targets;
}

Loss DetectLoss::operator()(const std::vector<Tensor>& raw,
                            const Batch& batch) const {
  std::vector<Tensor> detached;
  for (const Tensor& tensor : raw) {
    detached.push_back(tensor.detach().to(at::kFloat));
  }
  const Targets targets = FindTargets(detached, batch);
  const Assignment& found = targets.assignment;
  const Tensor logits = raw[1].to(at::kFloat);
  const Tensor cls = ClassFault::apply(logits, found.picture,
                                       batch.classes.index({targets.row}),
                                       found.anchor, found.score) /
                     targets.score_sum;

  const Tensor box_logits = AtAnchors(raw[0], found).to(at::kFloat);
  const Tensor sides = ExpectedSidesOfRows(box_logits);
  const Tensor box =
      (BoxFault(raw, sides, targets) * found.score).sum() / targets.score_sum;

  // Of rotated boxes the unrotated box around the same centre.
  const Tensor corners =
      targets.boxes.size(1) == 5 ? CornersOf(targets.boxes) : targets.boxes;
  const auto last_bin = static_cast<double>(raw[0].size(1) / 4 - 1);
  const Tensor distances = at::cat({targets.centres - corners.slice(1, 0, 2),
                                    corners.slice(1, 2, 4) - targets.centres},
                                   1)
                               .clamp(0, last_bin - kBelowLastBin);
  const Tensor dfl =
      (DistributionFault(box_logits, distances) * found.score).sum() /
      targets.score_sum;

  std::vector<Tensor> items = {box * gains_.box};
  for (Tensor& item : Extra(raw, batch, targets)) {
    items.push_back(std::move(item));
  }
  items.push_back(cls * gains_.cls);
  items.push_back(dfl * gains_.dfl);
  const Tensor all = at::stack(items);
  return {all.sum() * batch.images.size(0), all.detach()};
}

}  // namespace yolotorch::train

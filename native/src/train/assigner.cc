// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/assigner.h"

#include <ATen/TensorIndexing.h>

#include <algorithm>
#include <vector>

#include "train/boxes.h"

namespace yolotorch::train {
namespace {

constexpr double kMetricEpsilon = 1e-9;

// Whether anchors (A, 2) lie inside of objects (N, 4), edges not included:
// (N, A). Anchors lie at 2 pixels or more, where no two numbers are nearer than
// the 1e-9 that the reference demands between them.
Tensor InsideUpright(const Tensor& anchors, const Tensor& objects) {
  const std::vector<Tensor> edge = objects.unsqueeze(2).unbind(1);  // (N, 1)
  const Tensor x = anchors.select(1, 0);
  const Tensor y = anchors.select(1, 1);
  return (x > edge[0])
      .logical_and_(y > edge[1])
      .logical_and_(x < edge[2])
      .logical_and_(y < edge[3]);
}

// The same for rotated boxes (N, 5): in each box's own axes the centre is
// nearer than half an edge, ends included.
Tensor InsideRotated(const Tensor& anchors, const Tensor& objects) {
  const std::vector<Tensor> value = objects.unsqueeze(2).unbind(1);  // (N, 1)
  const Tensor dx = anchors.select(1, 0) - value[0];
  const Tensor dy = anchors.select(1, 1) - value[1];
  const Tensor cosine = value[4].cos();
  const Tensor sine = value[4].sin();
  return ((dx * cosine + dy * sine).abs() * 2 <= value[2])
      .logical_and_((dy * cosine - dx * sine).abs() * 2 <= value[3]);
}

}  // namespace

Assignment Assign(const AssignmentInput& input, std::int64_t candidates) {
  const at::NoGradGuard no_grad;
  const std::int64_t anchors = input.anchors.size(0);
  const std::int64_t cells = input.boxes.size(0) * anchors;
  const std::int64_t count = input.objects.size(0);
  const bool rotated = input.objects.size(1) == 5;
  const Tensor inside = rotated ? InsideRotated(input.anchors, input.objects)
                                : InsideUpright(input.anchors, input.objects);
  // The anchor of each picture as one number.
  const auto cell_of = [&](const Tensor& object, const Tensor& anchor) {
    return input.picture.index({object}) * anchors + anchor;
  };

  // Overlaps and metrics of the pairs that can be: most pairs cannot.
  const std::vector<Tensor> pair = inside.nonzero().unbind(1);
  const Tensor cell = cell_of(pair[0], pair[1]);
  const Tensor objects = input.objects.index_select(0, pair[0]);
  const Tensor boxes = input.boxes.flatten(0, 1).index_select(0, cell);
  const Tensor overlap =
      (rotated ? ProbabilisticIou(objects, boxes) : CompleteIou(objects, boxes))
          .clamp_min(0);
  const Tensor probability =
      input.scores.index({input.picture.index({pair[0]}), pair[1],
                          input.classes.index({pair[0]})});
  const auto dense = [&](const Tensor& values) {
    Tensor all = at::zeros(inside.sizes(), values.options());
    all.index_put_({pair[0], pair[1]}, values);
    return all;
  };
  const Tensor overlaps = dense(overlap);
  const Tensor metrics = dense(probability.sqrt() * overlap.pow(6));

  const Tensor best =
      std::get<1>(metrics.topk(std::min(candidates, anchors), 1));
  const Tensor wanted = inside.gather(1, best);
  const Tensor wanting = wanted.nonzero().select(1, 0);
  const Tensor wanted_cell = cell_of(wanting, best.masked_select(wanted));

  // An anchor that several objects want goes to the one it overlaps most.
  const auto at_cells = [&](std::int64_t fill, const Tensor& like) {
    return at::full({cells}, fill, like.options());
  };
  const Tensor most =
      at_cells(0, overlap).scatter_reduce_(0, cell, overlap, "amax");
  const Tensor greatest = overlap == most.index({cell});
  const Tensor winner =
      at_cells(count, wanting)
          .scatter_reduce_(0, cell.masked_select(greatest),
                           pair[0].masked_select(greatest), "amin");
  const Tensor wants = at::bincount(wanted_cell, {}, cells);
  const Tensor only = at_cells(0, wanting).scatter_(0, wanted_cell, wanting);
  const Tensor taken = wants.nonzero().squeeze(1);
  Assignment result;
  result.picture = taken.div(anchors, "floor");
  result.anchor = taken.remainder(anchors);
  result.object = at::where(wants > 1, winner, only).index({taken});

  const Tensor metric = metrics.index({result.object, result.anchor});
  // The largest of every object's anchors.
  const auto largest = [&](const Tensor& values) {
    return at::zeros({count}, values.options())
        .scatter_reduce_(0, result.object, values, "amax")
        .index({result.object});
  };
  result.score = metric *
                 largest(overlaps.index({result.object, result.anchor})) /
                 (largest(metric) + kMetricEpsilon);
  return result;
}

}  // namespace yolotorch::train

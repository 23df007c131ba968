// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/assigner.h"

#include <ATen/TensorIndexing.h>

#include <algorithm>
#include <vector>

#include "train/boxes.h"

namespace yolotorch::train {
namespace {

constexpr double kMetricEpsilon = 1e-9;

// Whether anchors (A, 2) lie inside of objects (B, G, 4): (B, G, A).
Tensor InsideUpright(const Tensor& anchors, const Tensor& objects) {
  const auto edge = [&](std::int64_t i) {
    return objects.select(2, i).unsqueeze(2);  // (B, G, 1)
  };
  const Tensor x = anchors.select(1, 0);
  const Tensor y = anchors.select(1, 1);
  return (x - edge(0) > kMetricEpsilon)
      .logical_and_(y - edge(1) > kMetricEpsilon)
      .logical_and_(edge(2) - x > kMetricEpsilon)
      .logical_and_(edge(3) - y > kMetricEpsilon);
}

// The same for rotated boxes (B, G, 5): in each box's own axes the centre is
// nearer than half an edge, ends included.
Tensor InsideRotated(const Tensor& anchors, const Tensor& objects) {
  const auto value = [&](std::int64_t i) {
    return objects.select(2, i).unsqueeze(2);  // (B, G, 1)
  };
  const Tensor dx = anchors.select(1, 0) - value(0);
  const Tensor dy = anchors.select(1, 1) - value(1);
  const Tensor cosine = value(4).cos();
  const Tensor sine = value(4).sin();
  return ((dx * cosine + dy * sine).abs() * 2 <= value(2))
      .logical_and_((dy * cosine - dx * sine).abs() * 2 <= value(3));
}

}  // namespace

Assignment Assign(const AssignmentInput& input, std::int64_t candidates) {
  const at::NoGradGuard no_grad;
  const std::int64_t anchors = input.anchors.size(0);
  const bool rotated = input.objects.size(2) == 5;
  Tensor inside = rotated ? InsideRotated(input.anchors, input.objects)
                          : InsideUpright(input.anchors, input.objects);
  inside.logical_and_(input.valid.unsqueeze(2));

  // Overlaps and metrics of the pairs that can be: most pairs cannot.
  const std::vector<Tensor> pair = inside.nonzero().unbind(1);
  const Tensor objects = input.objects.index({pair[0], pair[1]});
  const Tensor boxes = input.boxes.index({pair[0], pair[2]});
  const Tensor overlap =
      (rotated ? ProbabilisticIou(objects, boxes) : CompleteIou(objects, boxes))
          .clamp_min(0);
  const Tensor classes = input.classes.index({pair[0], pair[1]});
  const Tensor probability = input.scores.index({pair[0], pair[2], classes});
  const auto dense = [&](const Tensor& values) {
    Tensor all = at::zeros(inside.sizes(), values.options());
    all.index_put_({pair[0], pair[1], pair[2]}, values);
    return all;
  };
  const Tensor overlaps = dense(overlap);
  const Tensor metrics = dense(probability.sqrt() * overlap.pow(6));

  const Tensor best =
      std::get<1>(metrics.topk(std::min(candidates, anchors), 2));
  Tensor wanted = at::zeros_like(inside);
  wanted.scatter_(2, best, true);
  wanted.logical_and_(inside);

  // An anchor that several objects want goes to the one it overlaps most.
  const Tensor contested = wanted.sum(1) > 1;  // (B, A)
  const std::vector<Tensor> both = contested.nonzero().unbind(1);
  if (both[0].numel() > 0) {
    const Tensor winner =
        overlaps.index({both[0], at::indexing::Slice(), both[1]})
            .argmax(1);  // (N)
    wanted.transpose(1, 2).index_put_({both[0], both[1]},
                                      at::zeros({}, wanted.options()));
    wanted.index_put_({both[0], winner, both[1]},
                      at::ones({}, wanted.options()));
  }

  const std::vector<Tensor> chosen =
      wanted.transpose(1, 2).contiguous().nonzero().unbind(1);
  Assignment result{chosen[0], chosen[1], chosen[2], Tensor()};
  const Tensor metric =
      metrics.index({result.picture, result.object, result.anchor});
  const Tensor own =
      overlaps.index({result.picture, result.object, result.anchor});
  // The largest metric and overlap of every object's anchors.
  const std::int64_t count = inside.size(1);
  const Tensor owner = result.picture * count + result.object;
  const auto largest = [&](const Tensor& values) {
    Tensor most = at::zeros({inside.size(0) * count}, values.options());
    most.scatter_reduce_(0, owner, values, "amax");
    return most.index({owner});
  };
  result.score = metric * largest(own) / (largest(metric) + kMetricEpsilon);
  return result;
}

}  // namespace yolotorch::train

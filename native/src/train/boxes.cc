// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/boxes.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace yolotorch::train {
namespace {

constexpr double kIouEpsilon = 1e-7;

std::vector<Tensor> Columns(const Tensor& values) { return values.unbind(-1); }

// Variances along the axes and the covariance of a rotated box as a Gaussian.
struct Covariance {
  Tensor xx;
  Tensor yy;
  Tensor xy;
};

Covariance CovarianceOf(const std::vector<Tensor>& box) {
  const Tensor w = box[2].square() / 12;
  const Tensor h = box[3].square() / 12;
  const Tensor cosine = box[4].cos();
  const Tensor sine = box[4].sin();
  return {w * cosine.square() + h * sine.square(),
          w * sine.square() + h * cosine.square(), (w - h) * cosine * sine};
}

Tensor Determinant(const Covariance& c) { return c.xx * c.yy - c.xy.square(); }

// 0, 1, ... for bins (.., 4, bins, ..).
Tensor BinNumbers(const Tensor& bins) {
  return at::arange(bins.size(2),
                    at::TensorOptions(at::kFloat).device(bins.device()));
}

}  // namespace

Tensor CompleteIou(const Tensor& a, const Tensor& b) {
  const std::vector<Tensor> p = Columns(a);
  const std::vector<Tensor> q = Columns(b);
  const Tensor w1 = p[2] - p[0];
  const Tensor h1 = p[3] - p[1] + kIouEpsilon;
  const Tensor w2 = q[2] - q[0];
  const Tensor h2 = q[3] - q[1] + kIouEpsilon;
  const Tensor shared =
      (at::minimum(p[2], q[2]) - at::maximum(p[0], q[0])).clamp_min(0) *
      (at::minimum(p[3], q[3]) - at::maximum(p[1], q[1])).clamp_min(0);
  const Tensor iou = shared / (w1 * h1 + w2 * h2 - shared + kIouEpsilon);
  const Tensor cw = at::maximum(p[2], q[2]) - at::minimum(p[0], q[0]);
  const Tensor ch = at::maximum(p[3], q[3]) - at::minimum(p[1], q[1]);
  const Tensor diagonal = cw.square() + ch.square() + kIouEpsilon;
  const Tensor distance = ((q[0] + q[2] - p[0] - p[2]).square() +
                           (q[1] + q[3] - p[1] - p[3]).square()) /
                          4;
  const Tensor v = (at::atan(w2 / h2) - at::atan(w1 / h1)).square() *
                   (4 / (std::numbers::pi * std::numbers::pi));
  Tensor alpha;
  {
    const at::NoGradGuard no_grad;
    alpha = v / (v - iou + (1 + kIouEpsilon));
  }
  return iou - (distance / diagonal + v * alpha);
}

Tensor ProbabilisticIou(const Tensor& a, const Tensor& b) {
  const std::vector<Tensor> p = Columns(a);
  const std::vector<Tensor> q = Columns(b);
  const Covariance c1 = CovarianceOf(p);
  const Covariance c2 = CovarianceOf(q);
  const Covariance sum = {c1.xx + c2.xx, c1.yy + c2.yy, c1.xy + c2.xy};
  const Tensor dx = p[0] - q[0];
  const Tensor dy = p[1] - q[1];
  const Tensor whole = Determinant(sum);
  const Tensor t1 = (sum.xx * dy.square() + sum.yy * dx.square()) /
                    (whole + kIouEpsilon) * 0.25;
  const Tensor t2 = (sum.xy * -dx * dy) / (whole + kIouEpsilon) * 0.5;
  const Tensor each =
      (Determinant(c1).clamp_min(0) * Determinant(c2).clamp_min(0)).sqrt();
  const Tensor t3 =
      (whole / (each * 4 + kIouEpsilon) + kIouEpsilon).log() * 0.5;
  const Tensor distance = (t1 + t2 + t3).clamp(kIouEpsilon, 100.0);
  return 1 - (1 - (-distance).exp() + kIouEpsilon).sqrt();
}

Tensor CornersOf(const Tensor& centred) {
  const Tensor centre = centred.slice(-1, 0, 2);
  const Tensor half = centred.slice(-1, 2, 4) / 2;
  return at::cat({centre - half, centre + half}, -1);
}

Anchors MakeAnchors(std::int64_t height, std::int64_t width,
                    const std::vector<double>& level_strides,
                    const at::Device& device) {
  const auto options = at::TensorOptions(at::kFloat).device(device);
  std::vector<Tensor> centres;
  std::vector<Tensor> strides;
  for (const double stride : level_strides) {
    const std::int64_t rows =
        std::llround(static_cast<double>(height) / stride);
    const std::int64_t columns =
        std::llround(static_cast<double>(width) / stride);
    const std::vector<Tensor> grid = at::meshgrid(
        {at::arange(rows, options) + 0.5, at::arange(columns, options) + 0.5},
        "ij");
    centres.push_back(at::stack({grid[1], grid[0]}, -1).view({-1, 2}));
    strides.push_back(at::full({rows * columns, 1}, stride, options));
  }
  return {at::cat(centres), at::cat(strides)};
}

Tensor ExpectedSides(const Tensor& logits) {
  const Tensor bins = logits.unflatten(1, {4, -1});
  return BinNumbers(bins).matmul(bins.softmax(2)).transpose(1, 2);
}

Tensor ExpectedSidesOfRows(const Tensor& logits) {
  const Tensor bins = logits.unflatten(1, {4, -1});
  return bins.softmax(2).matmul(BinNumbers(bins));
}

Tensor RotatedBoxes(const Tensor& sides, const Tensor& anchors,
                    const Tensor& angles) {
  const Tensor cosine = angles.cos();
  const Tensor sine = angles.sin();
  const std::vector<Tensor> corners = sides.split_with_sizes({2, 2}, -1);
  const std::vector<Tensor> offset =
      ((corners[1] - corners[0]) / 2).split_with_sizes({1, 1}, -1);
  const Tensor centre = at::cat({offset[0] * cosine - offset[1] * sine,
                                 offset[0] * sine + offset[1] * cosine},
                                -1) +
                        anchors;
  return at::cat({centre, corners[0] + corners[1], angles}, -1);
}

}  // namespace yolotorch::train

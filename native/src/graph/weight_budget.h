// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

namespace yolotorch::graph {

/// Bounds what a network takes while it is built: a few lines of yaml can
/// describe more weights than any machine holds. While one lives, Charge() of
/// its thread counts against it.
class WeightBudget {
 public:
  WeightBudget();
  ~WeightBudget();
  WeightBudget(const WeightBudget&) = delete;
  WeightBudget& operator=(const WeightBudget&) = delete;

  /// Takes `weights` from the budget, before they are allocated. A double,
  /// since products of hostile sizes would overflow integers. Throws Error
  /// kUnsafeModel when there are more than four times those of the largest
  /// YOLO11.
  static void Charge(double weights);

  /// Whether one lives on this thread: a network is being built.
  static bool IsActive();
  /// Takes what a trial run of a part is about to compute: values of its
  /// output, and products that it adds up. Throws Error kUnsafeModel when all
  /// parts together take far more than the largest YOLO11.
  static void ChargeRun(double values, double products);

 private:
  double left_;
  double values_left_;
  double products_left_;
  WeightBudget* outer_;
};

}  // namespace yolotorch::graph

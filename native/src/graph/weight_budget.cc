// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/weight_budget.h"

#include <algorithm>

#include "yolotorch/error.h"

namespace yolotorch::graph {
namespace {

constexpr double kMaxWeights = 250e6;
// Cost of the smallest layer: objects take memory, too.
constexpr double kLeast = 2'000;

thread_local WeightBudget* current = nullptr;

}  // namespace

WeightBudget::WeightBudget() : left_(kMaxWeights), outer_(current) {
  current = this;
}

WeightBudget::~WeightBudget() { current = outer_; }

void WeightBudget::Charge(double weights) {
  if (current == nullptr) return;
  current->left_ -= std::max(weights, kLeast);
  // Written so that NaN fails, too.
  if (current->left_ >= 0) return;
  throw Error(Code::kUnsafeModel,
              "The model describes a network of more than 250 million weights, "
              "four times the largest YOLO11: do not use this file.");
}

}  // namespace yolotorch::graph

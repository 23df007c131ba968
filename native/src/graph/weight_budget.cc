// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/weight_budget.h"

#include <algorithm>

#include "yolotorch/error.h"

namespace yolotorch::graph {
namespace {

constexpr double kMaxWeights = 250e6;
// Cost of the smallest layer: objects take memory, too.
constexpr double kLeast = 2'000;

// The largest YOLO11 makes some 7 million values, of 4 billion products.
constexpr double kMaxRunValues = 64e6;
constexpr double kMaxRunProducts = 100e9;

thread_local WeightBudget* current = nullptr;

}  // namespace

WeightBudget::WeightBudget()
    : left_(kMaxWeights),
      values_left_(kMaxRunValues),
      products_left_(kMaxRunProducts),
      outer_(current) {
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

bool WeightBudget::IsActive() { return current != nullptr; }

void WeightBudget::ChargeRun(double values, double products) {
  if (current == nullptr) return;
  current->values_left_ -= values;
  current->products_left_ -= products;
  if (current->values_left_ >= 0 && current->products_left_ >= 0) return;
  throw Error(Code::kUnsafeModel,
              "The model describes a network that computes ten times more than "
              "the largest YOLO11: do not use this file.");
}

}  // namespace yolotorch::graph

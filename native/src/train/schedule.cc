// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace yolotorch::train {
namespace {

constexpr std::int64_t kLeastWarmup = 100;  // batches

// Python's round(): half to even.
std::int64_t Round(double value) {
  return static_cast<std::int64_t>(std::nearbyint(value));
}

// In parts of the first rate.
double Fall(const ScheduleOptions& options, int epoch) {
  const double share = static_cast<double>(epoch) / options.epochs;
  if (options.cos_lr) {
    const double fallen =
        std::max((1 - std::cos(share * std::numbers::pi)) / 2, 0.0);
    return fallen * (options.lrf - 1) + 1;
  }
  return std::max(1 - share, 0.0) * (1 - options.lrf) + options.lrf;
}

}  // namespace

std::int64_t Accumulation(const ScheduleOptions& options) {
  const double batches = static_cast<double>(options.nbs) / options.batch;
  return std::max<std::int64_t>(Round(batches), 1);
}

Rates RatesAt(const ScheduleOptions& options, int epoch, std::int64_t index) {
  const double lr = options.lr0 * Fall(options, epoch);
  Rates rates{lr, lr, options.momentum, Accumulation(options)};
  if (options.warmup_epochs <= 0) return rates;
  const std::int64_t warmup = std::max(
      Round(options.warmup_epochs * static_cast<double>(options.batches)),
      kLeastWarmup);
  const std::int64_t done = index + options.batches * epoch;
  if (done > warmup) return rates;
  const double share = static_cast<double>(done) / static_cast<double>(warmup);
  const auto rise = [&](double from, double to) {
    return from + (to - from) * share;
  };
  rates.lr = rise(0, lr);
  rates.bias_lr = rise(options.warmup_bias_lr, lr);
  rates.momentum = rise(options.warmup_momentum, options.momentum);
  rates.accumulate = std::max<std::int64_t>(
      Round(rise(1, static_cast<double>(options.nbs) / options.batch)), 1);
  return rates;
}

}  // namespace yolotorch::train

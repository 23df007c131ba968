// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace yolotorch::train {

/// What decides learning rate, momentum and accumulation at every batch. Names
/// and defaults are those of Ultralytics' arguments.
struct ScheduleOptions {
  int epochs = 100;
  std::int64_t batches = 1;  ///< of an epoch
  int batch = 16;            ///< pictures of a batch
  int nbs = 64;              ///< pictures of a step, by accumulation
  double lr0 = 0.01;
  double lrf = 0.01;  ///< the last rate in parts of the first
  bool cos_lr = false;
  double momentum = 0.937;
  double warmup_epochs = 3;
  double warmup_momentum = 0.8;
  double warmup_bias_lr = 0.1;
};

/// At one batch.
struct Rates {
  double bias_lr = 0;  ///< of biases
  double lr = 0;       ///< of all other weights
  double momentum = 0;
  std::int64_t accumulate = 1;  ///< batches of a step
};

/// Batches of a step once the warm-up has ended.
std::int64_t Accumulation(const ScheduleOptions& options);

/// The rates for batch `index` of epoch `epoch`, both from 0 on. The rate falls
/// from epoch to epoch, on a line or on half a cosine; in the warm-up, the
/// first warmup_epochs but at least 100 batches, it rises from 0 and that of
/// biases comes from warmup_bias_lr.
Rates RatesAt(const ScheduleOptions& options, int epoch, std::int64_t index);

}  // namespace yolotorch::train

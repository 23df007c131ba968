// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

namespace yolotorch::optimizer {

/// Runs of one program in parallel: each has one thread, so that no layer waits
/// for another thread, and a slot number, under which operators keep the state
/// of this run.
constexpr int kMaxParallelImages = 64;

/// The slot of this thread, from 0 on; 0 outside of parallel runs.
int CurrentSlot();

/// Runs item(0) to item(items - 1), each once and in any order, in up to
/// `slots` slots, in which LibTorch (with OpenMP) and kernels compute on one
/// thread. Throws what an item throws; other items may then not have run.
/// REQUIRES: called on the worker outside of a slot; `slots` in [1,
/// kMaxParallelImages].
void ParallelOverImages(int slots, std::int64_t items,
                        const std::function<void(std::int64_t)>& item);

}  // namespace yolotorch::optimizer

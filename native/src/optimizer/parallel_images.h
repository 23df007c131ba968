// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

namespace yolotorch::optimizer {

/// Runs of one program side by side: each has a thread for itself, so that no
/// layer waits for another thread, and a slot, where it keeps what belongs to
/// this run alone.
constexpr int kMaxParallelImages = 64;

/// The slot that this thread runs in, from 0 on; 0 outside of all.
int CurrentSlot();

/// Runs item(0) to item(items - 1), each once and in any order, in up to so
/// many slots, where LibTorch (with OpenMP) and kernels compute on one thread.
/// Throws what an item throws; others may then not have run. REQUIRES: on the
/// worker, outside of slots; 1 to kMaxParallelImages.
void ParallelOverImages(int slots, std::int64_t items,
                        const std::function<void(std::int64_t)>& item);

}  // namespace yolotorch::optimizer

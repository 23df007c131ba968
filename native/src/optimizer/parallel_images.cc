// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/parallel_images.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>

#include "base/thread_pool.h"
#include "libtorch/warnings.h"

#if defined(_OPENMP)
#include <omp.h>
#endif

namespace yolotorch::optimizer {
namespace {

thread_local int current_slot = 0;

// While it lives, this thread is in a slot and computes on one thread.
class Slot {
 public:
  explicit Slot(int slot) {
    current_slot = slot;
#if defined(_OPENMP)
    // LibTorch sets its number when a thread first asks for it: before ours.
    threads_ = at::get_num_threads();
    omp_set_num_threads(1);
#endif
  }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot() {
    current_slot = 0;
#if defined(_OPENMP)
    omp_set_num_threads(threads_);
#endif
  }

 private:
  libtorch::WarningScope warnings_;
#if defined(_OPENMP)
  int threads_ = 0;
#endif
};

}  // namespace

int CurrentSlot() { return current_slot; }

void ParallelOverImages(int slots, std::int64_t items,
                        const std::function<void(std::int64_t)>& item) {
  slots = static_cast<int>(std::min<std::int64_t>(slots, items));
  std::atomic<int> next_slot{0};
  std::atomic<std::int64_t> next{0};
  base::ThreadPool::Get().Run(slots, slots, [&](std::int64_t /*one a slot*/) {
    const Slot slot(next_slot.fetch_add(1));
    const c10::InferenceMode inference;
    try {
      for (std::int64_t i = next.fetch_add(1); i < items;
           i = next.fetch_add(1)) {
        item(i);
      }
    } catch (...) {
      next.store(items);
      throw;
    }
  });
}

}  // namespace yolotorch::optimizer

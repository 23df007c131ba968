// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/lanes.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>

#include "base/team.h"
#include "libtorch/warnings.h"

#if defined(_OPENMP)
#include <omp.h>
#endif

namespace yolotorch::optimizer {
namespace {

thread_local int current_lane = 0;

// This thread is in a lane, and computes alone.
class Lane {
 public:
  explicit Lane(int lane) {
    current_lane = lane;
#if defined(_OPENMP)
    // LibTorch sets its number when a thread first asks for it: before ours.
    threads_ = at::get_num_threads();
    omp_set_num_threads(1);
#endif
  }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;
  ~Lane() {
    current_lane = 0;
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

int CurrentLane() { return current_lane; }

void RunInLanes(int lanes, std::int64_t items,
                const std::function<void(std::int64_t)>& item) {
  lanes = static_cast<int>(std::min<std::int64_t>(lanes, items));
  std::atomic<int> next_lane{0};
  std::atomic<std::int64_t> next{0};
  base::Team::Get().Run(lanes, lanes, [&](std::int64_t /*one a lane*/) {
    const Lane lane(next_lane.fetch_add(1));
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

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include "support.h"

namespace yolotorch::test {

/// Prints how many milliseconds the fastest of `runs` took, and returns
/// nothing: wall time depends on what else the machine does, so no test may
/// assert on it.
template <typename Work>
void TimeFigure(const std::string& name, int runs, Work&& work) {
  using Clock = std::chrono::steady_clock;
  Clock::duration best = Clock::duration::max();
  for (int run = 0; run < runs; ++run) {
    const Clock::time_point start = Clock::now();
    work();
    best = std::min(best, Clock::now() - start);
  }
  Figure(name, std::chrono::duration<double, std::milli>(best).count(), "ms");
}

}  // namespace yolotorch::test

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <string>

#include "support.h"

namespace yolotorch::test {

/// CPU seconds of this thread so far. Time that other programs take on the
/// same core is no part of it.
inline double ThreadCpuSeconds() {
#if defined(_WIN32)
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
#else
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
#endif
}

/// Expects that `work` takes less than `most` times the CPU time of `twin` on
/// this thread. Each counts with the fastest of five runs, by turns. The ratio
/// is printed as a FIGURE.
template <typename Work, typename Twin>
void ExpectCpuRatio(const std::string& name, double most, Work&& work,
                    Twin&& twin) {
  double work_seconds = std::numeric_limits<double>::max();
  double twin_seconds = work_seconds;
  for (int run = 0; run < 5; ++run) {
    const double start = ThreadCpuSeconds();
    work();
    const double middle = ThreadCpuSeconds();
    twin();
    twin_seconds = std::min(twin_seconds, ThreadCpuSeconds() - middle);
    work_seconds = std::min(work_seconds, middle - start);
  }
  Figure(name, work_seconds / twin_seconds, "ratio");
  EXPECT_LT(work_seconds, most * twin_seconds) << name;
}

}  // namespace yolotorch::test

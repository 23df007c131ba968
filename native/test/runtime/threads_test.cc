// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace yolotorch::runtime {
namespace {

// Neither number is atomic: ThreadSanitizer reports work that is not in turn.
TEST(ThreadsTest, CallersTakeTurnsWhileOthersLoad) {
  constexpr int kCallers = 6;
  constexpr int kRounds = 60;
  int predicted = 0;
  std::vector<int> loaded(kCallers, 0);
  std::atomic<int> failures{0};
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&, caller] {
      for (int round = 0; round < kRounds; ++round) {
        RunOnWorker(1, [&] { ++predicted; });
        if (round % 20 == caller) {
          RunOnDeepStack([&] { ++loaded[static_cast<std::size_t>(caller)]; });
        }
        if (round % 10 != 9) continue;
        try {
          RunOnWorker(1, [] { throw std::runtime_error("no"); });
        } catch (const std::runtime_error&) {
          ++failures;
        }
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(predicted, kCallers * kRounds);
  EXPECT_EQ(failures, kCallers * kRounds / 10);
  EXPECT_EQ(loaded, std::vector<int>(kCallers, 3));
}

}  // namespace
}  // namespace yolotorch::runtime

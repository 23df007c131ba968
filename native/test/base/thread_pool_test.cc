// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/thread_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <new>
#include <thread>
#include <vector>

namespace yolotorch::base {
namespace {

TEST(ThreadPoolTest, DoesEveryItemOnce) {
  std::vector<std::atomic<int>> done(1000);
  for (int round = 0; round < 300; ++round) {
    for (const int threads : {1, 2, 7}) {
      ThreadPool::Get().Run(threads, round, [&](std::int64_t i) {
        done[static_cast<std::size_t>(i)].fetch_add(1);
      });
    }
  }
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(done[static_cast<std::size_t>(i)].load(),
              3 * std::max(0, 299 - i))
        << i;
  }
}

TEST(ThreadPoolTest, AnItemWorksAlone) {
  std::atomic<int> done{0};
  ThreadPool::Get().Run(3, 50, [&](std::int64_t /*i*/) {
    const std::thread::id self = std::this_thread::get_id();
    ThreadPool::Get().Run(3, 20, [&](std::int64_t /*k*/) {
      EXPECT_EQ(std::this_thread::get_id(), self);
      ++done;
    });
  });
  EXPECT_EQ(done, 50 * 20);
}

TEST(ThreadPoolTest, ThrowsWhatAnItemThrowsAndGoesOn) {
  for (int round = 0; round < 200; ++round) {
    EXPECT_THROW(ThreadPool::Get().Run(3, 50,
                                       [&](std::int64_t i) {
                                         if (i % 7 == 3) throw std::bad_alloc();
                                       }),
                 std::bad_alloc);
    std::atomic<int> done{0};
    ThreadPool::Get().Run(3, 50,
                          [&](std::int64_t /*i*/) { done.fetch_add(1); });
    EXPECT_EQ(done.load(), 50);
  }
}

}  // namespace
}  // namespace yolotorch::base

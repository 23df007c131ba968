// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/lanes.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <new>

#include "runtime/threads.h"

namespace yolotorch::optimizer {
namespace {

TEST(LanesTest, EachIsAloneInItsLane) {
  constexpr int kLanes = 3;
  std::array<std::atomic<int>, kLanes> inside{};
  std::atomic<int> done{0};
  runtime::RunOnWorker(kLanes, [&] {
    RunInLanes(kLanes, 200, [&](std::int64_t /*i*/) {
      const int lane = CurrentLane();
      ASSERT_LT(lane, kLanes);
      auto& here = inside[static_cast<std::size_t>(lane)];
      EXPECT_EQ(++here, 1);
      at::rand({40'000}).sort();  // in several threads, if it may
      EXPECT_EQ(at::get_num_threads(), 1);
      EXPECT_TRUE(c10::InferenceMode::is_enabled());
      --here;
      ++done;
    });
    EXPECT_EQ(at::get_num_threads(), kLanes);
    EXPECT_EQ(CurrentLane(), 0);
  });
  EXPECT_EQ(done, 200);
}

TEST(LanesTest, ThereAreNoMoreThanItems) {
  std::atomic<int> done{0};
  runtime::RunOnWorker(4, [&] {
    RunInLanes(4, 2, [&](std::int64_t /*i*/) {
      EXPECT_LT(CurrentLane(), 2);
      ++done;
    });
    RunInLanes(4, 0, [&](std::int64_t /*i*/) { ++done; });
  });
  EXPECT_EQ(done, 2);
}

TEST(LanesTest, ThrowsWhatAnItemThrowsAndGoesOn) {
  std::atomic<int> done{0};
  runtime::RunOnWorker(2, [&] {
    EXPECT_THROW(RunInLanes(2, 100,
                            [&](std::int64_t i) {
                              if (i == 5) throw std::bad_alloc();
                            }),
                 std::bad_alloc);
    RunInLanes(2, 100, [&](std::int64_t /*i*/) { ++done; });
  });
  EXPECT_EQ(done, 100);
}

}  // namespace
}  // namespace yolotorch::optimizer

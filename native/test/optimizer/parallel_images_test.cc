// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/parallel_images.h"

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

TEST(ParallelImagesTest, EachIsAloneInItsLane) {
  constexpr int kSlots = 3;
  std::array<std::atomic<int>, kSlots> inside{};
  std::atomic<int> done{0};
  runtime::RunOnWorker(kSlots, [&] {
    ParallelOverImages(kSlots, 200, [&](std::int64_t /*i*/) {
      const int slot = CurrentSlot();
      ASSERT_LT(slot, kSlots);
      auto& here = inside[static_cast<std::size_t>(slot)];
      EXPECT_EQ(++here, 1);
      at::rand({40'000}).sort();  // in several threads, if it may
      EXPECT_EQ(at::get_num_threads(), 1);
      EXPECT_TRUE(c10::InferenceMode::is_enabled());
      --here;
      ++done;
    });
    EXPECT_EQ(at::get_num_threads(), kSlots);
    EXPECT_EQ(CurrentSlot(), 0);
  });
  EXPECT_EQ(done, 200);
}

TEST(ParallelImagesTest, ThereAreNoMoreThanItems) {
  std::atomic<int> done{0};
  runtime::RunOnWorker(4, [&] {
    ParallelOverImages(4, 2, [&](std::int64_t /*i*/) {
      EXPECT_LT(CurrentSlot(), 2);
      ++done;
    });
    ParallelOverImages(4, 0, [&](std::int64_t /*i*/) { ++done; });
  });
  EXPECT_EQ(done, 2);
}

TEST(ParallelImagesTest, ThrowsWhatAnItemThrowsAndGoesOn) {
  std::atomic<int> done{0};
  runtime::RunOnWorker(2, [&] {
    EXPECT_THROW(ParallelOverImages(2, 100,
                                    [&](std::int64_t i) {
                                      if (i == 5) throw std::bad_alloc();
                                    }),
                 std::bad_alloc);
    ParallelOverImages(2, 100, [&](std::int64_t /*i*/) { ++done; });
  });
  EXPECT_EQ(done, 100);
}

}  // namespace
}  // namespace yolotorch::optimizer

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/buffers.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <memory>

namespace yolotorch::optimizer {
namespace {

TEST(MemoryPoolTest, GivesTheSameMemoryAgainAndNeverToTwo) {
  auto pool = std::make_unique<MemoryPool>();
  void* first = nullptr;
  {
    const at::Tensor a = pool->Pixels(1, 8, 4, 4, at::kFloat);
    const at::Tensor b = pool->Pixels(1, 8, 4, 4, at::kFloat);
    EXPECT_TRUE(a.is_contiguous(at::MemoryFormat::ChannelsLast));
    EXPECT_NE(a.data_ptr(), b.data_ptr());
    first = b.data_ptr();
  }
  const at::Tensor again = pool->Pixels(1, 8, 4, 3, at::kFloat);
  EXPECT_TRUE(again.data_ptr() == first ||
              pool->Pixels(1, 8, 4, 4, at::kFloat).data_ptr() == first);
  pool->Trim();
  const at::Tensor kept = pool->Contiguous({3, 5}, at::kBFloat16);
  pool.reset();
  kept.fill_(3);  // outlives the pool
  EXPECT_EQ(kept.sum().item<float>(), 45);
}

}  // namespace
}  // namespace yolotorch::optimizer

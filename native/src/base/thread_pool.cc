// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/thread_pool.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace yolotorch::base {
namespace {

constexpr std::uint32_t kOpenEntry = 1U << 16;  // one more helper may join
constexpr std::uint32_t kInside =
    kOpenEntry - 1;  // mask of the helpers that work
constexpr std::chrono::microseconds kPatience(40);
constexpr int kLooksPerTime =
    32;  // reading the clock costs as much as one poll

thread_local bool is_working = false;  // on an item

void Pause() {
#if defined(__x86_64__) || defined(_M_X64)
  _mm_pause();
#endif
}

}  // namespace

ThreadPool& ThreadPool::Get() {
  static auto* pool = new ThreadPool;  // its threads may outlive static objects
  return *pool;
}

void ThreadPool::Grow(int helpers) {
  while (helpers_ < helpers) {
    try {
      std::thread([this] { Help(); }).detach();
    } catch (const std::system_error&) {
      return;  // the existing threads do the work
    }
    ++helpers_;
  }
}

bool ThreadPool::Join() {
  std::uint32_t entry = entry_.load(std::memory_order_relaxed);
  while (entry >= kOpenEntry) {
    if (entry_.compare_exchange_weak(entry, entry - kOpenEntry + 1,
                                     std::memory_order_acquire,
                                     std::memory_order_relaxed)) {
      return true;
    }
  }
  return false;
}

void ThreadPool::Work() {
  is_working = true;
  try {
    for (;;) {
      const std::int64_t i = next_.fetch_add(1, std::memory_order_relaxed);
      if (i >= items_) break;
      (*item_)(i);
    }
  } catch (...) {
    // The first failure is kept; no further item begins.
    if (!failed_.exchange(true)) failure_ = std::current_exception();
    next_.store(items_, std::memory_order_relaxed);
  }
  is_working = false;
}

void ThreadPool::Help() {
  using Clock = std::chrono::steady_clock;
  for (;;) {
    const std::uint32_t calls = calls_.load();
    const Clock::time_point until = Clock::now() + kPatience;
    bool joined = false;
    do {
      for (int look = 0; look < kLooksPerTime && !joined; ++look) {
        joined = Join();
        if (!joined) Pause();
      }
    } while (!joined && Clock::now() < until);
    if (joined) {
      Work();
      entry_.fetch_sub(1, std::memory_order_release);
      continue;
    }
    sleepers_.fetch_add(1);
    calls_.wait(calls);
    sleepers_.fetch_sub(1);
  }
}

void ThreadPool::Run(int threads, std::int64_t items,
                     const std::function<void(std::int64_t)>& item) {
  const auto helpers =
      static_cast<int>(std::min<std::int64_t>(threads, items) - 1);
  if (helpers < 1 || is_working) {
    for (std::int64_t i = 0; i < items; ++i) item(i);
    return;
  }
  Grow(helpers);
  item_ = &item;
  items_ = items;
  next_.store(0, std::memory_order_relaxed);
  entry_.store(static_cast<std::uint32_t>(helpers) * kOpenEntry,
               std::memory_order_release);
  calls_.fetch_add(1);
  // Wakes no more than there is work for.
  for (int i = std::min(helpers, sleepers_.load()); i > 0; --i) {
    calls_.notify_one();
  }
  Work();
  // No helper joins any more; those that work have at most one item left.
  entry_.fetch_and(kInside, std::memory_order_relaxed);
  int looks = 0;
  while (entry_.load(std::memory_order_acquire) != 0) {
    if (++looks % 1024 == 0) std::this_thread::yield();
    Pause();
  }
  if (failed_.exchange(false)) {
    std::rethrow_exception(std::exchange(failure_, nullptr));
  }
}

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>

namespace yolotorch::base {

/// Threads that help one thread to get through many short pieces of work. A
/// helper that has nothing to do looks out for work for 40 microseconds,
/// as long as the gap between two layers of a network, and then sleeps.
class ThreadPool {
 public:
  /// The one pool of this process. Its threads are made when they are first
  /// needed and stay, asleep, until the process ends.
  static ThreadPool& Get();

  /// Runs item(0) to item(items - 1), each once, in any order, on up to
  /// `threads` threads, this one among them, and returns when all have ended.
  /// Throws what an item throws; others may then not have run. Called by an
  /// item, it does all on the item's thread; else only one thread may be in
  /// here at a time.
  void Run(int threads, std::int64_t items,
           const std::function<void(std::int64_t)>& item);

 private:
  ThreadPool() = default;

  // Starts helpers until there are so many, or no more are to be had.
  void Grow(int helpers);
  [[noreturn]] void Help();
  bool Join();
  void Work();

  // What is to be done, while the entry is open.
  const std::function<void(std::int64_t)>* item_ = nullptr;
  std::int64_t items_ = 0;
  int helpers_ = 0;  // started so far
  std::atomic<std::int64_t> next_{0};
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
  // The upper 16 bits: helpers that may still enter; the lower: those inside.
  std::atomic<std::uint32_t> entry_{0};
  std::atomic<std::uint32_t> calls_{0};  // counts how often the entry opened
  std::atomic<int> sleepers_{0};
};

}  // namespace yolotorch::base

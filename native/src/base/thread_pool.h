// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>

namespace yolotorch::base {

/// A thread pool for many short pieces of work. A helper thread without work
/// polls for 40 microseconds, about the gap between two layers of a network,
/// and then sleeps.
class ThreadPool {
 public:
  /// The pool of this process. Its threads are started when they are first
  /// needed, and sleep when idle until the process ends.
  static ThreadPool& Get();

  /// Runs item(0) to item(items - 1), each once, in any order, on up to
  /// `threads` threads, this one among them, and returns when all have ended.
  /// Throws what an item throws; other items may then not have run. A call from
  /// within an item runs on the item's thread alone. REQUIRES: otherwise, no
  /// other thread is in Run.
  void Run(int threads, std::int64_t items,
           const std::function<void(std::int64_t)>& item);

 private:
  ThreadPool() = default;

  // Starts helpers until there are that many, or until the system refuses more.
  void Grow(int helpers);
  [[noreturn]] void Help();
  bool Join();
  void Work();

  // The work of the current call of Run.
  const std::function<void(std::int64_t)>* item_ = nullptr;
  std::int64_t items_ = 0;
  int helpers_ = 0;  // started so far
  std::atomic<std::int64_t> next_{0};
  std::atomic<bool> failed_{false};
  std::exception_ptr failure_;
  // Upper 16 bits: helpers that may still join; lower: helpers that work.
  std::atomic<std::uint32_t> entry_{0};
  std::atomic<std::uint32_t> calls_{0};  // number of calls of Run so far
  std::atomic<int> sleepers_{0};
};

}  // namespace yolotorch::base

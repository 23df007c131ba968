// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <type_traits>
#include <utility>

#include "libtorch/run_limit.h"

namespace yolotorch::runtime {

/// One piece of work on the worker, which may be ended before it is done, and
/// whose caller may leave while it goes on. Thread-safe.
///
/// The work uses what its caller owns, except in Apart(): the caller may leave
/// only while all threads of the work are there, and they never come back then.
class Run {
 public:
  /// Why it was ended.
  enum class End { kNone, kCaller, kTime, kProcess };

  /// `timeout_ms`: what messages tell.
  explicit Run(std::int64_t timeout_ms = 0) : timeout_ms_(timeout_ms) {}
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// What this thread works for; null outside of the worker.
  static Run* Current();

  /// While it lives, this thread works for `run`, which may be null.
  class Scope {
   public:
    explicit Scope(Run* run);
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();

   private:
    Run* before_;
  };

  libtorch::RunLimit& limit() { return limit_; }

  /// Has the work end soon; the first reason counts.
  void Stop(End why);

  /// Throws the Error of what ended the work: kTimeout, kCancelled, or
  /// kOutOfMemory for its limit of memory. Does nothing if nothing did.
  void CheckEnded() const;

  [[nodiscard]] bool is_ended() const;

  /// Lets the caller leave, if all threads are apart; returns whether it may.
  bool Abandon();

  /// Does what uses nothing of the caller. Throws, instead of coming back to
  /// what does, if the caller has left.
  template <typename Work>
  std::invoke_result_t<Work> Apart(Work&& work) {
    return Across(-1, std::forward<Work>(work));
  }

  /// On a thread that another one waits for apart: does what uses what the
  /// caller owns. Throws if it has left.
  template <typename Work>
  std::invoke_result_t<Work> Within(Work&& work) {
    return Across(1, std::forward<Work>(work));
  }

 private:
  // Changes the number of threads that use what the caller owns, and back. A
  // destructor could not throw.
  template <typename Work>
  std::invoke_result_t<Work> Across(int change, Work&& work) {
    Cross(change);
    try {
      if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
        work();
        Cross(-change);
      } else {
        std::invoke_result_t<Work> result = work();
        Cross(-change);
        return result;
      }
    } catch (...) {
      if (!is_abandoned()) Cross(-change);
      throw;
    }
  }

  [[nodiscard]] bool is_abandoned() const;

  // Throws when it adds a thread although the caller has left.
  void Cross(int change);

  libtorch::RunLimit limit_;
  std::int64_t timeout_ms_;
  mutable std::mutex mutex_;
  End end_ = End::kNone;
  int users_ = 1;  // threads that use what the caller owns
  bool is_abandoned_ = false;
};

}  // namespace yolotorch::runtime

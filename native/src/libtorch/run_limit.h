// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace yolotorch::libtorch {

/// What ends a run of a network in its midst: by an exception from the next
/// tensor that it makes, or from Check(). Thread-safe.
class RunLimit {
 public:
  RunLimit();
  RunLimit(const RunLimit&) = delete;
  RunLimit& operator=(const RunLimit&) = delete;

  /// Memory that the run may hold at a time, from now on; 0: any.
  void SetBytes(std::int64_t bytes);

  /// Ends the run.
  void Stop() { stopped_.store(true); }

  /// Whether the run was ended for its memory.
  [[nodiscard]] bool is_exhausted() const { return exhausted_.load(); }
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

  /// Throws if the run is to end. Now and then looks at the memory that malloc
  /// gave since SetBytes(), which holds more than tensors.
  void Check();

  /// As Check(), before a run takes so many bytes beside tensors.
  void CheckRoom(std::int64_t bytes);

  /// The limit of what this thread runs; null: none.
  static RunLimit* Current();

  /// While it lives, `limit` (may be null) applies to this thread.
  class Scope {
   public:
    explicit Scope(RunLimit* limit);
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();

   private:
    RunLimit* before_;
  };

 private:
  friend class LimitedAllocator;
  // Bytes of the run's tensors, some of which outlive it.
  using Account = std::atomic<std::int64_t>;

  void Take(std::int64_t bytes);
  [[noreturn]] void Fail(std::int64_t bytes);

  std::shared_ptr<Account> account_;
  std::int64_t bytes_ = 0;
  std::int64_t in_use_before_ = 0;
  std::atomic<std::int64_t> next_look_{0};
  std::atomic<bool> stopped_{false};
  std::atomic<bool> exhausted_{false};
};

/// Has LibTorch ask the limits before it makes a tensor on the CPU. To be
/// called once, before it makes any on another thread.
void LimitAllocations();

}  // namespace yolotorch::libtorch

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <string>

namespace yolotorch::bridge {

/// LibTorch's warnings until Java fetches them, so that no thread of ours calls
/// into Java. Thread-safe.
class WaitingWarnings {
 public:
  static WaitingWarnings& Get();

  /// Becomes the handler of warnings.
  void Collect();

  /// The oldest warning, or an empty text. Takes no lock when none waits.
  std::string Take();

 private:
  void Add(const std::string& text);

  std::mutex mutex_;
  std::deque<std::string> texts_;
  std::atomic<std::size_t> count_{0};
};

}  // namespace yolotorch::bridge

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace yolotorch::base {

/// Counts the time of its scope as preparation: work that a network needs once
/// and not for every picture. The time of nested scopes counts once.
class Preparation {
 public:
  Preparation();
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;
  ~Preparation();

  /// Milliseconds that the calling thread has spent in such scopes so far.
  static double Milliseconds();

 private:
  std::chrono::steady_clock::time_point start_;
};

}  // namespace yolotorch::base

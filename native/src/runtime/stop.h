// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

namespace yolotorch::runtime {

/// Tells whether a call is to end before it is done. Called by any thread.
class Stop {
 public:
  Stop() = default;
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;
  virtual ~Stop() = default;

  [[nodiscard]] virtual bool IsAsked() const = 0;
};

/// Throws Error kCancelled if there is a `stop` and it is asked, or after
/// StopAll().
void CheckStop(const Stop* stop);

/// Ends every call, because the process ends.
void StopAll();

}  // namespace yolotorch::runtime

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/stop.h"

#include <atomic>

#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

std::atomic<bool> all_stopped{false};

}  // namespace

void CheckStop(const Stop* stop) {
  if (all_stopped.load()) {
    throw Error(Code::kCancelled,
                "A prediction was to run to its end, but the process is "
                "ending; let calls return before it exits.");
  }
  if (stop == nullptr || !stop->IsAsked()) return;
  throw Error(Code::kCancelled,
              "A prediction was to run to its end, but its caller ended it; "
              "call it again for the pictures that are left.");
}

void StopAll() { all_stopped.store(true); }

}  // namespace yolotorch::runtime

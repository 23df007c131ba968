// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/stop.h"

#include "yolotorch/error.h"

namespace yolotorch::runtime {

void CheckStop(const Stop* stop) {
  if (stop == nullptr || !stop->IsAsked()) return;
  throw Error(Code::kCancelled,
              "A prediction was to run to its end, but its caller ended it; "
              "call it again for the pictures that are left.");
}

}  // namespace yolotorch::runtime

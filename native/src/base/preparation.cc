// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/preparation.h"

namespace yolotorch::base {
namespace {

thread_local double prepared_ms = 0;
thread_local int preparation_depth = 0;

}  // namespace

Preparation::Preparation() : start_(std::chrono::steady_clock::now()) {
  ++preparation_depth;
}

Preparation::~Preparation() {
  if (--preparation_depth > 0) return;
  const std::chrono::duration<double, std::milli> spent =
      std::chrono::steady_clock::now() - start_;
  prepared_ms += spent.count();
}

double Preparation::Milliseconds() { return prepared_ms; }

}  // namespace yolotorch::base

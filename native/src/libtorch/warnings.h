// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/util/Exception.h>

namespace yolotorch::libtorch {

/// While it lives, LibTorch's warnings on this thread go to the handler that
/// SetWarningHandler() set instead of to standard error. LibTorch keeps a
/// handler for each thread: every thread of ours has such a scope.
class WarningScope {
 public:
  WarningScope();

 private:
  c10::WarningUtils::WarningHandlerGuard guard_;
};

}  // namespace yolotorch::libtorch

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <type_traits>

#include "libtorch/warnings.h"
#include "yolotorch/error.h"

namespace yolotorch::api {

/// Rethrows the current exception as an Error; LibTorch's messages of many
/// lines are reduced to the informative line. REQUIRES: called in a handler.
[[noreturn]] void RethrowAsError();

/// Runs `work`; exceptions leave it as Error, and LibTorch's warnings go to the
/// warning handler.
template <typename Work>
std::invoke_result_t<Work> Guarded(Work&& work) {
  const libtorch::WarningScope warnings;
  try {
    return std::invoke(std::forward<Work>(work));
  } catch (...) {
    RethrowAsError();
  }
}

}  // namespace yolotorch::api

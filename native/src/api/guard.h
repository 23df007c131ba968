// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <type_traits>

#include "libtorch/warnings.h"
#include "yolotorch/error.h"

namespace yolotorch::api {

/// Throws again what is being handled, as an Error: LibTorch's many-line
/// messages become their one line that tells. REQUIRES: called in a handler.
[[noreturn]] void RethrowAsError();

/// Runs `work`; whatever it throws leaves as an Error, and what LibTorch warns
/// of goes to the handler of warnings.
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

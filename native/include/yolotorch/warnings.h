// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "yolotorch/visibility.h"

namespace yolotorch {

/// Takes the text of one warning. Called by any thread, several at once, while
/// a function of yolotorch runs; it must not call yolotorch. What it throws is
/// dropped.
using WarningHandler = std::function<void(const std::string& text)>;

/// Sets what is done with LibTorch's own warnings (TORCH_WARN) while functions
/// of yolotorch run; an empty handler drops them, which is the default. One
/// handler serves the whole process; in one that runs Java, the Java library
/// sets it when it is loaded. Thread-safe. What yolotorch itself has to say of
/// a model is in ModelInfo::warnings.
YOLOTORCH_EXPORT void SetWarningHandler(WarningHandler handler);

}  // namespace yolotorch

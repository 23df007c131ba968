// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace yolotorch::libtorch {

/// What an exception of LibTorch, or one that passed through its interpreter,
/// says: without the stack of a c10::Error.
std::string TextOf(const std::exception& error);

/// Whether a text of LibTorch says that memory ran out.
bool TellsOfMemory(std::string_view text);

/// The cause in a text of LibTorch as one clause without a full stop: of a
/// trace of its interpreter the last error, without stacks, source files of
/// LibTorch, asserted expressions and requests to report it.
std::string CauseIn(std::string_view text);

}  // namespace yolotorch::libtorch

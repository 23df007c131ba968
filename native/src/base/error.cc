// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "yolotorch/error.h"

#include "base/text.h"

namespace yolotorch {
namespace {

// Longer than any sentence of ours with two long paths.
constexpr std::size_t kLongest = 12'000;

}  // namespace

Error::Error(Code code, const std::string& message)
    : std::runtime_error(base::OneLine(message, kLongest)), code_(code) {}

}  // namespace yolotorch

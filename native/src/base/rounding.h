// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

namespace yolotorch::base {

/// a / b, rounded up. REQUIRES: a >= 0, b > 0.
template <class T>
constexpr T CeilDivide(T a, T b) {
  return (a + b - 1) / b;
}

/// The smallest multiple of `unit` that is not less than `value`.
template <class T>
constexpr T RoundUp(T value, T unit) {
  return CeilDivide(value, unit) * unit;
}

}  // namespace yolotorch::base

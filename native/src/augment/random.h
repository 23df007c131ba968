// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace yolotorch::augment {

/// A stream of random numbers that is the same on every platform and with every
/// compiler. The generator is SplitMix64 (Steele, Lea, Flood: "Fast Splittable
/// Pseudorandom Number Generators", 2014).
class Random {
 public:
  /// Streams that differ in any of the four numbers are independent.
  Random(std::uint64_t seed, std::int64_t epoch, std::int64_t index,
         std::int64_t stream);

  /// 64 random bits.
  std::uint64_t Bits();
  /// Uniform in [0, 1), a multiple of 2^-53.
  double Uniform();
  /// Uniform in [low, high]. Takes one draw also when both are equal.
  double Uniform(double low, double high);
  /// Whether something of this probability happens. Takes one draw always.
  bool Chance(double probability);
  /// Uniform in [0, count). REQUIRES: count >= 1.
  int Below(int count);
  /// Uniform in [low, high], both included. REQUIRES: low <= high.
  int Between(int low, int high);
  /// Beta(shape, shape): the middle one of 2 * shape - 1 uniform numbers.
  /// REQUIRES: shape >= 1.
  double SymmetricBeta(int shape);

 private:
  std::uint64_t state_;
};

}  // namespace yolotorch::augment

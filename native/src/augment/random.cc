// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/random.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace yolotorch::augment {
namespace {

constexpr std::uint64_t kGolden = 0x9e37'79b9'7f4a'7c15;

std::uint64_t Scrambled(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9;
  z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11eb;
  return z ^ (z >> 31);
}

std::uint64_t Joined(std::uint64_t state, std::int64_t number) {
  return Scrambled(state + kGolden +
                   Scrambled(static_cast<std::uint64_t>(number)));
}

}  // namespace

Random::Random(std::uint64_t seed, std::int64_t epoch, std::int64_t index,
               std::int64_t stream)
    : state_(Joined(Joined(Joined(Scrambled(seed + kGolden), epoch), index),
                    stream)) {}

std::uint64_t Random::Bits() {
  state_ += kGolden;
  return Scrambled(state_);
}

double Random::Uniform() {
  return static_cast<double>(Bits() >> 11) * 0x1.0p-53;
}

double Random::Uniform(double low, double high) {
  return low + (high - low) * Uniform();
}

bool Random::Chance(double probability) { return Uniform() < probability; }

// Lemire's method: the upper half of a product, and the few products that would
// favour some numbers drawn again.
int Random::Below(int count) {
  const auto n = static_cast<std::uint64_t>(count);
  const std::uint64_t unfair = (std::uint64_t{1} << 32) % n;
  std::uint64_t product = (Bits() >> 32) * n;
  while ((product & 0xffff'ffff) < unfair) product = (Bits() >> 32) * n;
  return static_cast<int>(product >> 32);
}

int Random::Between(int low, int high) { return low + Below(high - low + 1); }

double Random::SymmetricBeta(int shape) {
  std::vector<double> draws(static_cast<std::size_t>(2 * shape - 1));
  for (double& draw : draws) draw = Uniform();
  const auto middle = draws.begin() + (shape - 1);
  std::nth_element(draws.begin(), middle, draws.end());
  return *middle;
}

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "graph/network.h"

namespace yolotorch::graph {

/// Floating-point operations for one picture of height x width, both multiples
/// of 32: two for each multiply-add of the convolutions and linear layers.
/// Attention's products are left out, as in the published figures. Runs the
/// network once on a small input and fixes it to that size.
double CountFlops(Network& network, std::int64_t height, std::int64_t width);

}  // namespace yolotorch::graph

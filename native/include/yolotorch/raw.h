// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace yolotorch {

/// Numbers in rows, the last dimension densest, and how many there are in each
/// dimension.
struct RawTensor {
  std::vector<std::int64_t> shape;
  std::vector<float> values;  ///< as many as the product of `shape`
};

}  // namespace yolotorch

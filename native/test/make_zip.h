// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace yolotorch::test {

using Bytes = std::vector<std::uint8_t>;

/// A zip archive with these stored records under the top folder "model".
Bytes MakeZip(const std::vector<std::pair<std::string, Bytes>>& records);

}  // namespace yolotorch::test

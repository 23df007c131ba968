// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace yolotorch::metadata {

/// Parses a Python literal, which older exporters wrote for lists and dicts:
/// "{0: 'person', 1: 'bicycle'}", "[640, 640]", "(17, 3)". Keys of dicts become
/// texts, tuples lists. Nothing is evaluated; JSON is accepted as well. Returns
/// a discarded value for anything else.
nlohmann::json ParseLiteral(std::string_view text);

}  // namespace yolotorch::metadata

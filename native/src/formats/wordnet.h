// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace yolotorch::formats {

/// Whether class names are WordNet 3.0 ids ("n01440764"), as in checkpoints
/// trained on ImageNet.
bool AreWordNetIds(const std::map<int, std::string>& names);

/// Replaces the ids of the 1,000 ImageNet classes by their first WordNet name
/// ("tench"); ids of other classes are unchanged.
void NameWordNetIds(std::map<int, std::string>* names);

}  // namespace yolotorch::formats

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "gate/program.h"

namespace yolotorch::gate {

/// The loops and conditions of a method that lie in no other, each in a form
/// that does not depend on how long its names and numbers are, by which
/// LibTorch's printer decides where lines end: values that are used once stand
/// where they are used, names are numbered, whole numbers above 0 are N, floats
/// F, and digits in texts N.
std::map<const Statement*, std::string> CanonicalBlocks(const Method& method);

/// Whether it is the canonical text of a loop or condition that yolotorch's
/// exporter writes around a network: the check of sizes, non-maximum
/// suppression, the letterbox and so on. They are the only ones that need no
/// trust: whatever values their names have, they end, and divide by no 0.
bool IsOwnScript(const std::string& text);

}  // namespace yolotorch::gate

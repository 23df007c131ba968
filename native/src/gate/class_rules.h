// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/pickle.h"
#include "gate/code_scan.h"

namespace yolotorch::gate {

/// What is wrong with the objects of a pickle, given the classes that the
/// archive's code defines; empty if nothing. LibTorch does not check the types
/// of attributes: it would read an object of another class beyond its end.
/// Types that cannot be compared are added to `facts->faults`.
std::string FaultOfObjects(const formats::Pickle& pickle, CodeFacts* facts);

/// What is wrong with the references between classes; empty if nothing.
/// LibTorch compiles a class while it compiles the one that refers to it.
std::string FaultOfClasses(const CodeFacts& facts);

}  // namespace yolotorch::gate

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/pickle.h"
#include "gate/code_scan.h"

namespace yolotorch::gate {

/// What is wrong with the objects of a pickle, given the classes that the
/// archive's code defines; empty when nothing is. LibTorch puts whatever the
/// pickle holds into an object's attributes and reads them as what the class
/// says: an object of another class there is read beyond its end. Types that
/// that cannot be compared are added to `facts->faults`.
std::string FaultOfObjects(const formats::Pickle& pickle, CodeFacts* facts);

/// What is wrong with how classes refer to one another; empty when nothing is.
/// LibTorch compiles a class while it compiles the one that refers to it.
std::string FaultOfClasses(const CodeFacts& facts);

}  // namespace yolotorch::gate

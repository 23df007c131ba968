// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gate/code_scan.h"
#include "gate/program.h"

namespace yolotorch::gate {

/// What keeps the program from being one that a network needs, printable and in
/// some 100 letters; empty if nothing. Such a program is a trace:
///   it runs from its first statement to its last one: no loop, condition or
///     recursion, and at most 30,000 calls and operators, however they call
///     one another;
///   it writes into tensors alone that it made itself: into no weight, no
///     constant, no attribute and not into its input;
///   it divides no whole numbers, repeats no list or text, and nests no value
///     more than 10,000 parts large;
///   the types that it gives to tensors are those of a network's numbers.
/// Methods of our own exporter (IsOwnScript) may do otherwise.
///
/// `classes`: what ScanCode found, for the types of attributes. `root`: the
/// class of the archive's module, whose forward is run.
std::string FaultOfProgram(
    const Program& program,
    const std::map<std::string, CodeFacts::Class>& classes,
    std::string_view root);

}  // namespace yolotorch::gate

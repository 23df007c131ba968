// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace yolotorch::base {

/// What Confine() could take away.
struct Confinement {
  bool reading =
      false;  ///< files elsewhere, from this thread and its future ones
  bool the_rest = false;  ///< everything else, from all threads
};

/// Takes from this process, for ever: to open files for writing, to make,
/// rename or remove them, to start processes and programs, sockets, and to look
/// into other processes; and to read files that do not lie at or beneath one of
/// `readable`. As far as the system offers it (Linux on x86-64: seccomp and
/// Landlock).
Confinement Confine(const std::vector<std::string>& readable);

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <malloc.h>

#include <cstdint>
#include <fstream>
#include <string>

namespace yolotorch::test {

/// A line such as "VmHWM:  1234 kB" of this process's status, in bytes.
inline std::int64_t StatusBytes(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key + ":")) {
      return std::stoll(line.substr(key.size() + 1)) * 1024;
    }
  }
  return 0;
}

/// By how many bytes resident memory grew at most while `work` ran.
template <typename Work>
std::int64_t PeakGrowth(const Work& work) {
  malloc_trim(0);  // freed memory would hide what is taken
  std::ofstream("/proc/self/clear_refs") << 5;  // forgets the last peak
  const std::int64_t before = StatusBytes("VmRSS");
  work();
  return StatusBytes("VmHWM") - before;
}

}  // namespace yolotorch::test

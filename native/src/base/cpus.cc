// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/cpus.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#endif

namespace yolotorch::base {
namespace {

int CpusOfAffinity() {
#if defined(__linux__)
  cpu_set_t cpus;
  if (sched_getaffinity(0, sizeof(cpus), &cpus) == 0) return CPU_COUNT(&cpus);
#endif
  return static_cast<int>(std::thread::hardware_concurrency());
}

std::string FirstLine(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// In a container the cgroup's own files lie at the top.
int CpusOfCgroup() {
  const std::string unified = FirstLine("/sys/fs/cgroup/cpu.max");
  if (!unified.empty()) return CpusOfQuota(unified);
  return CpusOfQuota(FirstLine("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") + " " +
                     FirstLine("/sys/fs/cgroup/cpu/cpu.cfs_period_us"));
}

int CpusOfUser() {
  const char* text = std::getenv("OMP_NUM_THREADS");
  return text == nullptr ? 0 : std::atoi(text);
}

}  // namespace

int CpusOfQuota(const std::string& cpu_max) {
  std::istringstream text(cpu_max);
  double quota = 0;
  double period = 0;
  if (!(text >> quota >> period) || quota <= 0 || period <= 0) return 0;
  return static_cast<int>(std::ceil(quota / period));
}

std::string CpuName() {
  std::ifstream info("/proc/cpuinfo");
  std::string line;
  while (std::getline(info, line)) {
    if (!line.starts_with("model name")) continue;
    const std::size_t begin = line.find_first_not_of(" :\t", 10);
    return begin == std::string::npos ? "" : line.substr(begin);
  }
  return "";
}

int AvailableCpus() {
  int count = CpusOfAffinity();
  for (const int limit : {CpusOfCgroup(), CpusOfUser()}) {
    if (limit > 0) count = std::min(count, limit);
  }
  return std::max(count, 1);
}

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace yolotorch::base {

/// Number of cores that this process may use: those of its affinity mask, at
/// most its cgroup quota rounded up, at most OMP_NUM_THREADS if set. At least
/// 1.
int AvailableCpus();

/// "Intel(R) Xeon(R) Processor"; empty where the system does not tell.
std::string CpuName();

/// The cores that a cgroup's quota allows, rounded up; 0: no limit.
/// `cpu_max`: text of cgroup v2's cpu.max, "200000 100000" or "max 100000".
int CpusOfQuota(const std::string& cpu_max);

}  // namespace yolotorch::base

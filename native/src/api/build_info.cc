// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <ATen/Context.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include <fstream>
#include <sstream>
#include <string>

#include "libtorch/warnings.h"
#include "runtime/cpus.h"
#include "yolotorch/model.h"
#include "yolotorch/version.h"

namespace yolotorch {
namespace {

// "Intel(R) Xeon(R) Processor"; empty where the system does not tell.
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

}  // namespace

std::string BuildInfo() {
  const libtorch::WarningScope warnings;  // of a CUDA that cannot be used
  std::ostringstream text;
  text << "yolotorch " << YOLOTORCH_VERSION << "\nlibtorch " << TORCH_VERSION
       << "\ncpu " << CpuName() << "\ncapability " << at::get_cpu_capability()
       << "\nthreads " << runtime::AvailableCpus() << "\ncuda "
       << (at::globalContext().hasCUDA() ? at::getNumGPUs() : 0) << "\n";
  return text.str();
}

}  // namespace yolotorch

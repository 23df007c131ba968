// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <ATen/Context.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include <sstream>
#include <string>

#include "base/cpus.h"
#include "libtorch/warnings.h"
#include "yolotorch/model.h"
#include "yolotorch/version.h"

namespace yolotorch {
std::string BuildInfo() {
  const libtorch::WarningScope warnings;  // of a CUDA that cannot be used
  std::ostringstream text;
  text << "yolotorch " << YOLOTORCH_VERSION << "\nlibtorch " << TORCH_VERSION
       << "\ncpu " << base::CpuName() << "\ncapability "
       << at::get_cpu_capability() << "\nthreads " << base::AvailableCpus()
       << "\ncuda " << (at::globalContext().hasCUDA() ? at::getNumGPUs() : 0)
       << "\n";
  return text.str();
}

}  // namespace yolotorch

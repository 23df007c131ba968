// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/device.h"

#include <ATen/Context.h>

#include <mutex>

#include "base/os.h"
#include "libtorch/run_limit.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

// The number in "0" or "1"; -1 when it is none.
int Ordinal(const std::string& digits) {
  if (digits.empty() || digits.size() > 3) return -1;
  int value = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return -1;
    value = value * 10 + (digit - '0');
  }
  return value;
}

}  // namespace

c10::Device ParseDevice(const std::string& text) {
  if (text.empty() || text == "cpu") return c10::Device(c10::kCPU);
  if (text == "mps") {
    if (at::globalContext().hasMPS()) return c10::Device(c10::kMPS, 0);
    throw Error(Code::kDeviceUnavailable,
                "device=mps needs a Mac with Metal, which is not here: use "
                "device=cpu.");
  }
  const std::string digits = text == "cuda"              ? "0"
                             : text.starts_with("cuda:") ? text.substr(5)
                                                         : text;
  const int ordinal = Ordinal(digits);
  if (ordinal < 0) {
    throw Error(Code::kInvalidArgument,
                "device='" + text +
                    "' names no device; expected cpu, 0, cuda:1 or mps.");
  }
  const std::size_t count =
      at::globalContext().hasCUDA() ? at::getNumGPUs() : 0;
  if (static_cast<std::size_t>(ordinal) >= count) {
    throw Error(Code::kDeviceUnavailable,
                "device=" + text + " needs a CUDA device " +
                    std::to_string(ordinal) + ", but " + std::to_string(count) +
                    " were found: use device=cpu, or a machine with a driver "
                    "and the linux-x86_64-gpu libraries on the class path.");
  }
  return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(ordinal));
}

void PrepareProcess() {
  static std::once_flag once;
  std::call_once(once, [] {
    libtorch::LimitAllocations();
    at::globalContext().setUserEnabledNNPACK(false);
    // Not linked, because a LibTorch built with MKL has no OpenBLAS. JavaCPP
    // loads it privately.
    if (void* set_threads =
            base::FindSymbol("libopenblas.so.0", "openblas_set_num_threads")) {
      reinterpret_cast<void (*)(int)>(set_threads)(1);
    }
  });
}

}  // namespace yolotorch::runtime

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>

#include <string>

namespace yolotorch::runtime {

/// The device that `text` names in the spelling of Ultralytics: "cpu", "0",
/// "cuda", "cuda:1", "mps"; empty means the CPU. Throws Error kInvalidArgument
/// for another text and kDeviceUnavailable when this machine has no such
/// device.
c10::Device ParseDevice(const std::string& text);

/// Sets what LibTorch needs once in a process. OpenBLAS gets one thread,
/// because its workers busy-wait and fight the OpenMP threads that do the work.
/// NNPACK is off: LibTorch would use it for batches of 16 and more alone, which
/// oneDNN takes first, but looks for it at every convolution that oneDNN does
/// not take, and prints a line each time where NNPACK rejects the processor.
void PrepareProcess();

}  // namespace yolotorch::runtime

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>

#include <string>

namespace yolotorch::runtime {

/// The device that `text` names as YOLO users write it: "cpu", "0", "cuda",
/// "cuda:1", "mps"; empty means the CPU. Throws Error kInvalidArgument for
/// another text and kDeviceUnavailable when this machine has no such device.
c10::Device ParseDevice(const std::string& text);

/// Sets what LibTorch needs once in a process: OpenBLAS to one thread, because
/// its workers busy-wait and fight the OpenMP threads that do the work, and
/// NNPACK off, because LibTorch looks for it at every small convolution, prints
/// a line each time where it rejects the processor, and would use it only where
/// oneDNN, which goes first, is not there.
void PrepareProcess();

}  // namespace yolotorch::runtime

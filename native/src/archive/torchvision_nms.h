// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

namespace yolotorch::archive {

/// Registers the operator torchvision::nms, which Ultralytics' exports with
/// nms=True call and LibTorch lacks, unless torchvision itself is loaded. To be
/// called before such an archive is loaded. Thread-safe.
void RegisterTorchvisionNms();

}  // namespace yolotorch::archive

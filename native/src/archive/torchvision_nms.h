// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

namespace yolotorch::archive {

/// Registers the operator torchvision::nms, which Ultralytics' exports with
/// nms=True call and LibTorch lacks; does nothing where torchvision itself is
/// loaded. Needed before such an archive is loaded. Thread-safe.
void RegisterTorchvisionNms();

}  // namespace yolotorch::archive

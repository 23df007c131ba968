// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "graph/network.h"
#include "metadata/metadata.h"
#include "yolotorch/raw.h"

namespace yolotorch::api {

/// Throws Error kUnsupportedModel if the archive holds some layers only, which
/// give no detections.
void CheckIsWhole(const metadata::Metadata& metadata, const std::string& name);

/// Throws Error kUnsupportedModel if the archive's output is not the network's.
void CheckGivesRaw(const metadata::Metadata& metadata, const std::string& name);

/// Throws Error kUnsupportedModel if the archive's first layer takes features.
void CheckTakesPictures(const metadata::Metadata& metadata,
                        const std::string& name);

/// Throws Error kInvalidArgument unless the model takes a tensor of this shape.
void CheckTensor(const RawTensor& input, const metadata::Metadata& metadata,
                 const std::string& name);

/// The layers asked for, or the last before the head. Throws Error
/// kInvalidArgument for one that is not there, and kUnsupportedModel for null.
std::vector<int> LayersToEmbed(const graph::Network* network,
                               const std::vector<int>& layers,
                               const std::string& name);

/// A tensor with the numbers of `raw`.
at::Tensor TensorOf(const RawTensor& raw);

/// The numbers of these tensors as float32.
std::vector<RawTensor> RawTensorsOf(const std::vector<at::Tensor>& tensors);

}  // namespace yolotorch::api

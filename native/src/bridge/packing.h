// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "yolotorch/inspect.h"
#include "yolotorch/model.h"

namespace yolotorch::bridge {

/// A result in the layout that predict() documents.
std::vector<std::uint8_t> Pack(const ModelInfo& info,
                               const Predictions& result);

/// Tensors in the layout that predictRaw() documents.
std::vector<std::uint8_t> PackRaw(const std::vector<RawTensor>& tensors);

/// The text that describe() documents.
std::string DescribeModel(const ModelInfo& info);

/// The text that optimizations() documents.
std::string DescribeOptimizations(const std::vector<std::string>& sentences);

/// The text that inspectFile() documents.
std::string DescribeFile(const FileInfo& info);

}  // namespace yolotorch::bridge

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "api/network_source.h"
#include "metadata/metadata.h"
#include "yolotorch/model.h"

namespace yolotorch::api {

/// The properties of a model of this kind, from its metadata.
ModelInfo Describe(const metadata::Metadata& metadata, const std::string& kind);

/// The same for a network that can still be traced, with its weights counted,
/// and with a warning if another task was asked for.
ModelInfo DescribeSource(const NetworkSource& source, const std::string& kind,
                         const std::string& asked_task);

}  // namespace yolotorch::api

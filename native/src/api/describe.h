// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "api/network_source.h"
#include "metadata/metadata.h"
#include "yolotorch/model.h"

namespace yolotorch::api {

/// What metadata tells of a model of this kind.
ModelInfo Describe(const metadata::Metadata& metadata, const std::string& kind);

/// The same of a network that can still be traced, its weights counted, with a
/// warning if another task was asked for.
ModelInfo DescribeSource(const NetworkSource& source, const std::string& kind,
                         const std::string& asked_task);

}  // namespace yolotorch::api

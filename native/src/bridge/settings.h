// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "yolotorch/options.h"

namespace yolotorch::bridge {

/// Options from "key=value" lines, as openFile() and exportModel() take them.
/// Throws Error kInvalidArgument for a line of another form.
LoadOptions LoadOptionsFrom(const std::string& settings);
ExportOptions ExportOptionsFrom(const std::string& settings);

}  // namespace yolotorch::bridge

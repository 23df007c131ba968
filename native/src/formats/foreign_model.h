// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "formats/file_kind.h"

namespace yolotorch::formats {

/// Whether the file is a model for another program, by its content.
bool IsForeignModel(const FileKind& kind);

/// What a model for another program is called by the end of its name, with
/// article; empty if it ends like none. For files whose content tells nothing,
/// and for folders.
std::string ForeignModelTitle(std::string_view name);

}  // namespace yolotorch::formats

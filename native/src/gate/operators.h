// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace yolotorch::gate {

/// Whether a YOLO network may use this operator: arithmetic, shapes and
/// selection on tensors and numbers; nothing that accesses files, processes,
/// uninitialised memory or other tensors' storage. `space` is "aten", "prim" or
/// another namespace.
bool IsAllowedOperator(std::string_view space, std::string_view name);

/// Whether code may call this by a bare name, such as "annotate" and "int".
bool IsAllowedCall(std::string_view name);

/// Whether a class may define, and code call, a method of this name.
bool IsAllowedMethod(std::string_view name);

}  // namespace yolotorch::gate

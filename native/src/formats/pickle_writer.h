// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/pickle.h"

namespace yolotorch::formats {

/// The pickle of a value, of protocol 2, in the form that torch.save gives it.
/// Values are nested as deep as the stack allows: some thousands. Throws
/// std::invalid_argument for a value of kind kBytes, which protocol 2 lacks.
std::string WritePickle(const Value& root);

}  // namespace yolotorch::formats

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace yolotorch::base {

/// `text` as one line that may be shown: line breaks and tabs become blanks,
/// several of them one, and none at the ends. A character that a terminal
/// would obey, that turns the direction of writing or that is not UTF-8 becomes
/// a '?'. Behind `longest` bytes the text ends with "...".
std::string OneLine(std::string_view text, std::size_t longest);

/// `text` with a '?' for every byte that is no UTF-8.
std::string ValidUtf8(std::string_view text);

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "gate/lexer.h"

namespace yolotorch::gate {

/// What a statement in the body of a class declares, methods aside.
struct Declaration {
  std::string_view name;        ///< of an attribute; empty if it declares none
  std::span<const Token> type;  ///< of that attribute
  std::string_view hook;        ///< name of the list of hooks that it fills
};

/// Reads such a statement; nullopt unless it has one of the forms that
/// LibTorch's printer writes (ScanCode lists them). Everything that LibTorch
/// could take for an attribute must be taken for the same one here.
std::optional<Declaration> ReadDeclaration(std::span<const Token> tokens);

/// Whether the tokens after "class" have the form "Name(Base):".
bool IsClassHead(std::span<const Token> tokens);

}  // namespace yolotorch::gate

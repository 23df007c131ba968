// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/class_statement.h"

#include <algorithm>
#include <cstddef>

namespace yolotorch::gate {
namespace {

using Kind = Token::Kind;

// Whether the tokens are what LibTorch prints for a type.
bool IsType(std::span<const Token> tokens) {
  return !tokens.empty() && tokens[0].kind == Kind::kName &&
         std::all_of(tokens.begin(), tokens.end(), [](const Token& token) {
           return token.kind == Kind::kName || token.Is("[") || token.Is("]") ||
                  token.Is(",") || token.Is(".");
         });
}

bool IsPlainText(const Token& token) {
  return token.kind == Kind::kText &&
         token.text.find('\\') == std::string_view::npos;
}

// Whether the tokens are a list of texts as in ["weight", "bias", ].
bool IsListOfTexts(std::span<const Token> tokens) {
  if (tokens.size() < 2 || !tokens.front().Is("[") || !tokens.back().Is("]")) {
    return false;
  }
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (i % 2 == 1 ? !IsPlainText(tokens[i]) : !tokens[i].Is(",")) return false;
  }
  return true;
}

}  // namespace

std::optional<Declaration> ReadDeclaration(std::span<const Token> tokens) {
  const std::size_t count = tokens.size();
  if (count == 1) {
    if (tokens[0].IsWord("pass")) return Declaration{};
    return std::nullopt;
  }
  if (count == 0 || tokens[0].kind != Kind::kName) return std::nullopt;
  const bool annotates = tokens[0].IsWord("__annotations__");
  if (tokens[1].Is("=")) {
    Declaration declaration;
    if (tokens[0].IsWord("__forward_hooks__") ||
        tokens[0].IsWord("__forward_pre_hooks__")) {
      declaration.hook = tokens[0].text;
    } else if (!annotates && !tokens[0].IsWord("__parameters__") &&
               !tokens[0].IsWord("__buffers__")) {
      return std::nullopt;
    }
    if (!IsListOfTexts(tokens.subspan(2))) return std::nullopt;
    return declaration;
  }
  if (tokens[1].Is(":")) {
    const auto equals =
        std::find_if(tokens.begin(), tokens.end(),
                     [](const Token& token) { return token.Is("="); });
    const auto end = static_cast<std::size_t>(equals - tokens.begin());
    const std::span<const Token> type = tokens.subspan(2, end - 2);
    if (!IsType(type)) return std::nullopt;
    if (end == count) return Declaration{tokens[0].text, type, {}};
    // A constant: no attribute of objects.
    if (end + 1 < count && type[0].IsWord("Final") && type.size() > 2 &&
        type[1].Is("[")) {
      return Declaration{};
    }
    return std::nullopt;
  }
  if (!annotates || count < 6 || !tokens[1].Is("[") ||
      !IsPlainText(tokens[2]) || !tokens[3].Is("]") || !tokens[4].Is("=") ||
      !IsType(tokens.subspan(5))) {
    return std::nullopt;
  }
  return Declaration{tokens[2].text, tokens.subspan(5), {}};
}

bool IsClassHead(std::span<const Token> tokens) {
  return tokens.size() == 5 && tokens[1].Is("(") &&
         tokens[2].kind == Kind::kName && tokens[3].Is(")") &&
         tokens[4].Is(":");
}

}  // namespace yolotorch::gate

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/activation_text.h"

#include <cstdlib>
#include <regex>

namespace yolotorch::api {
namespace {

using graph::Argument;

// Regular expressions recurse per character.
constexpr std::size_t kMaxActivation = 200;

std::optional<Argument> ReadArgument(const std::string& text) {
  if (text == "True") return Argument(true);
  if (text == "False") return Argument(false);
  if (text == "None") return Argument();
  const char quote = text.front();
  if ((quote == '\'' || quote == '"') && text.size() >= 2 &&
      text.back() == quote) {
    return Argument(text.substr(1, text.size() - 2));
  }
  static const auto* number =
      new std::regex(R"([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)");
  if (!std::regex_match(text, *number)) return std::nullopt;
  return Argument(std::strtod(text.c_str(), nullptr));
}

}  // namespace

std::optional<graph::ActivationChoice> ReadActivation(const std::string& text) {
  static const auto* call = new std::regex(
      R"(\s*(?:torch\.)?(?:nn\.)?(?:modules\.)?(?:activation\.)?([A-Za-z]\w*)\s*\((.*)\)\s*)");
  static const auto* argument =
      new std::regex(R"(\s*(?:(\w+)\s*=\s*)?([^\s,=]+)\s*)");
  std::smatch parts;
  if (text.size() > kMaxActivation || !std::regex_match(text, parts, *call)) {
    return std::nullopt;
  }
  graph::ActivationChoice choice;
  choice.name = parts[1].str();
  const std::string list = parts[2].str();
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const std::string one = list.substr(begin, end - begin);
    begin = end + 1;
    // Python allows a comma after the last.
    const bool blank = one.find_first_not_of(" \t") == std::string::npos;
    if (blank && begin > list.size()) break;
    std::smatch given;
    if (!std::regex_match(one, given, *argument)) return std::nullopt;
    const auto value = ReadArgument(given[2].str());
    if (!value) return std::nullopt;
    if (given[1].matched) {
      choice.named[given[1].str()] = *value;
    } else {
      if (!choice.named.empty()) return std::nullopt;
      choice.positional.push_back(*value);
    }
  }
  return choice;
}

}  // namespace yolotorch::api

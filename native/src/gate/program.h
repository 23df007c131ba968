// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace yolotorch::gate {

/// An expression of a program as LibTorch prints it. All texts are parts of the
/// source.
struct Expression {
  enum class Kind : std::uint8_t {
    kName,       ///< text
    kNumber,     ///< text, with its sign
    kText,       ///< text: between the quotes
    kWord,       ///< text: True, False or None
    kConstant,   ///< CONSTANTS.text
    kAttribute,  ///< parts[0].text, or getattr(parts[0], "text")
    kElement,    ///< parts[0][text]: a number
    kList,       ///< [parts]
    kTuple,      ///< (parts)
    kTyped,      ///< annotate(text, parts[0]); also unchecked_cast
    kCast,       ///< int(parts[0]), or float or bool or range: text
    kOperator,   ///< torch.text(parts), or ops.space.text(parts)
    kCall,       ///< (parts[0]).text(the other parts)
  };

  Kind kind = Kind::kName;
  std::string_view text;
  std::string_view space;  ///< of kOperator: "aten"
  std::vector<Expression> parts;
  std::vector<std::string_view> keywords;  ///< of kOperator and kCall: "dtype"
                                           ///< or "", one per part
};

struct Statement {
  enum class Kind : std::uint8_t {
    kAssign,  ///< targets = value; a call by itself has no targets
    kReturn,  ///< value
    kIf,      ///< value, body, other
    kWhile,   ///< value, body
    kFor,     ///< targets[0], value, body
    kPass,
  };

  Kind kind = Kind::kAssign;
  std::vector<std::string_view> targets;
  Expression value;
  std::vector<Statement> body;
  std::vector<Statement> other;
};

struct Method {
  std::vector<std::string_view> parameters;  ///< the first is the object
  std::vector<std::string> types;            ///< one per parameter, or ""
  std::vector<Statement> body;
  /// What the reader does not know, such as "'x.y' is written"; the rest is
  /// incomplete then. Empty for a method that was read whole.
  std::string fault;
};

/// The methods of each class, by "__torch__.a.B" and name.
using Program = std::map<std::string, std::map<std::string, Method>>;

/// Reads the methods of one source file and adds them to `program`, which
/// refers to `source`. REQUIRES: ScanCode accepted the source, which bounds how
/// deep it is nested; `package` is "__torch__.a".
void ReadProgram(std::string_view source, const std::string& package,
                 Program* program);

}  // namespace yolotorch::gate

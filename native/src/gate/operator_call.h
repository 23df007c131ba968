// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gate/program.h"

namespace yolotorch::gate {

/// What is known of a value before the program runs.
struct Fact {
  enum class Kind : std::uint8_t {
    kTensor,
    kNumber,
    kText,
    kNone,
    kType,  ///< of a tensor: what ops.prim.dtype gives
    kDevice,
    kModule,
    kMixed,  ///< any of these
  };

  Kind kind = Kind::kTensor;  ///< of a list's elements as well
  int lists = 0;              ///< around it
  bool shared = false;        ///< other predictions, or the caller, see it too
  std::size_t parts = 1;
  std::string_view type;  ///< of a module
};

/// What keeps a program from being one that a network needs.
struct ProgramFault {
  std::string what;
};

/// Throws ProgramFault.
[[noreturn]] void FailProgram(const std::string& what);

/// The beginning of its text, for messages.
std::string ShownText(const Expression& value);

/// What a call of an operator gives, by what is known of its arguments. Throws
/// ProgramFault for one that no network needs: other operators, writes into
/// what others see, numbers of absurd types, training modes, divisions by what
/// may be 0. `in_script`: in a loop or condition of our own.
Fact ResultOf(const Expression& call, const std::vector<Fact>& arguments,
              bool in_script);

}  // namespace yolotorch::gate

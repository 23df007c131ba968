// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace yolotorch::train {

/// The Python type of an attribute.
enum class Form : std::uint8_t {
  kNone,     ///< None, whatever the network says
  kFlag,     ///< bool
  kWhole,    ///< int
  kReal,     ///< float
  kText,     ///< str
  kWholes,   ///< tuple of int
  kList,     ///< list of int
  kHalves,   ///< tensor of float16
  kPadding,  ///< tuple of the padding, last side first, each side twice
};

struct AttributeForm {
  std::string_view name;
  Form form = Form::kNone;
  /// What it has where the network does not say: a number, or a text. Without
  /// one it is then left out.
  std::vector<double> numbers;
  std::string_view text;
};

/// What an instance of a class has beside what every torch.nn.Module has, in
/// the order in which a pickle lists it.
struct ClassForm {
  std::vector<std::string_view> parameters;  ///< None if the network has none
  std::vector<std::string_view> buffers;
  std::vector<AttributeForm> attributes;
};

/// The form of a class of Ultralytics or torch.nn by its name alone, such as
/// "Conv2d"; an empty one for a class that has only parts.
const ClassForm& FormOfClass(std::string_view kind);

}  // namespace yolotorch::train

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/activation.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "graph/saved_module.h"
#include "graph/saving.h"

namespace yolotorch::graph {

// An argument of a constructor; the attribute of an instance has its name, too.
struct ActivationArgument {
  std::string_view name;
  double fallback = NAN;  // NaN: has to be given
};

struct ActivationRule {
  std::string_view name;
  std::array<ActivationArgument, 2> arguments;  // unnamed ones: none
  at::Tensor (*apply)(const at::Tensor& x, const std::array<double, 2>& values);
};

namespace {

using at::Tensor;
using Values = std::array<double, 2>;

constexpr std::string_view kSilu = "SiLU";
constexpr std::string_view kPrelu = "PReLU";
constexpr std::string_view kGelu = "GELU";

// Only SiLU works in place: it is fused into convolutions, and what is not
// leaves the memory of a convolution's output alone.
constexpr auto kRules = std::to_array<ActivationRule>({
    {kSilu,
     {},
     [](const Tensor& x, const Values&) {
       Tensor same = x;
       return at::silu_(same);
     }},
    {"Identity", {}, [](const Tensor& x, const Values&) { return x; }},
    {"ReLU", {}, [](const Tensor& x, const Values&) { return at::relu(x); }},
    {"ReLU6", {}, [](const Tensor& x, const Values&) { return at::relu6(x); }},
    {"LeakyReLU",
     {{{"negative_slope", 0.01}}},
     [](const Tensor& x, const Values& v) { return at::leaky_relu(x, v[0]); }},
    {kPrelu,
     {{{"num_parameters", 1}, {"init", 0.25}}},
     [](const Tensor& x, const Values&) { return x; }},
    {"RReLU",
     {{{"lower", 1.0 / 8}, {"upper", 1.0 / 3}}},
     [](const Tensor& x, const Values& v) {
       return at::leaky_relu(x, (v[0] + v[1]) / 2);
     }},
    {"ELU",
     {{{"alpha", 1}}},
     [](const Tensor& x, const Values& v) { return at::elu(x, v[0]); }},
    {"CELU",
     {{{"alpha", 1}}},
     [](const Tensor& x, const Values& v) { return at::celu(x, v[0]); }},
    {"SELU", {}, [](const Tensor& x, const Values&) { return at::selu(x); }},
    {kGelu,
     {{{"approximate", 0}}},
     [](const Tensor& x, const Values& v) {
       return at::gelu(x, v[0] != 0 ? "tanh" : "none");
     }},
    {"Mish", {}, [](const Tensor& x, const Values&) { return at::mish(x); }},
    {"Hardswish",
     {},
     [](const Tensor& x, const Values&) { return at::hardswish(x); }},
    {"Hardsigmoid",
     {},
     [](const Tensor& x, const Values&) { return at::hardsigmoid(x); }},
    {"Hardtanh",
     {{{"min_val", -1}, {"max_val", 1}}},
     [](const Tensor& x, const Values& v) {
       return at::hardtanh(x, v[0], v[1]);
     }},
    {"Sigmoid",
     {},
     [](const Tensor& x, const Values&) { return at::sigmoid(x); }},
    {"LogSigmoid",
     {},
     [](const Tensor& x, const Values&) { return at::log_sigmoid(x); }},
    {"Tanh", {}, [](const Tensor& x, const Values&) { return at::tanh(x); }},
    {"Tanhshrink",
     {},
     [](const Tensor& x, const Values&) { return x - at::tanh(x); }},
    {"Softplus",
     {{{"beta", 1}, {"threshold", 20}}},
     [](const Tensor& x, const Values& v) {
       return at::softplus(x, v[0], v[1]);
     }},
    {"Softsign",
     {},
     [](const Tensor& x, const Values&) { return x / (at::abs(x) + 1); }},
    {"Softshrink",
     {{{"lambd", 0.5}}},
     [](const Tensor& x, const Values& v) { return at::softshrink(x, v[0]); }},
    {"Hardshrink",
     {{{"lambd", 0.5}}},
     [](const Tensor& x, const Values& v) { return at::hardshrink(x, v[0]); }},
    {"Threshold",
     {{{"threshold", NAN}, {"value", NAN}}},
     [](const Tensor& x, const Values& v) {
       return at::threshold(x, v[0], v[1]);
     }},
});

const ActivationRule* FindRule(std::string_view name) {
  const auto* found = std::find_if(
      kRules.begin(), kRules.end(),
      [&](const ActivationRule& rule) { return rule.name == name; });
  return found == kRules.end() ? nullptr : found;
}

[[noreturn]] void Refuse(const std::string& what) {
  throw std::invalid_argument(what);
}

// The number that an argument stands for: the words of GELU's only one, a
// switch, or a number.
double NumberOf(const Argument& argument, std::string_view name) {
  if (const auto* word = std::get_if<std::string>(&argument)) {
    if (name == "approximate" && *word == "none") return 0;
    if (name == "approximate" && *word == "tanh") return 1;
  }
  if (const auto* number = std::get_if<double>(&argument)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&argument)) {
    return static_cast<double>(*whole);
  }
  return NAN;
}

// LibTorch divides by some arguments and refuses others.
void CheckValues(const ActivationRule& rule, const Values& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string_view name = rule.arguments.at(i).name;
    if (name.empty()) continue;
    if (!std::isfinite(values.at(i))) {
      Refuse("has no usable '" + std::string(name) + "'; expected a number");
    }
    if (values.at(i) == 0 &&
        (name == "beta" || (name == "alpha" && rule.name == "CELU"))) {
      Refuse("has a '" + std::string(name) + "' of 0; expected another number");
    }
    if (values.at(i) < 0 && name == "lambd") {
      Refuse("has a 'lambd' below 0; expected a larger number");
    }
  }
  if (rule.name == "Hardtanh" && values[0] >= values[1]) {
    Refuse("has a 'min_val' that is not below its 'max_val'");
  }
}

}  // namespace

Activation::Activation() : rule_(FindRule(kSilu)) {}

Activation::Activation(const ActivationChoice& choice)
    : rule_(FindRule(choice.name)) {
  if (rule_ == nullptr) {
    Refuse("is of a kind that is not built in; expected " + Names() +
           " of torch.nn");
  }
  for (const auto& [name, value] : choice.named) {
    const auto& known = rule_->arguments;
    if (name != "inplace" &&
        std::none_of(known.begin(), known.end(), [&](const auto& argument) {
          return argument.name == name;
        })) {
      Refuse("has an argument '" + name + "' that torch.nn's class lacks");
    }
  }
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const ActivationArgument& argument = rule_->arguments.at(i);
    if (argument.name.empty()) continue;
    values_.at(i) = argument.fallback;
    if (i < choice.positional.size()) {
      values_.at(i) = NumberOf(choice.positional[i], argument.name);
    }
    const auto named = choice.named.find(std::string(argument.name));
    if (named != choice.named.end()) {
      values_.at(i) = NumberOf(named->second, argument.name);
    }
  }
  CheckValues(*rule_, values_);
  if (rule_->name != kPrelu) return;
  if (!(values_[0] >= 1 && values_[0] <= 65'536)) {
    Refuse("has a 'num_parameters' that is not in [1, 65536]");
  }
  weight_ = register_parameter(
      "weight", at::full({static_cast<std::int64_t>(values_[0])}, values_[1]));
}

Activation::Activation(const SavedModule& saved)
    : rule_(FindRule(saved.kind())) {
  saved.ExpectForward({});
  if (rule_ == nullptr || !saved.type.starts_with("torch.nn.")) {
    saved.Fail("is an activation that is not built in; expected " + Names() +
               " of torch.nn");
  }
  if (rule_->name == kPrelu) {
    weight_ = register_parameter("weight", saved.Take("weight", 1),
                                 /*requires_grad=*/false);
    return;
  }
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const ActivationArgument& argument = rule_->arguments.at(i);
    if (argument.name.empty()) continue;
    values_.at(i) =
        rule_->name == kGelu
            ? NumberOf(std::string(saved.Text(argument.name, "none")),
                       argument.name)
            : saved.Real(argument.name, argument.fallback);
  }
  try {
    CheckValues(*rule_, values_);
  } catch (const std::invalid_argument& fault) {
    saved.Fail(fault.what());
  }
}

Tensor Activation::Forward(const Tensor& x) const {
  if (weight_.defined()) return at::prelu(x, weight_);
  return rule_->apply(x, values_);
}

void Activation::Save(SavedModule* saved) const {
  const std::string name(rule_->name);
  saved->type = name == "Identity" ? TypeOfKind(name)
                                   : "torch.nn.modules.activation." + name;
  if (weight_.defined()) {
    saved->numbers["num_parameters"] = {static_cast<double>(weight_.size(0))};
    SaveTensor(saved, "weight", weight_);
    return;
  }
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const std::string argument(rule_->arguments.at(i).name);
    if (argument.empty()) continue;
    if (name == kGelu) {
      saved->texts[argument] = values_.at(i) != 0 ? "tanh" : "none";
    } else {
      saved->numbers[argument] = {values_.at(i)};
    }
  }
}

std::string Activation::Names() {
  std::string names;
  for (const ActivationRule& rule : kRules) {
    const bool last = rule.name == kRules.back().name;
    names += std::string(names.empty() ? ""
                         : last        ? " or "
                                       : ", ") +
             std::string(rule.name);
  }
  return names;
}

}  // namespace yolotorch::graph

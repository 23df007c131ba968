// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/module_values.h"

#include <array>
#include <utility>

#include "graph/task_table.h"

namespace yolotorch::train {
namespace {

using formats::Value;
using graph::SavedModule;
using Items = formats::PickleValues::Items;

// Callbacks by name, of which a trained network has none.
constexpr std::array<std::string_view, 2> kHooksBefore = {"_backward_pre_hooks",
                                                          "_backward_hooks"};
constexpr std::array<std::string_view, 9> kHooksAfter = {
    "_forward_hooks",
    "_forward_hooks_with_kwargs",
    "_forward_hooks_always_called",
    "_forward_pre_hooks",
    "_forward_pre_hooks_with_kwargs",
    "_state_dict_hooks",
    "_state_dict_pre_hooks",
    "_load_state_dict_pre_hooks",
    "_load_state_dict_post_hooks"};

}  // namespace

ModuleValues::ModuleValues(TensorOf tensor, StoredTensors* stored,
                           formats::PickleValues* values)
    : tensor_(std::move(tensor)), stored_(*stored), values_(*values) {}

Items ModuleValues::Common(const Items& parameters, const Items& buffers,
                           const Items& modules, bool training) {
  Items items;
  const auto add = [&](std::string_view name, const Value* value) {
    items.push_back(values_.Text(name));
    items.push_back(value);
  };
  add("training", values_.Bool(training));
  add("_parameters", values_.OrderedDict(parameters));
  add("_buffers", values_.OrderedDict(buffers));
  add("_non_persistent_buffers_set", values_.Set());
  for (const std::string_view name : kHooksBefore) {
    add(name, values_.OrderedDict());
  }
  add("_is_full_backward_hook", values_.None());
  for (const std::string_view name : kHooksAfter) {
    add(name, values_.OrderedDict());
  }
  add("_modules", values_.OrderedDict(modules));
  return items;
}

const Value* ModuleValues::Tensor(const std::vector<double>& numbers,
                                  at::ScalarType type) {
  return stored_.Add(at::tensor(numbers, at::kDouble).to(type));
}

const Value* ModuleValues::Make(const SavedModule& saved) {
  if (!saved.type.starts_with("torch.nn.modules.activation.")) {
    return MakeNew(saved);
  }
  std::vector<const void*> tensors;
  for (const auto& [name, tensor] : saved.tensors) {
    tensors.push_back(tensor.identity);
  }
  const Value*& known = activations_[{saved.type, saved.numbers, saved.texts,
                                      std::move(tensors)}];
  if (known == nullptr) known = MakeNew(saved);
  return known;
}

const Value* ModuleValues::MakeNew(const SavedModule& saved) {
  const ClassForm& form = FormOfClass(saved.kind());
  const Items parameters = Tensors(saved, form.parameters, true);
  const Items buffers = Tensors(saved, form.buffers, false);
  Items modules;
  for (const SavedModule& child : saved.children) {
    modules.push_back(values_.Text(child.name));
    modules.push_back(Make(child));
  }
  Items attributes = Common(parameters, buffers, modules, /*training=*/false);
  for (const AttributeForm& attribute : form.attributes) {
    const Value* value = Attribute(saved, attribute);
    if (value == nullptr) continue;
    attributes.push_back(values_.Text(attribute.name));
    attributes.push_back(value);
  }
  if (saved.numbers.count("i") != 0) AddPlace(saved, &attributes);
  return values_.Object(saved.type, values_.Dict(std::move(attributes)));
}

Items ModuleValues::Tensors(const SavedModule& saved,
                            const std::vector<std::string_view>& names,
                            bool parameters) {
  Items items;
  for (const std::string_view name : names) {
    items.push_back(values_.Text(name));
    if (saved.tensors.count(name) == 0) {
      items.push_back(values_.None());
      continue;
    }
    at::Tensor tensor = tensor_(saved.path + "." + std::string(name));
    if (tensor.is_floating_point()) tensor = tensor.to(at::kHalf);
    const Value* value = stored_.Add(tensor);
    items.push_back(parameters ? values_.Parameter(value) : value);
  }
  return items;
}

const Value* ModuleValues::Attribute(const SavedModule& saved,
                                     const AttributeForm& form) {
  if (form.form == Form::kNone) return values_.None();
  if (form.form == Form::kText) {
    return values_.Text(saved.Text(form.name, form.text));
  }
  const bool padding = form.form == Form::kPadding;
  const auto said = saved.numbers.find(padding ? "padding" : form.name);
  std::vector<double> numbers =
      said == saved.numbers.end() ? form.numbers : said->second;
  if (numbers.empty()) return nullptr;
  if (padding) numbers = {numbers[1], numbers[1], numbers[0], numbers[0]};
  Items wholes;
  for (const double number : numbers) {
    wholes.push_back(values_.Int(static_cast<std::int64_t>(number)));
  }
  switch (form.form) {
    case Form::kFlag:
      return values_.Bool(numbers[0] != 0);
    case Form::kReal:
      return values_.Float(numbers[0]);
    case Form::kHalves:
      return Tensor(numbers, at::kHalf);
    case Form::kList:
      return values_.List(std::move(wholes));
    case Form::kWholes:
    case Form::kPadding:
      return values_.Tuple(std::move(wholes));
    default:
      return wholes[0];
  }
}

// What every layer is told when it is put into the network, and a head of
// boxes after that.
void ModuleValues::AddPlace(const SavedModule& saved, Items* attributes) {
  const auto add = [&](std::string_view name, const Value* value) {
    attributes->push_back(values_.Text(name));
    attributes->push_back(value);
  };
  const auto number = [&](std::string_view name) {
    return Attribute(saved, {name, Form::kWhole});
  };
  add("np", number("np"));
  add("i", number("i"));
  const bool several = saved.numbers.find("f")->second.size() > 1;
  add("f", several ? Attribute(saved, {"f", Form::kList}) : number("f"));
  add("type", values_.Text(saved.Text("type", saved.type)));
  if (!graph::TaskOfHead(saved.kind()) || saved.kind() == "Classify") return;
  add("inplace", values_.Bool(true));
  // Of the last picture's size; none was seen.
  add("anchors", Tensor({}, at::kHalf));
  add("strides", Tensor({}, at::kHalf));
}

}  // namespace yolotorch::train

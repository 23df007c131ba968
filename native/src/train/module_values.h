// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "formats/pickle_values.h"
#include "graph/saved_module.h"
#include "train/class_forms.h"
#include "train/stored_tensors.h"

namespace yolotorch::train {

/// Makes of saved modules the objects that Python pickles: instances of
/// torch.nn.Module with all that its constructor gives them, in evaluation
/// mode, and weights in half precision.
class ModuleValues {
 public:
  /// A tensor by its name in a state dict.
  using TensorOf = std::function<at::Tensor(const std::string& name)>;
  using Items = formats::PickleValues::Items;

  /// Keeps the pointers.
  ModuleValues(TensorOf tensor, StoredTensors* stored,
               formats::PickleValues* values);

  /// The object of a module and all its parts. Activations that are alike are
  /// one object, as Ultralytics has one for all its convolutions.
  const formats::Value* Make(const graph::SavedModule& saved);

  /// The attributes that every module has, key, value, key, value ...
  Items Common(const Items& parameters, const Items& buffers,
               const Items& modules, bool training);

  /// Numbers as a tensor of the pickle.
  const formats::Value* Tensor(const std::vector<double>& numbers,
                               at::ScalarType type);

 private:
  // Type, attributes and tensors.
  using Shared =
      std::tuple<std::string, decltype(graph::SavedModule::numbers),
                 decltype(graph::SavedModule::texts), std::vector<const void*>>;

  const formats::Value* MakeNew(const graph::SavedModule& saved);
  Items Tensors(const graph::SavedModule& saved,
                const std::vector<std::string_view>& names, bool parameters);
  const formats::Value* Attribute(const graph::SavedModule& saved,
                                  const AttributeForm& form);
  void AddPlace(const graph::SavedModule& saved, Items* attributes);

  TensorOf tensor_;
  StoredTensors& stored_;
  formats::PickleValues& values_;
  std::map<Shared, const formats::Value*> activations_;
};

}  // namespace yolotorch::train

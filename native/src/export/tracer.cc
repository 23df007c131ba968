// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "export/tracer.h"

#include <torch/csrc/jit/frontend/tracer.h>

#include <map>
#include <memory>
#include <string>
#include <typeinfo>

namespace yolotorch::exporter {
namespace {

using torch::jit::Module;

// Gives every torch::nn module a TorchScript twin that holds the same tensors.
// Modules with the same attributes share one class: that keeps the archive
// small and quick to load.
class ModuleConverter {
 public:
  Module Convert(const torch::nn::Module& source) {
    std::vector<std::pair<std::string, Module>> children;
    std::string signature = ClassName(source);
    for (const auto& child : source.named_children()) {
      Module twin = Convert(*child.value());
      signature +=
          "|" + child.key() + ":" + twin.type()->name()->qualifiedName();
      children.emplace_back(child.key(), twin);
    }
    const auto parameters = source.named_parameters(/*recurse=*/false);
    const auto buffers = source.named_buffers(/*recurse=*/false);
    for (const auto& item : parameters) signature += "|p " + item.key();
    for (const auto& item : buffers) signature += "|b " + item.key();

    Module module = Make(ClassName(source), signature);
    for (const auto& item : parameters) {
      module.register_parameter(item.key(), item.value(), /*is_buffer=*/false);
    }
    for (const auto& item : buffers) {
      module.register_buffer(item.key(), item.value());
    }
    for (const auto& [name, twin] : children) {
      module.register_module(name, twin);
    }
    module.register_attribute("training", c10::BoolType::get(), false);
    return module;
  }

 private:
  static std::string ClassName(const torch::nn::Module& source) {
    const std::string full = c10::demangle(typeid(source).name());
    return full.substr(full.rfind(':') + 1);
  }

  Module Make(const std::string& name, const std::string& signature) {
    const auto known = classes_.find(signature);
    if (known != classes_.end()) return Module(unit_, known->second);
    const int serial = used_[name]++;
    Module module(
        c10::QualifiedName("__torch__.yolotorch." + name +
                           (serial == 0 ? "" : std::to_string(serial))),
        unit_);
    classes_.emplace(signature, module.type());
    return module;
  }

  std::shared_ptr<torch::jit::CompilationUnit> unit_ =
      std::make_shared<torch::jit::CompilationUnit>();
  std::map<std::string, c10::ClassTypePtr> classes_;
  std::map<std::string, int> used_;
};

}  // namespace

torch::jit::Module Trace(graph::Network& network, std::int64_t batch,
                         std::int64_t height, std::int64_t width) {
  const at::NoGradGuard no_grad;
  network.Fuse();
  network.FixSize(height, width);
  Module module = ModuleConverter().Convert(network);
  const at::Tensor zeros =
      at::zeros({batch, network.architecture().channels, height, width});
  const auto run = [&](const torch::jit::Stack& inputs) -> torch::jit::Stack {
    std::vector<at::Tensor> outputs = network.Forward(inputs[0].toTensor());
    if (outputs.size() == 1) return {outputs[0]};
    std::vector<c10::IValue> elements(outputs.begin(), outputs.end());
    return {c10::ivalue::Tuple::create(std::move(elements))};
  };
  const auto traced = torch::jit::tracer::trace(
      {zeros}, run, [](const at::Tensor&) { return std::string(); },
      /*strict=*/true, /*force_outplace=*/false, &module, {"x"});
  const auto forward = module._ivalue()->compilation_unit()->create_function(
      c10::QualifiedName(*module.type()->name(), "forward"),
      traced.first->graph);
  module.type()->addMethod(forward);
  return module;
}

}  // namespace yolotorch::exporter

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

// Creates a TorchScript module with the same tensors for every torch::nn
// module. Modules with the same attributes share one class: that keeps the
// archive small and quick to load.
class ModuleConverter {
 public:
  // Layers outside of [first, last] are left out.
  ModuleConverter(int first, int last) : first_(first), last_(last) {}

  Module Convert(const torch::nn::Module& source, int depth = 0) {
    std::vector<std::pair<std::string, Module>> children;
    std::string signature = ClassName(source);
    for (const auto& child : source.named_children()) {
      if (depth == kLayersDepth && !IsWanted(child.key())) continue;
      Module twin = Convert(*child.value(), depth + 1);
      signature +=
          "|" + child.key() + ":" + twin.type()->name()->qualifiedName();
      children.emplace_back(child.key(), twin);
    }
    const auto parameters = source.named_parameters(/*recurse=*/false);
    std::vector<std::pair<std::string, at::Tensor>> buffers;
    if (const auto* head = dynamic_cast<const graph::Head*>(&source)) {
      buffers = head->SizeBuffers();
    }
    for (const auto& item : parameters) signature += "|p " + item.key();
    for (const auto& item : buffers) signature += "|b " + item.first;

    Module module = Make(ClassName(source), signature);
    for (const auto& item : parameters) {
      module.register_parameter(item.key(), item.value(), /*is_buffer=*/false);
    }
    for (const auto& item : buffers) {
      module.register_buffer(item.first, item.second);
    }
    for (const auto& [name, twin] : children) {
      module.register_module(name, twin);
    }
    module.register_attribute("training", c10::BoolType::get(), false);
    return module;
  }

 private:
  // Below the network lies "model", and below that the layers.
  static constexpr int kLayersDepth = 1;

  [[nodiscard]] bool IsWanted(const std::string& name) const {
    const int index = std::stoi(name);
    return index >= first_ && index <= last_;
  }

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

  int first_;
  int last_;
  std::shared_ptr<torch::jit::CompilationUnit> unit_ =
      std::make_shared<torch::jit::CompilationUnit>();
  std::map<std::string, c10::ClassTypePtr> classes_;
  std::map<std::string, int> used_;
};

// The tracer emits the path from the root for every weight; equal steps are
// merged. Nothing in a trace sets an attribute, so equal steps give equal
// values.
void MergeEqualAttributes(torch::jit::Graph* graph) {
  std::map<std::pair<torch::jit::Value*, std::string>, torch::jit::Value*>
      known;
  for (auto it = graph->nodes().begin(); it != graph->nodes().end(); ++it) {
    if (it->kind() != c10::prim::GetAttr) continue;
    const auto [first, added] = known.emplace(
        std::pair{it->input(), it->s(c10::attr::name)}, it->output());
    if (added) continue;
    it->output()->replaceAllUsesWith(first->second);
    it.destroyCurrent();
  }
}

}  // namespace

torch::jit::Module Trace(graph::Network& network, const TraceOptions& options) {
  const at::NoGradGuard no_grad;
  const auto head = static_cast<int>(network.architecture().rows.size()) - 1;
  const int last = options.last < 0 ? head : options.last;
  network.CheckPart(options.first, last);
  network.Fuse();
  if (options.dynamic) {
    network.FreeSize();
  } else {
    network.FixSize(options.height, options.width);
  }
  Module module = ModuleConverter(options.first, last).Convert(network);
  std::vector<std::int64_t> shape =
      network.PartInput(options.first, options.height, options.width);
  shape.insert(shape.begin(), options.batch);
  const at::Tensor zeros = at::zeros(shape);
  const auto run = [&](const torch::jit::Stack& inputs) -> torch::jit::Stack {
    std::vector<at::Tensor> outputs =
        network.ForwardPart(inputs[0].toTensor(), options.first, last);
    if (outputs.size() == 1) return {outputs[0]};
    std::vector<c10::IValue> elements(outputs.begin(), outputs.end());
    return {c10::ivalue::Tuple::create(std::move(elements))};
  };
  const auto traced = torch::jit::tracer::trace(
      {zeros}, run, [](const at::Tensor&) { return std::string(); },
      /*strict=*/true, /*force_outplace=*/false, &module, {"x"});
  MergeEqualAttributes(traced.first->graph.get());
  const auto method = module._ivalue()->compilation_unit()->create_function(
      c10::QualifiedName(*module.type()->name(), "network"),
      traced.first->graph);
  module.type()->addMethod(method);
  return module;
}

void StoreHalf(torch::jit::Module* module) {
  const std::shared_ptr<torch::jit::Graph> graph =
      module->get_method("network").graph();
  torch::jit::Value* input = graph->inputs()[1];
  std::vector<torch::jit::Node*> weights;
  for (torch::jit::Node* node : graph->nodes()) {
    if (node->kind() == c10::prim::GetAttr &&
        node->output()->type()->kind() == c10::TypeKind::TensorType &&
        node->s(c10::attr::name) != "anchors" &&
        node->s(c10::attr::name) != "strides") {
      weights.push_back(node);
    }
  }
  for (torch::jit::Node* node : weights) {
    torch::jit::Value* weight = node->output();
    // Its traced type tells float32, which is no longer true.
    weight->setType(c10::TensorType::get());
    torch::jit::Node* cast =
        graph->create(c10::Symbol::fromQualString("aten::type_as"), 1);
    cast->insertAfter(node);
    weight->replaceAllUsesWith(cast->output());
    cast->addInput(weight);
    cast->addInput(input);
  }
  // New tensors: the network still uses the old ones.
  const at::NoGradGuard no_grad;
  for (torch::jit::Module part : module->modules()) {
    for (const auto& parameter : part.named_parameters(/*recurse=*/false)) {
      part.setattr(parameter.name, parameter.value.to(at::kHalf));
    }
  }
}

}  // namespace yolotorch::exporter

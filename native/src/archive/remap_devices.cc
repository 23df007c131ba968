// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/remap_devices.h"

#include <torch/csrc/jit/ir/ir.h>

#include <set>

#include "optimizer/graph_nodes.h"
#include "yolotorch/error.h"

namespace yolotorch::archive {
namespace {

using torch::jit::Node;

// Whether the operator takes a device to make or move a tensor.
bool TakesDevice(const Node* node) {
  const std::string name = node->kind().toQualString();
  // Not destroyed: at exit, work may still be under way.
  static const auto& kOperators = *new std::set<std::string>{
      "aten::arange",     "aten::full",        "aten::full_like",
      "aten::linspace",   "aten::new_full",    "aten::new_ones",
      "aten::new_zeros",  "aten::ones",        "aten::ones_like",
      "aten::tensor",     "aten::to",          "aten::zeros",
      "aten::zeros_like", "aten::empty",       "aten::empty_like",
      "aten::eye",        "aten::tril_indices"};
  return kOperators.count(name) != 0;
}

}  // namespace

void RemapDevices(const torch::jit::Module& module, c10::Device device,
                  const std::string& label) {
  std::set<torch::jit::Function*> done;
  for (const torch::jit::Module& part : module.modules()) {
    for (torch::jit::Function* method : part.type()->methods()) {
      if (!method->isGraphFunction() || !done.insert(method).second) continue;
      const auto graph = torch::jit::toGraphFunction(*method).graph();
      for (Node* node : optimizer::NodesOf(graph.get())) {
        if (node->kind() != c10::prim::Constant ||
            node->output()->type()->kind() != c10::TypeKind::DeviceObjType ||
            !node->hasAttribute(c10::attr::value)) {
          continue;
        }
        const std::string name = node->s(c10::attr::value);
        if (c10::Device(name) == device) continue;
        for (const torch::jit::Use& use : node->output()->uses()) {
          if (TakesDevice(use.user)) continue;
          throw Error(Code::kUnsupportedModel,
                      "'" + label + "' is bound to the device '" + name +
                          "' in a way that cannot be changed (" +
                          use.user->kind().toQualString() +
                          "): export the model again for this device, or run "
                          "it with device=" +
                          name + ".");
        }
        node->s_(c10::attr::value, device.str());
      }
    }
  }
}

}  // namespace yolotorch::archive

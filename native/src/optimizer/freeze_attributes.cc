// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <vector>

#include "optimizer/graph_constants.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/passes.h"

namespace yolotorch::optimizer {

using torch::jit::Graph;
using torch::jit::Node;

std::size_t FreezeAttributes(const torch::jit::Module& self, Graph* graph) {
  const std::vector<Node*> nodes = NodesOf(graph);
  if (ChangesAttributes(nodes)) return 0;
  const Constants constants(self, graph);
  std::size_t count = 0;
  for (Node* node : nodes) {
    if (node->kind() != c10::prim::GetAttr) continue;
    auto constant = constants.Of(node->output());
    if (!constant || constant->isObject()) continue;
    if (constant->isTensor()) constant = constant->toTensor().detach();
    const torch::jit::WithInsertPoint guard(node);
    if (auto* value = torch::jit::tryInsertConstant(*graph, *constant)
                          .value_or(nullptr)) {
      node->output()->replaceAllUsesWith(value);
      ++count;
    }
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

}  // namespace yolotorch::optimizer

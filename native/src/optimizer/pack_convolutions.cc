// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <vector>

#include "optimizer/convolution_op.h"
#include "optimizer/graph_constants.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/passes.h"

namespace yolotorch::optimizer {

using torch::jit::Graph;
using torch::jit::Node;

std::size_t PackConvolutions(const torch::jit::Module& self, Graph* graph) {
  const std::vector<Node*> nodes = NodesOf(graph);
  if (!ConvolutionOp::IsAvailable() || ChangesAttributes(nodes)) return 0;
  const Constants constants(self, graph);
  std::size_t count = 0;
  for (Node* node : nodes) {
    const auto convolution = constants.AsConvolution(node);
    if (!convolution) continue;
    ReplaceByFusedOp(node, "convolution",
                     c10::make_intrusive<ConvolutionOp>(*convolution),
                     {node->input(0)});
    ++count;
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

}  // namespace yolotorch::optimizer

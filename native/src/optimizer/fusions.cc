// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <cstddef>

#include "optimizer/convolution_op.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/in_place_writes.h"
#include "optimizer/layer_ops.h"
#include "optimizer/passes.h"

namespace yolotorch::optimizer {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

std::size_t FuseActivations(Graph* graph) {
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    if (!Is(node, "aten::silu") && !Is(node, "aten::silu_")) continue;
    Value* input = node->input(0);
    auto* op = FusedOpOf<ConvolutionOp>(input->node());
    if (op == nullptr || input->uses().size() != 1 || op->silu() ||
        op->has_residual() ||
        node->owningBlock() != input->node()->owningBlock()) {
      continue;
    }
    op->set_silu();
    node->output()->replaceAllUsesWith(input);
    node->destroy();
    ++count;
  }
  return count;
}

std::size_t FuseAdditions(Graph* graph) {
  const InPlaceWrites writes(graph);
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    if (!Is(node, "aten::add") || node->inputs().size() != 3 ||
        !IsTensor(node->input(0)) || !IsTensor(node->input(1)) ||
        WholeNumber(node->input(2)) != 1) {
      continue;
    }
    for (const std::size_t i : {0U, 1U}) {
      Value* sum = node->input(i);
      Value* other = node->input(1 - i);
      Node* producer = sum->node();
      auto* op = FusedOpOf<ConvolutionOp>(producer);
      if (op == nullptr || sum->uses().size() != 1 || op->has_residual() ||
          producer->owningBlock() != node->owningBlock() ||
          other->node()->owningBlock() != node->owningBlock() ||
          (other->node()->kind() != c10::prim::Param &&
           !other->node()->isBefore(producer)) ||
          writes.AnyBetween(producer, node)) {
        continue;
      }
      op->set_residual();
      producer->addInput(other);
      node->output()->replaceAllUsesWith(sum);
      node->destroy();
      ++count;
      break;
    }
  }
  return count;
}

std::size_t FuseSigmoids(Graph* graph) {
  const InPlaceWrites writes(graph);
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    auto* concat = FusedOpOf<ConcatChannelsOp>(node);
    if (concat == nullptr || node->input(0)->uses().size() != 1) continue;
    Node* list = node->input(0)->node();
    for (std::size_t i = 0; i < list->inputs().size(); ++i) {
      Node* sigmoid = list->input(i)->node();
      if (!Is(sigmoid, "aten::sigmoid") ||
          sigmoid->output()->uses().size() != 1 ||
          sigmoid->owningBlock() != node->owningBlock() ||
          writes.AnyBetween(sigmoid, node)) {
        continue;
      }
      list->replaceInput(i, sigmoid->input(0));
      sigmoid->destroy();
      concat->AddSigmoid(i);
      ++count;
    }
  }
  return count;
}

}  // namespace yolotorch::optimizer

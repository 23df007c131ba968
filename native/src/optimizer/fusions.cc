// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <cstddef>

#include "optimizer/convolution_step.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/layer_steps.h"
#include "optimizer/passes.h"
#include "optimizer/writers.h"

namespace yolotorch::optimizer {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

std::size_t FuseActivations(Graph* graph) {
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    if (!Is(node, "aten::silu") && !Is(node, "aten::silu_")) continue;
    Value* input = node->input(0);
    auto* step = StepOf<ConvolutionStep>(input->node());
    if (step == nullptr || input->uses().size() != 1 || step->silu() ||
        step->has_residual() ||
        node->owningBlock() != input->node()->owningBlock()) {
      continue;
    }
    step->set_silu();
    node->output()->replaceAllUsesWith(input);
    node->destroy();
    ++count;
  }
  return count;
}

std::size_t FuseAdditions(Graph* graph) {
  const Writers writers(graph);
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
      auto* step = StepOf<ConvolutionStep>(producer);
      if (step == nullptr || sum->uses().size() != 1 || step->has_residual() ||
          producer->owningBlock() != node->owningBlock() ||
          other->node()->owningBlock() != node->owningBlock() ||
          (other->node()->kind() != c10::prim::Param &&
           !other->node()->isBefore(producer)) ||
          writers.AreBetween(producer, node)) {
        continue;
      }
      step->set_residual();
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
  const Writers writers(graph);
  std::size_t count = 0;
  for (Node* node : NodesOf(graph)) {
    auto* concat = StepOf<ConcatStep>(node);
    if (concat == nullptr || node->input(0)->uses().size() != 1) continue;
    Node* list = node->input(0)->node();
    for (std::size_t i = 0; i < list->inputs().size(); ++i) {
      Node* sigmoid = list->input(i)->node();
      if (!Is(sigmoid, "aten::sigmoid") ||
          sigmoid->output()->uses().size() != 1 ||
          sigmoid->owningBlock() != node->owningBlock() ||
          writers.AreBetween(sigmoid, node)) {
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

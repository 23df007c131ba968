// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/compiler.h"

#include <torch/csrc/jit/passes/inliner.h>

#include <algorithm>
#include <functional>

#include "optimizer/convolution_op.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/in_place_writes.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Stack;

// Nesting depth of modules; networks have about ten.
constexpr int kMaxCallDepth = 64;

bool HasCalls(const Block* block) {
  return std::any_of(
      block->nodes().begin(), block->nodes().end(), [](const Node* node) {
        return node->kind() == c10::prim::CallMethod ||
               node->kind() == c10::prim::CallFunction ||
               std::any_of(node->blocks().begin(), node->blocks().end(),
                           [](const Block* inner) { return HasCalls(inner); });
      });
}

// The functions that nodes come from may be freed before them, with the weights
// of their module, but an exception of the interpreter asks for their names.
void ForgetFunctions(Graph* graph) {
  // Never freed.
  static auto* unit = new torch::jit::CompilationUnit;
  static auto* function =
      unit->create_function("network", std::make_shared<Graph>());
  for (Node* node : NodesOf(graph)) {
    if (!node->callstack()) continue;
    node->setCallStack(c10::make_intrusive<torch::jit::InlinedCallStack>(
        function, node->sourceRange()));
  }
}

std::shared_ptr<Graph> InlinedForward(const torch::jit::Module& module) {
  const auto graph =
      torch::jit::toGraphFunction(module.get_method("forward").function())
          .graph()
          ->copy();
  // One level of calls at a time, because the optimizer is off.
  for (int depth = 0; HasCalls(graph->block()); ++depth) {
    TORCH_CHECK(depth < kMaxCallDepth, "methods call each other too deeply");
    torch::jit::Inline(*graph);
  }
  ForgetFunctions(graph.get());
  return graph;
}

}  // namespace

std::string CompilerReport::Text() const {
  std::string text = std::to_string(convolutions) +
                     (convolutions == 1 ? " convolution" : " convolutions") +
                     " on packed weights";
  const auto add = [&](std::size_t count, const char* one, const char* more) {
    if (count == 0) return;
    text += ", " + std::to_string(count) + " " + (count == 1 ? one : more);
  };
  add(own_kernels, "layer on own kernels", "layers on own kernels");
  add(activations, "SiLU fused", "SiLU fused");
  add(additions, "addition fused", "additions fused");
  add(softmax, "softmax fused", "softmax fused");
  add(sigmoids, "sigmoid fused", "sigmoids fused");
  add(placed, "part written in place", "parts written in place");
  add(bfloat16, "layer in bfloat16", "layers in bfloat16");
  return text + ".";
}

Program::Program(const torch::jit::Module& module, OptimizeLevel level,
                 bool bfloat16, std::shared_ptr<MemoryPool> pool)
    : pool_(std::move(pool)),
      self_(module._ivalue()),
      graph_(InlinedForward(module)) {
  Graph* graph = graph_.get();
  report_.convolutions = PackConvolutions(module, graph);
  if (level >= OptimizeLevel::kKernels) {
    report_.own_kernels = UseOwnKernels(module, graph, pool_);
    report_.activations = FuseActivations(graph);
    report_.additions = FuseAdditions(graph);
    report_.softmax = FuseSoftmax(graph, pool_);
    report_.sigmoids = FuseSigmoids(graph);
    report_.placed = ElideConcatCopies(graph);
    if (bfloat16) report_.bfloat16 = UseBfloat16(graph);
  }
  FreezeAttributes(module, graph);
  if (!graph->inputs()[0]->hasUses()) self_ = c10::IValue();
  runs_side_by_side_ = self_.isNone() && !WritesSharedTensors(graph);
  code_ = torch::jit::Code(graph_, "forward");
}

bool Program::ReleaseWeights() {
  for (const Node* node : graph_->nodes()) {
    if (auto* op = FusedOpOf<ConvolutionOp>(node)) op->ReleaseWeights();
  }
  return self_.isNone();
}

c10::IValue Program::Run(std::vector<c10::IValue> inputs) {
  Stack stack = {self_};
  for (c10::IValue& input : inputs) stack.push_back(std::move(input));
  try {
    torch::jit::InterpreterState(code_).run(stack);
  } catch (...) {
    stack.clear();
    for (const Node* node : graph_->nodes()) {
      if (FusedOp* op = FusedOpOf(node)) op->Reset();
    }
    throw;
  }
  return std::move(stack.back());
}

}  // namespace yolotorch::optimizer

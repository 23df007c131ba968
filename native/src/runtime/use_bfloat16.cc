// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <vector>

#include "runtime/graph_nodes.h"
#include "runtime/layer_steps.h"
#include "runtime/passes.h"

namespace yolotorch::runtime {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

using Nodes = std::set<const Node*>;

// What passes a tensor on without reading it.
bool IsView(const Node* node) {
  return IsSplit(node) || Is(node, "aten::slice") ||
         node->kind() == c10::prim::ListUnpack ||
         node->kind() == c10::prim::ListConstruct;
}

// Steps whose output has the type of their input.
bool KeepsType(const Node* node) {
  return StepOf<ConcatStep>(node) != nullptr ||
         StepOf<MaxPoolStep>(node) != nullptr ||
         StepOf<UpsampleStep>(node) != nullptr;
}

// Whether somebody reads `value` who needs float32, when the steps of `narrow`
// give bfloat16. Each value of `seen` is looked at once.
bool NeedsFloat(const Value* value, const Nodes& narrow,
                std::set<const Value*>* seen) {
  if (!seen->insert(value).second) return false;
  for (const torch::jit::Use& use : value->uses()) {
    const Node* user = use.user;
    if (const Step* step = StepOf(user)) {
      const bool same = KeepsType(user) || use.offset > 0;
      if (!step->TakesBfloat16(use.offset) ||
          (same && narrow.count(user) == 0)) {
        return true;
      }
    } else if (IsView(user)) {
      for (const Value* output : user->outputs()) {
        if (NeedsFloat(output, narrow, seen)) return true;
      }
    } else if (!Is(user, "aten::size")) {
      return true;
    }
  }
  return false;
}

// Whether all that `value` consists of is made by steps of `narrow`.
bool IsNarrow(const Value* value, const Nodes& narrow,
              std::set<const Value*>* seen) {
  if (!seen->insert(value).second) return true;
  const Node* node = value->node();
  if (!IsView(node)) return narrow.count(node) > 0;
  if (IsSplit(node) || Is(node, "aten::slice")) {
    return IsNarrow(node->input(0), narrow, seen);
  }
  return std::all_of(
      node->inputs().begin(), node->inputs().end(),
      [&](const Value* input) { return IsNarrow(input, narrow, seen); });
}

}  // namespace

std::size_t UseBfloat16(Graph* graph) {
  const std::vector<Node*> nodes = NodesOf(graph);
  Nodes narrow;
  for (const Node* node : nodes) {
    const Step* step = StepOf(node);
    if (step != nullptr && step->GivesBfloat16()) narrow.insert(node);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Node* node : nodes) {
      if (narrow.count(node) == 0) continue;
      std::set<const Value*> down;
      std::set<const Value*> up;
      if (NeedsFloat(node->output(), narrow, &down) ||
          (KeepsType(node) && !IsNarrow(node->input(0), narrow, &up))) {
        narrow.erase(node);
        changed = true;
      }
    }
  }
  for (const Node* node : narrow) {
    StepOf(node)->set_output_type(at::kBFloat16);
  }
  return narrow.size();
}

}  // namespace yolotorch::runtime

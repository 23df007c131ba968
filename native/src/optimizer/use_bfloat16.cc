// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <vector>

#include "optimizer/graph_nodes.h"
#include "optimizer/layer_ops.h"
#include "optimizer/passes.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

using Nodes = std::set<const Node*>;

// Whether `node` passes a tensor on without reading it.
bool IsView(const Node* node) {
  return IsSplit(node) || Is(node, "aten::slice") ||
         node->kind() == c10::prim::ListUnpack ||
         node->kind() == c10::prim::ListConstruct;
}

// Fused operators whose output has the type of their input.
bool KeepsType(const Node* node) {
  return FusedOpOf<ConcatChannelsOp>(node) != nullptr ||
         FusedOpOf<MaxPoolOp>(node) != nullptr ||
         FusedOpOf<UpsampleOp>(node) != nullptr;
}

// A worklist of values, each visited once; not recursive, since chains may be
// longer than the stack is deep.
class Visit {
 public:
  explicit Visit(const Value* value) { Add(value); }
  void Add(const Value* value) {
    if (seen_.insert(value).second) left_.push_back(value);
  }
  // Null when none is left.
  const Value* Next() {
    if (left_.empty()) return nullptr;
    const Value* next = left_.back();
    left_.pop_back();
    return next;
  }

 private:
  std::set<const Value*> seen_;
  std::vector<const Value*> left_;
};

// Whether a reader of `value` needs float32 if the fused operators of `narrow`
// output bfloat16.
bool NeedsFloat(const Value* value, const Nodes& narrow) {
  Visit visit(value);
  while (const Value* next = visit.Next()) {
    for (const torch::jit::Use& use : next->uses()) {
      const Node* user = use.user;
      if (const FusedOp* op = FusedOpOf(user)) {
        const bool same = KeepsType(user) || use.offset > 0;
        if (!op->TakesBfloat16(use.offset) ||
            (same && narrow.count(user) == 0)) {
          return true;
        }
      } else if (IsView(user)) {
        for (const Value* output : user->outputs()) visit.Add(output);
      } else if (!Is(user, "aten::size")) {
        return true;
      }
    }
  }
  return false;
}

// Whether all parts of `value` are outputs of fused operators of `narrow`.
bool IsNarrow(const Value* value, const Nodes& narrow) {
  Visit visit(value);
  while (const Value* next = visit.Next()) {
    const Node* node = next->node();
    if (IsSplit(node) || Is(node, "aten::slice")) {
      visit.Add(node->input(0));
    } else if (IsView(node)) {
      for (const Value* input : node->inputs()) visit.Add(input);
    } else if (narrow.count(node) == 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::size_t UseBfloat16(Graph* graph) {
  std::vector<Node*> nodes = NodesOf(graph);
  Nodes narrow;
  for (const Node* node : nodes) {
    const FusedOp* op = FusedOpOf(node);
    if (op != nullptr && op->GivesBfloat16()) narrow.insert(node);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Node* node : nodes) {
      if (narrow.count(node) == 0) continue;
      if (NeedsFloat(node->output(), narrow) ||
          (KeepsType(node) && !IsNarrow(node->input(0), narrow))) {
        narrow.erase(node);
        changed = true;
      }
    }
    // Information flows in both directions.
    std::reverse(nodes.begin(), nodes.end());
  }
  for (const Node* node : narrow) {
    FusedOpOf(node)->set_output_type(at::kBFloat16);
  }
  return narrow.size();
}

}  // namespace yolotorch::optimizer

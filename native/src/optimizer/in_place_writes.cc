// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/in_place_writes.h"

#include <algorithm>
#include <cstddef>

#include "optimizer/fused_op.h"
#include "optimizer/graph_nodes.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

bool Writes(const Node* node, const Value* input) {
  if (FusedOpOf(node) != nullptr || !IsTensor(input)) return false;
  const auto* schema = node->maybeSchema();
  if (schema == nullptr) return false;
  for (std::size_t i = 0; i < schema->arguments().size(); ++i) {
    const auto* alias = schema->arguments()[i].alias_info();
    if (alias != nullptr && alias->isWrite() && node->input(i) == input) {
      return true;
    }
  }
  return false;
}

// Whether `value` is, possibly through views, a new tensor of a LibTorch
// operator.
bool IsFresh(const Value* value) {
  for (;;) {
    const Node* node = value->node();
    const auto* schema = node->maybeSchema();
    if (schema == nullptr || FusedOpOf(node) != nullptr) return false;
    const auto& returned = schema->returns().at(value->offset());
    // These may return their input, although their schemas do not say so.
    const bool may_pass_on =
        Is(node, "aten::dropout") || Is(node, "aten::feature_dropout") ||
        Is(node, "aten::alpha_dropout") ||
        Is(node, "aten::feature_alpha_dropout") || Is(node, "aten::type_as");
    if (returned.alias_info() == nullptr && !may_pass_on) return true;
    value = node->input(0);
  }
}

}  // namespace

InPlaceWrites::InPlaceWrites(Graph* graph) {
  for (const Node* node : NodesOf(graph)) {
    if (std::any_of(node->inputs().begin(), node->inputs().end(),
                    [&](const Value* input) { return Writes(node, input); })) {
      nodes_.push_back(node);
    }
  }
}

bool InPlaceWrites::AnyBetween(const Node* first, const Node* last) const {
  // They are in the order of the graph.
  const auto next = std::partition_point(
      nodes_.begin(), nodes_.end(),
      [&](const Node* node) { return !node->isAfter(first); });
  return next != nodes_.end() && (*next)->isBefore(last);
}

bool WritesSharedTensors(Graph* graph) {
  for (const Node* node : NodesOf(graph)) {
    if (FusedOpOf(node) != nullptr) continue;
    const auto* schema = node->maybeSchema();
    if (schema == nullptr) continue;
    const auto& arguments = schema->arguments();
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const auto* alias = arguments[i].alias_info();
      if (alias != nullptr && alias->isWrite() && IsTensor(node->input(i)) &&
          !IsFresh(node->input(i))) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace yolotorch::optimizer

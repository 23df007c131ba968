// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <cstdint>
#include <string_view>

#include "optimizer/convolution_op.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/in_place_writes.h"
#include "optimizer/layer_ops.h"
#include "optimizer/passes.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

// Whether these are the two dimensions of `node`, in any order.
bool HasDimensions(const Node* node, std::int64_t a, std::int64_t b) {
  const auto first = WholeNumber(node->input(1));
  const auto second = WholeNumber(node->input(2));
  return (first == a && second == b) || (first == b && second == a);
}

// The producer of `value`, if it is of that kind and `value` has one reader.
Node* Link(Value* value, std::string_view kind) {
  Node* node = value->node();
  return Is(node, kind) && value->uses().size() == 1 ? node : nullptr;
}

bool IsSwapOfLast(const Node* node) {
  return HasDimensions(node, -2, -1) || HasDimensions(node, 2, 3);
}

bool IsSoftmax(const Node* node, std::int64_t dimension) {
  const auto type = torch::jit::toIValue(node->input(2));
  return WholeNumber(node->input(1)) == dimension && type && type->isNone();
}

// matmul(v, softmax(matmul(q^T, k) * scale, -1)^T), where q, k and v are the
// parts of one tensor.
bool ReplaceAttention(Node* node, const InPlaceWrites& writes,
                      const std::shared_ptr<MemoryPool>& pool) {
  if (!Is(node, "aten::matmul")) return false;
  Node* turned = Link(node->input(1), "aten::transpose");
  if (turned == nullptr || !IsSwapOfLast(turned)) return false;
  Node* softmax = Link(turned->input(0), "aten::softmax");
  if (softmax == nullptr ||
      (!IsSoftmax(softmax, -1) && !IsSoftmax(softmax, 3))) {
    return false;
  }
  Node* scaled = Link(softmax->input(0), "aten::mul");
  if (scaled == nullptr) return false;
  const auto factor = torch::jit::toIValue(scaled->input(1));
  if (!factor || (!factor->isDouble() &&
                  !(factor->isTensor() && factor->toTensor().numel() == 1))) {
    return false;
  }
  const double scale = factor->isDouble() ? factor->toDouble()
                                          : factor->toTensor().item<double>();
  Node* product = Link(scaled->input(0), "aten::matmul");
  if (product == nullptr || !(scale > 0)) return false;
  Node* query = Link(product->input(0), "aten::transpose");
  if (query == nullptr || !IsSwapOfLast(query)) return false;
  Node* unpack = query->input(0)->node();
  if (unpack->kind() != c10::prim::ListUnpack ||
      unpack->outputs().size() != 3 || query->input(0) != unpack->output(0) ||
      product->input(1) != unpack->output(1) ||
      node->input(0) != unpack->output(2)) {
    return false;
  }
  Node* split = unpack->input()->node();
  if (!Is(split, "aten::split_with_sizes") ||
      WholeNumber(split->input(2)) != 2) {
    return false;
  }
  const auto sizes = WholeNumbers(split->input(1), 3);
  if (writes.AnyBetween(product, node) || !sizes ||
      (*sizes)[0] != (*sizes)[1] || (*sizes)[0] < 1 || (*sizes)[2] < 1) {
    return false;
  }
  ReplaceByFusedOp(
      node, "attention",
      c10::make_intrusive<AttentionOp>(pool, (*sizes)[0], (*sizes)[2],
                                       static_cast<float>(scale)),
      {split->input(0)});
  return true;
}

// A convolution of one output channel over softmax(x^T, 1).
bool ReplaceDfl(Node* node, const InPlaceWrites& writes,
                const std::shared_ptr<MemoryPool>& pool) {
  const auto* op = FusedOpOf<ConvolutionOp>(node);
  if (op == nullptr) return false;
  const auto values = op->PlainWeights();
  if (!values) return false;
  Node* softmax = Link(node->input(0), "aten::softmax");
  if (softmax == nullptr || !IsSoftmax(softmax, 1)) return false;
  Node* turned = Link(softmax->input(0), "aten::transpose");
  if (turned == nullptr || !HasDimensions(turned, 1, 2) ||
      writes.AnyBetween(softmax, node)) {
    return false;
  }
  ReplaceByFusedOp(node, "dfl", c10::make_intrusive<DflOp>(pool, *values),
                   {turned->input(0)});
  return true;
}

}  // namespace

std::size_t FuseSoftmax(Graph* graph, const std::shared_ptr<MemoryPool>& pool) {
  std::size_t count = 0;
  const InPlaceWrites writes(graph);
  for (Node* node : NodesOf(graph)) {
    if (ReplaceAttention(node, writes, pool) ||
        ReplaceDfl(node, writes, pool)) {
      ++count;
    }
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

}  // namespace yolotorch::optimizer

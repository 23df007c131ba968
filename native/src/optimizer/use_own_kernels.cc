// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <cstdint>
#include <vector>

#include "optimizer/conv_transpose_op.h"
#include "optimizer/convolution_op.h"
#include "optimizer/graph_constants.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/layer_ops.h"
#include "optimizer/passes.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Graph;
using torch::jit::Node;

void ReplacePool(Node* node, const std::shared_ptr<MemoryPool>& pool,
                 std::size_t* count) {
  // max_pool2d(x, kernel_size, stride, padding, dilation, ceil_mode)
  const auto kernel = WholeNumbers(node->input(1), 2);
  const auto stride = WholeNumbers(node->input(2), 2);
  const auto padding = WholeNumbers(node->input(3), 2);
  const auto dilation = WholeNumbers(node->input(4), 2);
  const auto ceil = torch::jit::toIValue(node->input(5));
  if (!AreWithin(kernel, 1) || !AreWithin(stride, 1) ||
      !AreWithin(padding, 0) || dilation != std::vector<std::int64_t>{1, 1} ||
      !ceil || !ceil->isBool() || ceil->toBool() ||
      (*padding)[0] > (*kernel)[0] / 2 || (*padding)[1] > (*kernel)[1] / 2) {
    return;
  }
  ReplaceByFusedOp(
      node, "max_pool2d",
      c10::make_intrusive<MaxPoolOp>(pool, *kernel, *stride, *padding),
      {node->input(0)});
  ++*count;
}

void ReplaceUpsample(Node* node, const std::shared_ptr<MemoryPool>& pool,
                     std::size_t* count) {
  // upsample_nearest2d(x, output_size, scale_factors)
  if (node->inputs().size() != 3) return;
  const auto none = torch::jit::toIValue(node->input(1));
  const auto factors = WholeNumbers(node->input(2), 2);
  if (!none || !none->isNone() || !AreWithin(factors, 1)) {
    return;
  }
  ReplaceByFusedOp(
      node, "upsample_nearest2d",
      c10::make_intrusive<UpsampleOp>(pool, (*factors)[0], (*factors)[1]),
      {node->input(0)});
  ++*count;
}

}  // namespace

std::size_t UseOwnKernels(const torch::jit::Module& self, Graph* graph,
                          const std::shared_ptr<MemoryPool>& pool) {
  const std::vector<Node*> nodes = NodesOf(graph);
  const bool constant = !ChangesAttributes(nodes);
  const Constants constants(self, graph);
  std::size_t count = 0;
  for (Node* node : nodes) {
    const auto transposed =
        constant ? constants.AsConvTranspose(node) : std::nullopt;
    if (transposed) {
      ReplaceByFusedOp(node, "conv_transpose2d",
                       c10::make_intrusive<ConvTransposeOp>(
                           pool, transposed->weight, transposed->bias),
                       {node->input(0)});
      ++count;
    } else if (auto* op = FusedOpOf<ConvolutionOp>(node)) {
      op->UseOwnKernels(pool);
      ++count;
    } else if (Is(node, "aten::cat") && WholeNumber(node->input(1)) == 1 &&
               node->input(0)->node()->kind() == c10::prim::ListConstruct) {
      ReplaceByFusedOp(node, "concat",
                       c10::make_intrusive<ConcatChannelsOp>(pool),
                       {node->input(0)});
      ++count;
    } else if (Is(node, "aten::cat") && (WholeNumber(node->input(1)) == 2 ||
                                         WholeNumber(node->input(1)) == -1)) {
      ReplaceByFusedOp(node, "concat_anchors",
                       c10::make_intrusive<ConcatAnchorsOp>(
                           pool, *WholeNumber(node->input(1))),
                       {node->input(0)});
      ++count;
    } else if (Is(node, "aten::max_pool2d")) {
      ReplacePool(node, pool, &count);
    } else if (Is(node, "aten::upsample_nearest2d")) {
      ReplaceUpsample(node, pool, &count);
    }
  }
  torch::jit::EliminateDeadCode(graph->block());
  return count;
}

}  // namespace yolotorch::optimizer

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "optimizer/channel_counts.h"
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

// Lets the node write its output into the slice; false if it cannot.
bool WriteIntoSlice(Node* node, const ConcatSlice& slice,
                    std::set<const Node*>* placed) {
  if (node->owningBlock() != node->owningGraph()->block()) return false;
  if (placed->count(node) > 0) return false;
  if (auto* op = FusedOpOf<ConvolutionOp>(node)) {
    op->set_slice(slice);
  } else if (auto* pool = FusedOpOf<MaxPoolOp>(node)) {
    pool->set_slice(slice);
  } else if (auto* upsample = FusedOpOf<UpsampleOp>(node)) {
    upsample->set_slice(slice);
  } else {
    return false;
  }
  placed->insert(node);
  return true;
}

// The number of values from `i` on that are all parts of one split, in order.
std::size_t SplitRun(const std::vector<Value*>& values, std::size_t i) {
  const Node* unpack = values[i]->node();
  if (unpack->kind() != c10::prim::ListUnpack ||
      !IsSplit(unpack->input()->node())) {
    return 0;
  }
  const auto outputs = unpack->outputs();
  if (i + outputs.size() > values.size()) return 0;
  return std::equal(outputs.begin(), outputs.end(),
                    values.begin() + static_cast<std::ptrdiff_t>(i))
             ? outputs.size()
             : 0;
}

}  // namespace

std::size_t ElideConcatCopies(Graph* graph) {
  if (WritesSharedTensors(graph)) return 0;
  std::size_t count = 0;
  std::set<const Node*> placed;
  const ChannelCounts channels(graph);
  for (Node* node : NodesOf(graph)) {
    auto* concat = FusedOpOf<ConcatChannelsOp>(node);
    if (concat == nullptr || concat->has_sigmoids() ||
        node->owningBlock() != graph->block()) {
      continue;
    }
    const auto total = channels.Of(node->output());
    if (!total) continue;
    concat->buffer()->channels = *total;
    const std::vector<Value*> parts = node->input(0)->node()->inputs().vec();
    std::int64_t channel = 0;
    for (std::size_t i = 0; i < parts.size();) {
      const ConcatSlice slice{concat->buffer(), channel};
      std::size_t run = SplitRun(parts, i);
      Node* producer = parts[i]->node();
      if (run > 0) producer = producer->input()->node()->input(0)->node();
      const bool done = WriteIntoSlice(producer, slice, &placed);
      run = std::max<std::size_t>(run, 1);
      if (done) count += run;
      for (const std::size_t end = i + run; i < end; ++i) {
        channel += *channels.Of(parts[i]);
      }
    }
  }
  return count;
}

}  // namespace yolotorch::optimizer

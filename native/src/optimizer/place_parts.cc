// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "optimizer/channel_counts.h"
#include "optimizer/convolution_step.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/layer_steps.h"
#include "optimizer/passes.h"
#include "optimizer/writers.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

// Has the node write its output there; false when it cannot.
bool PlaceOutput(Node* node, const Place& place,
                 std::set<const Node*>* placed) {
  if (node->owningBlock() != node->owningGraph()->block()) return false;
  if (placed->count(node) > 0) return false;
  if (auto* step = StepOf<ConvolutionStep>(node)) {
    step->set_place(place);
  } else if (auto* pool = StepOf<MaxPoolStep>(node)) {
    pool->set_place(place);
  } else if (auto* upsample = StepOf<UpsampleStep>(node)) {
    upsample->set_place(place);
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

std::size_t PlaceParts(Graph* graph) {
  if (ChangesSteps(graph)) return 0;
  std::size_t count = 0;
  std::set<const Node*> placed;
  const ChannelCounts channels(graph);
  for (Node* node : NodesOf(graph)) {
    auto* concat = StepOf<ConcatStep>(node);
    if (concat == nullptr || concat->has_sigmoids() ||
        node->owningBlock() != graph->block()) {
      continue;
    }
    const auto total = channels.Of(node->output());
    if (!total) continue;
    concat->joint()->channels = *total;
    const std::vector<Value*> parts = node->input(0)->node()->inputs().vec();
    std::int64_t channel = 0;
    for (std::size_t i = 0; i < parts.size();) {
      const Place place{concat->joint(), channel};
      std::size_t run = SplitRun(parts, i);
      Node* producer = parts[i]->node();
      if (run > 0) producer = producer->input()->node()->input(0)->node();
      const bool done = PlaceOutput(producer, place, &placed);
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

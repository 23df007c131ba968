// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/channel_counts.h"

#include <algorithm>

#include "optimizer/convolution_op.h"
#include "optimizer/graph_nodes.h"
#include "optimizer/layer_ops.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

constexpr std::int64_t kMaxChannels = std::int64_t{1} << 31;

}  // namespace

// From first to last: a chain of layers may be longer than the stack is deep.
ChannelCounts::ChannelCounts(Graph* graph) {
  for (const Node* node : NodesOf(graph)) {
    for (const Value* value : node->outputs()) {
      if (const auto count = Count(value)) known_[value] = *count;
    }
  }
}

std::optional<std::int64_t> ChannelCounts::Of(const Value* value) const {
  const auto known = known_.find(value);
  if (known == known_.end()) return std::nullopt;
  return known->second;
}

std::optional<std::int64_t> ChannelCounts::Count(const Value* value) const {
  const Node* node = value->node();
  if (const auto* op = FusedOpOf<ConvolutionOp>(node)) {
    return op->out_channels();
  }
  if (FusedOpOf<MaxPoolOp>(node) != nullptr ||
      FusedOpOf<UpsampleOp>(node) != nullptr) {
    return Of(node->input(0));
  }
  if (FusedOpOf<ConcatChannelsOp>(node) != nullptr) {
    std::int64_t sum = 0;
    for (const Value* part : node->input(0)->node()->inputs()) {
      const auto channels = Of(part);
      // Larger than any tensor: unknown.
      if (!channels || (sum += *channels) > kMaxChannels) {
        return std::nullopt;
      }
    }
    return sum;
  }
  if (node->kind() == c10::prim::ListUnpack && IsSplit(node->input()->node())) {
    return Part(node->input()->node(), value->offset(), node->outputs().size());
  }
  return std::nullopt;
}

std::optional<std::int64_t> ChannelCounts::Part(const Node* split,
                                                std::size_t index,
                                                std::size_t count) const {
  if (Is(split, "aten::split_with_sizes")) {
    const auto sizes = WholeNumbers(split->input(1), count);
    if (!sizes || (*sizes)[index] < 1) return std::nullopt;
    return (*sizes)[index];
  }
  const auto channels = Of(split->input(0));
  const auto number = WholeNumber(split->input(1));
  if (!channels || !number || *number < 1) return std::nullopt;
  const std::int64_t size =
      Is(split, "aten::chunk") ? (*channels - 1) / *number + 1 : *number;
  const auto before = static_cast<std::int64_t>(index);
  if (size > *channels || before > *channels / size) return std::nullopt;
  const std::int64_t rest = *channels - before * size;
  if (rest < 1) return std::nullopt;
  return std::min(rest, size);
}

}  // namespace yolotorch::optimizer

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/graph_constants.h"

#include <torch/csrc/jit/ir/constants.h>

#include <string_view>

#include "optimizer/graph_nodes.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Node;
using torch::jit::Value;

// Of the channels of a weight, and the sides of its window.
constexpr std::int64_t kMaxWeights = 1 << 16;

}  // namespace

bool ChangesAttributes(const std::vector<Node*>& nodes) {
  for (const Node* node : nodes) {
    if (node->kind() == c10::prim::SetAttr) return true;
    const std::string_view kind = node->kind().toQualString();
    if (!kind.ends_with("_")) continue;
    while (!node->inputs().empty()) {
      node = node->input(0)->node();
      if (node->kind() == c10::prim::GetAttr) return true;
    }
  }
  return false;
}

std::optional<c10::IValue> Constants::Of(const Value* value) const {
  if (value == input_) return c10::IValue(self_);
  const Node* node = value->node();
  if (node->kind() == c10::prim::Constant) return torch::jit::toIValue(value);
  if (node->kind() != c10::prim::GetAttr) return std::nullopt;
  const auto owner = Of(node->input());
  if (!owner || !owner->isObject()) return std::nullopt;
  return owner->toObjectRef().getAttr(node->s(c10::attr::name));
}

std::optional<at::Tensor> Constants::Weight(const Value* value) const {
  const Node* node = value->node();
  if (Is(node, "aten::type_as")) return Weight(node->input(0));
  const auto constant = Of(value);
  if (!constant || !constant->isTensor()) return std::nullopt;
  const at::Tensor& tensor = constant->toTensor();
  if (!tensor.defined() || !tensor.device().is_cpu() ||
      tensor.layout() != at::kStrided || tensor.scalar_type() != at::kFloat) {
    return std::nullopt;
  }
  return tensor.detach();
}

std::optional<at::Tensor> Constants::Filters(const Value* value) const {
  auto weight = Weight(value);
  if (!weight || weight->dim() != 4) return std::nullopt;
  for (const std::int64_t size : weight->sizes()) {
    if (size < 1 || size > kMaxWeights) return std::nullopt;
  }
  return weight;
}

bool Constants::SetBias(const Value* value, std::int64_t channels,
                        std::optional<at::Tensor>* bias) const {
  const auto none = Of(value);
  if (none && none->isNone()) return true;
  *bias = Weight(value);
  return *bias && (*bias)->dim() == 1 && (*bias)->size(0) == channels;
}

std::optional<std::vector<std::int64_t>> Constants::Pair(
    const Value* value) const {
  std::vector<std::int64_t> pair;
  const auto constant = Of(value);
  if (constant && constant->isIntList()) {
    pair = constant->toIntVector();
  } else if (value->node()->kind() == c10::prim::ListConstruct) {
    for (const Value* element : value->node()->inputs()) {
      const auto number = Of(element);
      if (!number || !number->isInt()) return std::nullopt;
      pair.push_back(number->toInt());
    }
  }
  if (pair.size() == 1) pair.push_back(pair[0]);
  if (pair.size() != 2) return std::nullopt;
  return pair;
}

std::optional<std::int64_t> Constants::GroupsOf(const Value* value) const {
  const auto groups = Of(value);
  if (!groups || !groups->isInt() || groups->toInt() < 1) return std::nullopt;
  return groups->toInt();
}

bool Constants::IsFlag(const Value* value, bool wanted) const {
  const auto flag = Of(value);
  return flag && flag->isBool() && flag->toBool() == wanted;
}

std::optional<ConvolutionParams> Constants::AsConvolution(
    const Node* node) const {
  const bool traced = Is(node, "aten::_convolution");
  if (!traced && !Is(node, "aten::conv2d")) return std::nullopt;
  // _convolution(x, weight, bias, stride, padding, dilation, transposed,
  // output_padding, groups, ...), conv2d without those of transposed ones.
  if (traced && !IsFlag(node->input(6), false)) return std::nullopt;
  const auto weight = Filters(node->input(1));
  const auto stride = Pair(node->input(3));
  const auto padding = Pair(node->input(4));
  const auto dilation = Pair(node->input(5));
  const auto groups = GroupsOf(node->input(traced ? 8 : 6));
  if (!weight || !AreWithin(stride, 1) || !AreWithin(padding, 0) ||
      !AreWithin(dilation, 1) || !groups || weight->size(0) % *groups != 0) {
    return std::nullopt;
  }
  ConvolutionParams convolution{*weight,  std::nullopt, *stride,
                                *padding, *dilation,    *groups};
  if (!SetBias(node->input(2), weight->size(0), &convolution.bias)) {
    return std::nullopt;
  }
  return convolution;
}

std::optional<ConvTransposeParams> Constants::AsConvTranspose(
    const Node* node) const {
  const bool traced = Is(node, "aten::_convolution");
  if (!traced && !Is(node, "aten::conv_transpose2d")) return std::nullopt;
  // conv_transpose2d(x, weight, bias, stride, padding, output_padding,
  // groups, dilation); _convolution as above.
  if (traced && !IsFlag(node->input(6), true)) return std::nullopt;
  const auto weight = Filters(node->input(1));
  const auto stride = Pair(node->input(3));
  const std::vector<std::int64_t> zeros = {0, 0};
  const std::vector<std::int64_t> ones = {1, 1};
  if (!weight || Pair(node->input(4)) != zeros ||
      Pair(node->input(traced ? 7 : 5)) != zeros ||
      Pair(node->input(traced ? 5 : 7)) != ones ||
      GroupsOf(node->input(traced ? 8 : 6)) != 1 ||
      stride != std::vector<std::int64_t>{weight->size(2), weight->size(3)}) {
    return std::nullopt;
  }
  ConvTransposeParams convolution{*weight, std::nullopt};
  if (!SetBias(node->input(2), weight->size(1), &convolution.bias)) {
    return std::nullopt;
  }
  return convolution;
}

}  // namespace yolotorch::optimizer

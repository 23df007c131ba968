// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/baked_nms.h"

#include <torch/csrc/jit/ir/ir.h>

#include <limits>
#include <string>

#include "optimizer/graph_nodes.h"

namespace yolotorch::archive {
namespace {

using torch::jit::Node;
using torch::jit::Value;

std::optional<double> NumberOf(const Value* value) {
  if (value->node()->kind() != c10::prim::Constant) return std::nullopt;
  const auto constant = torch::jit::toIValue(value);
  if (!constant) return std::nullopt;
  if (constant->isDouble()) return constant->toDouble();
  if (constant->isInt()) return static_cast<double>(constant->toInt());
  return std::nullopt;
}

// Element `index` of a list that is made of its elements.
std::optional<double> ElementOf(const Value* list, std::size_t index) {
  const Node* node = list->node();
  if (node->kind() == c10::prim::ListConstruct &&
      index < node->inputs().size()) {
    return NumberOf(node->inputs()[index]);
  }
  return std::nullopt;
}

}  // namespace

std::optional<BakedNms> ReadBakedNms(const torch::jit::Module& module) {
  const auto method = module.find_method("forward");
  if (!method) return std::nullopt;
  BakedNms baked;
  bool has_conf = false;
  bool has_iou = false;
  bool offsets = false;
  for (Node* node : optimizer::NodesOf(method->graph().get())) {
    const std::string name = node->kind().toQualString();
    if (name == "torchvision::nms") {
      if (const auto iou = NumberOf(node->inputs()[2])) {
        baked.iou = static_cast<float>(*iou);
        has_iou = true;
      }
    } else if (name == "aten::gt" || name == "aten::ge") {
      // The first comparison is that of the scores; the suppression of rotated
      // boxes compares overlaps.
      const auto limit = NumberOf(node->inputs()[1]);
      if (!limit) continue;
      if (name == "aten::gt" && !has_conf) {
        baked.conf = static_cast<float>(*limit);
        has_conf = true;
      } else if (!has_iou) {
        baked.iou = static_cast<float>(*limit);
        has_iou = true;
      }
    } else if (name == "aten::zeros" && baked.max_det == 0) {
      // (batch, max_det, values): the output.
      const auto rows = ElementOf(node->inputs()[0], 1);
      if (rows && *rows >= 1 && *rows <= std::numeric_limits<int>::max()) {
        baked.max_det = static_cast<int>(*rows);
      }
    } else if (name == "aten::expand") {
      offsets = true;  // boxes of each class are moved apart
    }
  }
  if (!has_conf || !has_iou || baked.max_det < 1) return std::nullopt;
  baked.agnostic_nms = !offsets;
  return baked;
}

}  // namespace yolotorch::archive

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/module_pass.h"

#include <torch/csrc/jit/ir/ir.h>

#include <limits>
#include <set>

#include "optimizer/graph_nodes.h"
#include "yolotorch/error.h"

namespace yolotorch::archive {
namespace {

using torch::jit::Node;
using torch::jit::Value;

// Whether the operator takes a device to make or move a tensor.
bool TakesDevice(const Node* node) {
  const std::string name = node->kind().toQualString();
  // Not destroyed: at exit, work may still be under way.
  static const auto& kOperators = *new std::set<std::string>{
      "aten::arange",     "aten::full",        "aten::full_like",
      "aten::linspace",   "aten::new_full",    "aten::new_ones",
      "aten::new_zeros",  "aten::ones",        "aten::ones_like",
      "aten::tensor",     "aten::to",          "aten::zeros",
      "aten::zeros_like", "aten::empty",       "aten::empty_like",
      "aten::eye",        "aten::tril_indices"};
  return kOperators.count(name) != 0;
}

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

std::vector<std::string> RemapDevices(const torch::jit::Module& module,
                                      c10::Device device,
                                      const std::string& label) {
  std::set<std::string> seen;
  std::set<torch::jit::Function*> done;
  for (const torch::jit::Module& part : module.modules()) {
    for (torch::jit::Function* method : part.type()->methods()) {
      if (!method->isGraphFunction() || !done.insert(method).second) continue;
      const auto graph = torch::jit::toGraphFunction(*method).graph();
      for (Node* node : optimizer::NodesOf(graph.get())) {
        if (node->kind() != c10::prim::Constant ||
            node->output()->type()->kind() != c10::TypeKind::DeviceObjType ||
            !node->hasAttribute(c10::attr::value)) {
          continue;
        }
        const std::string name = node->s(c10::attr::value);
        seen.insert(name);
        if (c10::Device(name) == device) continue;
        for (const torch::jit::Use& use : node->output()->uses()) {
          if (TakesDevice(use.user)) continue;
          throw Error(Code::kUnsupportedModel,
                      "'" + label + "' is bound to the device '" + name +
                          "' in a way that cannot be changed (" +
                          use.user->kind().toQualString() +
                          "): export the model again for this device, or run "
                          "it with device=" +
                          name + ".");
        }
        node->s_(c10::attr::value, device.str());
      }
    }
  }
  return {seen.begin(), seen.end()};
}

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
      // (batch, max_det, values): where the rows go.
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

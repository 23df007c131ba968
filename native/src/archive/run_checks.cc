// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/run_checks.h"

#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/runtime/operator.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <mutex>
#include <set>
#include <vector>

#include "libtorch/run_limit.h"
#include "optimizer/graph_nodes.h"

namespace yolotorch::archive {
namespace {

using torch::jit::Node;
using torch::jit::Stack;
using torch::jit::Value;

void MayGoOn(Stack& /*stack*/) {
  if (auto* limit = libtorch::RunLimit::Current()) limit->Check();
}

std::int64_t BytesOf(const c10::IValue& value) {
  if (value.isList()) {
    return static_cast<std::int64_t>(value.toListRef().size() *
                                     sizeof(c10::IValue));
  }
  if (value.isString()) {
    return static_cast<std::int64_t>(value.toStringRef().size());
  }
  return 0;
}

// The inputs of an operator: lists and texts, which it joins, and perhaps a
// number, so often it repeats them.
void MayGrow(Stack& stack, std::size_t inputs) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max() / 4;
  std::int64_t bytes = 0;
  std::int64_t times = 1;
  for (const c10::IValue& value : torch::jit::last(stack, inputs)) {
    bytes += BytesOf(value);
    if (value.isInt()) times = std::max<std::int64_t>(value.toInt(), 0);
  }
  torch::jit::drop(stack, inputs);
  auto* limit = libtorch::RunLimit::Current();
  if (limit == nullptr) return;
  limit->CheckRoom(bytes != 0 && times > kMax / bytes ? kMax : bytes * times);
  limit->Check();
}

// Operators of the interpreter alone: no archive can call them.
c10::Symbol GoOn() {
  static const c10::Symbol kind = [] {
    const auto made = c10::Symbol::fromQualString("yolotorch::may_go_on");
    torch::jit::registerOperator(torch::jit::Operator(
        made,
        [](const Node* /*node*/) -> torch::jit::Operation { return MayGoOn; },
        c10::AliasAnalysisKind::CONSERVATIVE));
    return made;
  }();
  return kind;
}

c10::Symbol Grow() {
  static const c10::Symbol kind = [] {
    const auto made = c10::Symbol::fromQualString("yolotorch::may_grow");
    torch::jit::registerOperator(torch::jit::Operator(
        made,
        [](const Node* node) -> torch::jit::Operation {
          const std::size_t inputs = node->inputs().size();
          return [inputs](Stack& stack) { MayGrow(stack, inputs); };
        },
        c10::AliasAnalysisKind::CONSERVATIVE));
    return made;
  }();
  return kind;
}

bool IsListOrText(const Value* value) {
  const auto kind = value->type()->kind();
  return kind == c10::TypeKind::ListType || kind == c10::TypeKind::StringType;
}

bool Grows(const Node* node) {
  const bool joins =
      optimizer::Is(node, "aten::add") || optimizer::Is(node, "aten::add_") ||
      optimizer::Is(node, "aten::mul") || optimizer::Is(node, "aten::mul_") ||
      optimizer::Is(node, "aten::extend") ||
      optimizer::Is(node, "aten::list") || optimizer::Is(node, "aten::copy");
  return joins && std::any_of(node->inputs().begin(), node->inputs().end(),
                              IsListOrText);
}

// The function or method that a node calls; null when it calls none.
torch::jit::Function* CalledBy(const Node* node) {
  if (node->kind() == c10::prim::CallFunction) {
    const auto type = node->input(0)->type()->cast<c10::FunctionType>();
    return type ? type->function() : nullptr;
  }
  if (node->kind() == c10::prim::CallMethod) {
    const auto type = node->input(0)->type()->cast<c10::ClassType>();
    return type ? type->findMethod(node->s(c10::attr::name)) : nullptr;
  }
  return nullptr;
}

}  // namespace

void AddRunChecks(const torch::jit::Module& module) {
  std::vector<torch::jit::Function*> left;
  for (const torch::jit::Module& part : module.modules()) {
    for (torch::jit::Function* method : part.type()->methods()) {
      left.push_back(method);
    }
  }
  std::set<torch::jit::Function*> done;
  while (!left.empty()) {
    torch::jit::Function* function = left.back();
    left.pop_back();
    if (!function->isGraphFunction() || !done.insert(function).second) continue;
    const auto graph = torch::jit::toGraphFunction(*function).graph();
    for (Node* node : optimizer::NodesOf(graph.get())) {
      if (torch::jit::Function* called = CalledBy(node)) left.push_back(called);
      if (node->kind() == c10::prim::Loop) {
        node->blocks()[0]->prependNode(graph->create(GoOn(), 0));
      } else if (Grows(node)) {
        graph->create(Grow(), node->inputs(), 0)->insertBefore(node);
      }
    }
  }
}

}  // namespace yolotorch::archive

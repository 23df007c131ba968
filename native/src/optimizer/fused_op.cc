// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/fused_op.h"

#include <torch/csrc/jit/runtime/operator.h>

#include <mutex>
#include <set>
#include <string>

namespace yolotorch::optimizer {
namespace {

using torch::jit::Node;
using torch::jit::Stack;

c10::Symbol FusedOpAttribute() {
  static const c10::Symbol symbol = c10::Symbol::attr("fused_op");
  return symbol;
}

// Operators of the interpreter alone: no caller outside can reach them.
c10::Symbol RegisteredKind(const std::string& name) {
  static std::mutex mutex;
  static auto* registered = new std::set<std::string>;
  const c10::Symbol kind = c10::Symbol::fromQualString("yolotorch::" + name);
  const std::lock_guard<std::mutex> lock(mutex);
  if (registered->insert(name).second) {
    torch::jit::registerOperator(torch::jit::Operator(
        kind,
        [](const Node* node) -> torch::jit::Operation {
          const c10::IValue holder = node->ival(FusedOpAttribute());
          auto* op = FusedOpOf(node);
          return [holder, op](Stack& stack) { op->Run(stack); };
        },
        c10::AliasAnalysisKind::CONSERVATIVE));
  }
  return kind;
}

}  // namespace

Node* ReplaceByFusedOp(Node* node, const char* name,
                       c10::intrusive_ptr<FusedOp> op,
                       const std::vector<torch::jit::Value*>& inputs) {
  Node* own = node->owningGraph()->create(RegisteredKind(name), inputs);
  own->ival_(FusedOpAttribute(),
             c10::IValue::make_capsule(
                 c10::static_intrusive_pointer_cast<torch::CustomClassHolder>(
                     std::move(op))));
  own->insertBefore(node);
  own->output()->copyMetadata(node->output());
  node->output()->replaceAllUsesWith(own->output());
  node->destroy();
  return own;
}

FusedOp* FusedOpOf(const Node* node) {
  if (!node->hasAttribute(FusedOpAttribute())) return nullptr;
  return static_cast<FusedOp*>(
      node->ival(FusedOpAttribute()).toCapsule().get());
}

}  // namespace yolotorch::optimizer

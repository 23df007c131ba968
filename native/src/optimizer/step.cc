// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/step.h"

#include <torch/csrc/jit/runtime/operator.h>

#include <mutex>
#include <set>
#include <string>

namespace yolotorch::optimizer {
namespace {

using torch::jit::Node;
using torch::jit::Stack;

c10::Symbol StepAttribute() {
  static const c10::Symbol symbol = c10::Symbol::attr("step");
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
          const c10::IValue holder = node->ival(StepAttribute());
          auto* step = StepOf(node);
          return [holder, step](Stack& stack) { step->Run(stack); };
        },
        c10::AliasAnalysisKind::CONSERVATIVE));
  }
  return kind;
}

}  // namespace

Node* ReplaceByStep(Node* node, const char* name, c10::intrusive_ptr<Step> step,
                    const std::vector<torch::jit::Value*>& inputs) {
  Node* own = node->owningGraph()->create(RegisteredKind(name), inputs);
  own->ival_(StepAttribute(),
             c10::IValue::make_capsule(
                 c10::static_intrusive_pointer_cast<torch::CustomClassHolder>(
                     std::move(step))));
  own->insertBefore(node);
  own->output()->copyMetadata(node->output());
  node->output()->replaceAllUsesWith(own->output());
  node->destroy();
  return own;
}

Step* StepOf(const Node* node) {
  if (!node->hasAttribute(StepAttribute())) return nullptr;
  return static_cast<Step*>(node->ival(StepAttribute()).toCapsule().get());
}

}  // namespace yolotorch::optimizer

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>
#include <torch/csrc/jit/ir/ir.h>

#include <vector>

namespace yolotorch::optimizer {

/// An operator of our own in a graph. It may keep what it prepared for a later
/// run. Runs may go on side by side, each in a slot of its own.
class FusedOp : public torch::CustomClassHolder {
 public:
  /// Pops the node's inputs, pushes its output.
  virtual void Run(torch::jit::Stack& stack) = 0;

  /// Forgets what a run that failed in this slot left behind.
  virtual void Reset() {}

  /// Whether it can read bfloat16 from input `index` and write it, as well.
  [[nodiscard]] virtual bool TakesBfloat16(std::size_t /*index*/) const {
    return false;
  }
  [[nodiscard]] virtual bool GivesBfloat16() const { return false; }
  /// Has it write bfloat16, or float32.
  virtual void set_output_type(c10::ScalarType /*type*/) {}
};

/// Puts `op` in the place of `node`, which is destroyed, as a node of kind
/// "yolotorch::<name>" with these inputs.
torch::jit::Node* ReplaceByFusedOp(
    torch::jit::Node* node, const char* name, c10::intrusive_ptr<FusedOp> op,
    const std::vector<torch::jit::Value*>& inputs);

/// The fused operator that a node is; null for any other node.
FusedOp* FusedOpOf(const torch::jit::Node* node);

template <class T>
T* FusedOpOf(const torch::jit::Node* node) {
  return dynamic_cast<T*>(FusedOpOf(node));
}

}  // namespace yolotorch::optimizer

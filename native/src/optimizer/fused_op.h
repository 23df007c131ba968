// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>
#include <torch/csrc/jit/ir/ir.h>

#include <vector>

namespace yolotorch::optimizer {

/// An operator of ours in a graph. It may cache what it prepares. Several runs
/// may go on in parallel, each in its own slot.
class FusedOp : public torch::CustomClassHolder {
 public:
  /// Pops the node's inputs, pushes its output.
  virtual void Run(torch::jit::Stack& stack) = 0;

  /// Drops the state that a failed run left in this slot.
  virtual void Reset() {}

  /// Whether it takes bfloat16 for input `index`, and whether it can write
  /// bfloat16.
  [[nodiscard]] virtual bool TakesBfloat16(std::size_t /*index*/) const {
    return false;
  }
  [[nodiscard]] virtual bool GivesBfloat16() const { return false; }
  /// Sets the output type: bfloat16 or float32.
  virtual void set_output_type(c10::ScalarType /*type*/) {}
};

/// Replaces `node`, which is destroyed, by a node of kind "yolotorch::<name>"
/// that runs `op` on `inputs`.
torch::jit::Node* ReplaceByFusedOp(
    torch::jit::Node* node, const char* name, c10::intrusive_ptr<FusedOp> op,
    const std::vector<torch::jit::Value*>& inputs);

/// The fused operator of a node; null for other nodes.
FusedOp* FusedOpOf(const torch::jit::Node* node);

template <class T>
T* FusedOpOf(const torch::jit::Node* node) {
  return dynamic_cast<T*>(FusedOpOf(node));
}

}  // namespace yolotorch::optimizer

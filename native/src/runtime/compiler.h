// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/ivalue.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/runtime/interpreter.h>

#include <cstddef>
#include <vector>

namespace yolotorch::runtime {

/// The passes that each level adds to those below it.
enum class OptimizeLevel {
  kNone = 0,          ///< LibTorch alone
  kChannelsLast = 1,  ///< pictures pixel by pixel, instead of plane by plane
  kPacked = 2,        ///< convolutions on weights in oneDNN's order
  kKernels = 3,       ///< SiLU and concatenation by kernels of our own
};

/// Convolutions of `graph`, whose first input is `self`, that have constant
/// weights become PackedConvolution. Returns how many.
std::size_t PackConvolutions(const torch::jit::Module& self,
                             torch::jit::Graph* graph);

/// SiLU where nobody else reads its input, and concatenations of channels,
/// become kernels of our own. Returns how many.
std::size_t UseOwnKernels(torch::jit::Graph* graph);

/// A module's forward, rewritten for the CPU. Whatever the passes do not know
/// stays as it is. Not thread-safe.
class Program {
 public:
  /// REQUIRES: `level` of kPacked or above. Throws what LibTorch throws when
  /// the module has a form that cannot be compiled.
  Program(const torch::jit::Module& module, OptimizeLevel level);

  /// As the module's forward with these inputs.
  c10::IValue Run(std::vector<c10::IValue> inputs);

  [[nodiscard]] std::size_t packed() const { return packed_; }
  [[nodiscard]] std::size_t own_kernels() const { return own_kernels_; }

 private:
  torch::jit::Module module_;
  std::size_t packed_ = 0;
  std::size_t own_kernels_ = 0;
  torch::jit::Code code_;
};

}  // namespace yolotorch::runtime

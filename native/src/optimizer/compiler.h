// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/ivalue.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/interpreter.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "optimizer/passes.h"

namespace yolotorch::optimizer {

/// Optimization levels; each adds passes to those of the level below.
enum class OptimizeLevel {
  kNone = 0,          ///< LibTorch alone
  kChannelsLast = 1,  ///< pictures pixel by pixel, instead of plane by plane
  kPacked = 2,        ///< convolutions on weights in oneDNN's order
  kKernels = 3,       ///< layers by kernels of our own
};

/// The number of matches of each pass.
struct CompilerReport {
  std::size_t convolutions = 0;  ///< PackConvolutions
  std::size_t own_kernels = 0;   ///< UseOwnKernels
  std::size_t activations = 0;   ///< FuseActivations
  std::size_t additions = 0;     ///< FuseAdditions
  std::size_t softmax = 0;       ///< FuseSoftmax
  std::size_t sigmoids = 0;      ///< FuseSigmoids
  std::size_t placed = 0;        ///< ElideConcatCopies
  std::size_t bfloat16 = 0;      ///< UseBfloat16

  /// A sentence.
  [[nodiscard]] std::string Text() const;
};

/// A module's forward, rewritten for the CPU. Operators that no pass knows stay
/// as they are. Not thread-safe, but see runs_side_by_side().
class Program {
 public:
  /// Layers write into memory of `pool`. `bfloat16`: layers compute in it,
  /// where `level` is kKernels. REQUIRES: `level` of kPacked or above; for
  /// bfloat16, kernels::ChosenKernels(kernels::Type::kBfloat16). Throws what
  /// LibTorch throws when the module has a form that cannot be compiled.
  Program(const torch::jit::Module& module, OptimizeLevel level,
          bool bfloat16 = false,
          std::shared_ptr<MemoryPool> pool = std::make_shared<MemoryPool>());

  /// Forgets the weights of the module that the fused operators hold in an
  /// order of their own. REQUIRES: a run has succeeded; later inputs have the
  /// same type. Returns whether the module is not needed any more.
  bool ReleaseWeights();

  /// Whether several runs may go on in parallel after a first one that ran
  /// alone: no run changes what another one reads.
  [[nodiscard]] bool runs_side_by_side() const { return runs_side_by_side_; }

  /// As the module's forward with these inputs.
  c10::IValue Run(std::vector<c10::IValue> inputs);

  [[nodiscard]] const CompilerReport& report() const { return report_; }

 private:
  std::shared_ptr<MemoryPool> pool_;
  c10::IValue self_;  // None when nobody reads it
  std::shared_ptr<torch::jit::Graph> graph_;
  CompilerReport report_;
  bool runs_side_by_side_ = false;
  torch::jit::Code code_;
};

}  // namespace yolotorch::optimizer

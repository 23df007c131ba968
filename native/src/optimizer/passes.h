// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// What rewrites a network's graph for the CPU, in the order in which it is
// done. Each pass leaves alone what it does not know. Each is in a file of its
// own name, those that fuse two neighbours are in fusions.cc.
#pragma once

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include <cstddef>
#include <memory>

#include "optimizer/buffers.h"

namespace yolotorch::optimizer {

/// Convolutions of `graph`, whose first input is `self`, that have constant
/// weights become ConvolutionOp. Returns how many.
std::size_t PackConvolutions(const torch::jit::Module& self,
                             torch::jit::Graph* graph);

/// These convolutions, pooling, upsampling and concatenation go to kernels of
/// our own, transposed convolutions of constant weights as well. Returns how
/// many.
std::size_t UseOwnKernels(const torch::jit::Module& self,
                          torch::jit::Graph* graph,
                          const std::shared_ptr<MemoryPool>& pool);

/// SiLU whose input is a convolution that nobody else reads becomes part of
/// it. Returns how many.
std::size_t FuseActivations(torch::jit::Graph* graph);

/// Likewise an addition. Returns how many.
std::size_t FuseAdditions(torch::jit::Graph* graph);

/// Attention, and the expected value of a distribution, become a fused operator
/// each. Returns how many.
std::size_t FuseSoftmax(torch::jit::Graph* graph,
                        const std::shared_ptr<MemoryPool>& pool);

/// A sigmoid that is only concatenated becomes part of that. Returns how many.
std::size_t FuseSigmoids(torch::jit::Graph* graph);

/// What is concatenated is written where it belongs in the first slice.
/// Returns for how many parts.
std::size_t ElideConcatCopies(torch::jit::Graph* graph);

/// What only fused operators read becomes bfloat16, where they can. Returns how
/// many fused operators give that.
std::size_t UseBfloat16(torch::jit::Graph* graph);

/// Attributes of `self`, the graph's first input, become constants, unless
/// there are some that change. Returns how many.
std::size_t FreezeAttributes(const torch::jit::Module& self,
                             torch::jit::Graph* graph);

}  // namespace yolotorch::optimizer

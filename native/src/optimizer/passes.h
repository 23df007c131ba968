// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The passes that rewrite a network's graph for the CPU, in the order in which
// they run. Each states its pattern and what replaces it; w is constant, and
// an inner value of a pattern has no other reader. A pass leaves everything
// else alone and returns how many times it matched. Each has a file of its own
// name; FuseActivations, FuseAdditions and FuseSigmoids share fusions.cc.
#pragma once

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include <cstddef>
#include <memory>

#include "optimizer/buffers.h"

namespace yolotorch::optimizer {

///   conv2d(x, w, b) or _convolution(x, w, b)  ->  ConvolutionOp(x)
/// by oneDNN, on weights in its own order. `self`: the graph's first input.
std::size_t PackConvolutions(const torch::jit::Module& self,
                             torch::jit::Graph* graph);

///   ConvolutionOp(x)                   ->  the same, by own kernels
///   conv_transpose2d(x, w, b)          ->  ConvTransposeOp(x), stride = kernel
///   cat([x...], 1)                     ->  ConcatChannelsOp([x...])
///   cat([x...], 2 or -1)               ->  ConcatAnchorsOp([x...])
///   max_pool2d(x)                      ->  MaxPoolOp(x), dilation 1, floor
///   upsample_nearest2d(x, whole scale) ->  UpsampleOp(x)
std::size_t UseOwnKernels(const torch::jit::Module& self,
                          torch::jit::Graph* graph,
                          const std::shared_ptr<MemoryPool>& pool);

///   silu(ConvolutionOp(x))  ->  ConvolutionOp(x) with SiLU
std::size_t FuseActivations(torch::jit::Graph* graph);

///   ConvolutionOp(x) + y  ->  ConvolutionOp(x, y)
/// where y exists before the convolution runs.
std::size_t FuseAdditions(torch::jit::Graph* graph);

///   q, k, v = split(x, [d, d, e], 2)
///   matmul(v, softmax(matmul(q^T, k) * c, -1)^T)       ->  AttentionOp(x)
///   ConvolutionOp(softmax(transpose(x, 1, 2), 1)), a
///   1 x 1 convolution to one channel without bias      ->  DflOp(x)
std::size_t FuseSoftmax(torch::jit::Graph* graph,
                        const std::shared_ptr<MemoryPool>& pool);

///   ConcatChannelsOp([x, sigmoid(y)])  ->  the same of [x, y], which takes the
///                                          sigmoid of y as it copies
std::size_t FuseSigmoids(torch::jit::Graph* graph);

///   ConcatChannelsOp([f(x), g(y)])  ->  f and g write into channels of one
///                                       buffer, and nothing is copied
/// f, g: ConvolutionOp, MaxPoolOp or UpsampleOp, or all parts of a split of
/// one in order. Returns the number of parts.
std::size_t ElideConcatCopies(torch::jit::Graph* graph);

///   g(f(x))  ->  g(bfloat16 f(x))
/// where all readers of f(x) are fused operators that take bfloat16. Returns
/// the number of operators that give it.
std::size_t UseBfloat16(torch::jit::Graph* graph);

///   self.a.b  ->  its value, as a constant
/// unless the graph changes an attribute.
std::size_t FreezeAttributes(const torch::jit::Module& self,
                             torch::jit::Graph* graph);

}  // namespace yolotorch::optimizer

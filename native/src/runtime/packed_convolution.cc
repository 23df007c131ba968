// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/packed_convolution.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/jit/runtime/operator.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "runtime/kernels.h"

namespace yolotorch::runtime {
namespace {

using torch::jit::Node;
using torch::jit::Stack;

// Each holds a copy of the weights.
constexpr std::size_t kMaxSizes = 4;

std::optional<c10::OperatorHandle> FindOperator(const char* name) {
  return c10::Dispatcher::singleton().findSchema({name, ""});
}

const std::optional<c10::OperatorHandle>& PackOperator() {
  static const auto handle =
      FindOperator("mkldnn::_reorder_convolution_weight");
  return handle;
}

const std::optional<c10::OperatorHandle>& ConvolveOperator() {
  static const auto handle = FindOperator("mkldnn::_convolution_pointwise");
  return handle;
}

at::Tensor Call(const c10::OperatorHandle& handle, Stack stack) {
  handle.callBoxed(stack);
  return std::move(stack.back()).toTensor();
}

c10::Symbol Attribute(const char* name) { return c10::Symbol::attr(name); }

Convolution FromNode(const Node* node) {
  Convolution convolution;
  convolution.weight = node->t(Attribute("weight"));
  if (node->hasAttribute(Attribute("bias"))) {
    convolution.bias = node->t(Attribute("bias"));
  }
  convolution.stride = node->is(Attribute("stride"));
  convolution.padding = node->is(Attribute("padding"));
  convolution.dilation = node->is(Attribute("dilation"));
  convolution.groups = node->i(Attribute("groups"));
  return convolution;
}

// Made anew for every program that is compiled, so that none shares its state.
torch::jit::Operation MakeOperation(const Node* node) {
  auto state = std::make_shared<PackedConvolution>(FromNode(node));
  return [state](Stack& stack) {
    const at::Tensor x = torch::jit::pop(stack).toTensor();
    stack.emplace_back(state->Run(x));
  };
}

c10::Symbol RegisteredKind() {
  static const c10::Symbol kind =
      c10::Symbol::fromQualString("yolotorch::packed_convolution");
  static std::once_flag once;
  std::call_once(once, [] {
    torch::jit::registerOperator(torch::jit::Operator(
        kind, MakeOperation, c10::AliasAnalysisKind::CONSERVATIVE));
  });
  return kind;
}

}  // namespace

PackedConvolution::PackedConvolution(Convolution convolution)
    : convolution_(std::move(convolution)) {}

bool PackedConvolution::IsAvailable() {
  return PackOperator().has_value() && ConvolveOperator().has_value();
}

const at::Tensor& PackedConvolution::PackedFor(const at::Tensor& x) {
  const auto found = std::find_if(
      packed_.begin(), packed_.end(),
      [&](const Packed& packed) { return x.sizes().equals(packed.size); });
  if (found != packed_.end()) {
    packed_.splice(packed_.begin(), packed_, found);
    return found->weight;
  }
  if (packed_.size() >= kMaxSizes) packed_.pop_back();
  const Convolution& c = convolution_;
  packed_.push_front(
      {x.sizes().vec(),
       Call(*PackOperator(), {c.weight, c.padding, c.stride, c.dilation,
                              c.groups, x.sizes().vec()})});
  return packed_.front().weight;
}

at::Tensor PackedConvolution::Run(const at::Tensor& x) {
  const Convolution& c = convolution_;
  if (!IsPixels(x)) {
    return at::convolution(x, c.weight.to(x.scalar_type()),
                           c.bias ? c.bias->to(x.scalar_type()) : at::Tensor(),
                           c.stride, c.padding, c.dilation,
                           /*transposed=*/false, /*output_padding=*/{0, 0},
                           c.groups);
  }
  return Call(
      *ConvolveOperator(),
      {ClosePixels(x), PackedFor(x), c.bias, c.padding, c.stride, c.dilation,
       c.groups, "none", c10::List<std::optional<at::Scalar>>(), ""});
}

void ReplaceByPacked(Node* node, const Convolution& convolution) {
  torch::jit::Graph* graph = node->owningGraph();
  Node* packed = graph->create(RegisteredKind(), {node->input(0)});
  packed->t_(Attribute("weight"), convolution.weight);
  if (convolution.bias) packed->t_(Attribute("bias"), *convolution.bias);
  packed->is_(Attribute("stride"), convolution.stride);
  packed->is_(Attribute("padding"), convolution.padding);
  packed->is_(Attribute("dilation"), convolution.dilation);
  packed->i_(Attribute("groups"), convolution.groups);
  packed->insertBefore(node);
  packed->output()->copyMetadata(node->output());
  node->output()->replaceAllUsesWith(packed->output());
  node->destroy();
}

}  // namespace yolotorch::runtime

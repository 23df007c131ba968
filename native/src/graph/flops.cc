// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/flops.h"

#include <ATen/record_function.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace yolotorch::graph {
namespace {

// The cost of convolutions is proportional to the area, so a small input
// suffices.
constexpr std::int64_t kCountedSide = 64;

struct MultiplyAdds {
  double convolution = 0;
  double linear = 0;
};

thread_local MultiplyAdds counted;

// A call whose output is not there yet.
struct OpenCall : at::ObserverContext {
  OpenCall(double* sum, double per_value) : sum(sum), per_value(per_value) {}
  double* sum;
  double per_value;  // multiply-adds per output value
};

// Inputs are read here: when the call ends, LibTorch may have moved them away.
std::unique_ptr<at::ObserverContext> BeginCall(const at::RecordFunction& call) {
  const std::string_view name = call.name();
  const bool convolution = name == "aten::convolution";
  if (!convolution && name != "aten::linear") return nullptr;
  const auto inputs = call.inputs();
  const Tensor& weight = inputs[1].toTensor();
  const auto per_value =
      static_cast<double>(weight.numel()) / static_cast<double>(weight.size(0));
  double* sum = convolution ? &counted.convolution : &counted.linear;
  // Of a transposed convolution every input value meets all weights of its
  // channel; else every output value does.
  if (convolution && inputs[6].toBool()) {
    *sum += per_value * static_cast<double>(inputs[0].toTensor().numel());
    return nullptr;
  }
  return std::make_unique<OpenCall>(sum, per_value);
}

void EndCall(const at::RecordFunction& call, at::ObserverContext* context) {
  if (context == nullptr) return;
  const auto* open = static_cast<const OpenCall*>(context);
  *open->sum += open->per_value *
                static_cast<double>(call.outputs()[0].toTensor().numel());
}

}  // namespace

double CountFlops(Network& network, std::int64_t height, std::int64_t width) {
  const at::NoGradGuard no_grad;
  const std::int64_t side = std::max(kCountedSide, network.stride());
  network.FixSize(side, side);
  const Tensor probe =
      at::zeros({1, network.architecture().channels, side, side});
  counted = {};
  const at::CallbackHandle counter =
      at::addThreadLocalCallback(at::RecordFunctionCallback(BeginCall, EndCall)
                                     .needsInputs(true)
                                     .needsOutputs(true)
                                     .scopes({at::RecordScope::FUNCTION}));
  network.Forward(probe);
  at::removeCallback(counter);
  const double area =
      static_cast<double>(height * width) / static_cast<double>(side * side);
  return 2 * (counted.convolution * area + counted.linear);
}

}  // namespace yolotorch::graph

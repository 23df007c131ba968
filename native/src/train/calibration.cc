// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/calibration.h"

#include <utility>

namespace yolotorch::train {

Calibration::Calibration(std::shared_ptr<graph::Network> network)
    : network_(std::move(network)) {
  network_->ForEachConv([&](const std::string&, graph::Conv& conv) {
    if (conv.HasFoldedNorm()) folded_.push_back(&conv);
  });
  for (graph::Conv* conv : folded_) conv->StartMeasuring();
}

void Calibration::Observe(const at::Tensor& images) {
  const at::NoGradGuard no_grad;
  network_->eval();
  network_->ForwardRaw(images);
}

void Calibration::Apply() {
  for (graph::Conv* conv : folded_) conv->AdoptMeasured();
}

}  // namespace yolotorch::train

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "graph/blocks.h"

namespace yolotorch::graph {

/// Prototype masks at twice the size of the feature map.
class Prototypes : public Block {
 public:
  Prototypes(std::int64_t in, std::int64_t width, std::int64_t masks);
  explicit Prototypes(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;

 private:
  std::shared_ptr<Conv> cv1_;
  std::shared_ptr<Conv> cv2_;
  std::shared_ptr<Conv> cv3_;
  Tensor weight_;
  Tensor bias_;
};

}  // namespace yolotorch::graph

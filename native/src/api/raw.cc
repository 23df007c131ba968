// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/raw.h"

#include <algorithm>
#include <cstdint>

#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

std::string ShapeText(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (const std::int64_t side : shape) {
    text += (text.empty() ? "(" : ", ") + std::to_string(side);
  }
  return text.empty() ? "()" : text + ")";
}

[[noreturn]] void FailShape(const RawTensor& input, const std::string& name,
                            const std::string& expected) {
  throw Error(Code::kInvalidArgument,
              "'" + name + "' takes " + expected + ", but " +
                  ShapeText(input.shape) + " with " +
                  std::to_string(input.values.size()) +
                  " values came: hand over a tensor of that shape.");
}

// Whether the shape tells the number of values; none of its sides is 0.
bool IsConsistent(const RawTensor& input) {
  auto rest = static_cast<std::int64_t>(input.values.size());
  if (rest == 0) return false;
  for (const std::int64_t side : input.shape) {
    if (side < 1 || rest % side != 0) return false;
    rest /= side;
  }
  return rest == 1;
}

}  // namespace

void CheckIsWhole(const metadata::Metadata& metadata, const std::string& name) {
  if (!metadata.is_part()) return;
  throw Error(
      Code::kUnsupportedModel,
      "'" + name + "' holds layers " + metadata.layers +
          " of a model only, so it cannot predict: take their features, "
          "which predictRaw gives.");
}

void CheckGivesRaw(const metadata::Metadata& metadata,
                   const std::string& name) {
  if (!metadata.pipeline) return;
  throw Error(Code::kUnsupportedModel,
              "'" + name +
                  "' gives final detections of a picture, not what its network "
                  "gives: use predict, or export without pipeline.");
}

void CheckTakesPictures(const metadata::Metadata& metadata,
                        const std::string& name) {
  if (!metadata.is_part() || metadata.layers == "0" ||
      metadata.layers.starts_with("0-")) {
    return;
  }
  throw Error(Code::kUnsupportedModel,
              "'" + name + "' holds layers " + metadata.layers +
                  " of a model, which take features and no pictures: hand over "
                  "a tensor.");
}

void CheckTensor(const RawTensor& input, const metadata::Metadata& metadata,
                 const std::string& name) {
  if (!IsConsistent(input)) {
    FailShape(input, name, "as many values as the shape says, at least one");
  }
  if (metadata.is_part()) return;
  const std::vector<std::int64_t>& shape = input.shape;
  if (shape.size() != 4 || shape[1] != metadata.channels) {
    FailShape(
        input, name,
        "(pictures, " + std::to_string(metadata.channels) + ", height, width)");
  }
}

std::vector<int> LayersToEmbed(const graph::Network* network,
                               const std::vector<int>& layers,
                               const std::string& name) {
  if (network == nullptr) {
    throw Error(Code::kUnsupportedModel,
                "'" + name +
                    "' is an archive, which does not tell its layers apart: "
                    "use the checkpoint, or export it with layers=0-9.");
  }
  const auto head = static_cast<int>(network->architecture().rows.size()) - 1;
  if (layers.empty()) return {head - 1};
  for (const int layer : layers) {
    if (layer < 0 || layer >= head) {
      throw Error(Code::kInvalidArgument,
                  "A layer to embed must be from 0 to " +
                      std::to_string(head - 1) +
                      ", the last before the head, but was " +
                      std::to_string(layer) + ": choose one of those.");
    }
  }
  return layers;
}

at::Tensor TensorOf(const RawTensor& raw) {
  at::Tensor tensor = at::empty(raw.shape, at::kFloat);
  std::copy(raw.values.begin(), raw.values.end(),
            tensor.mutable_data_ptr<float>());
  return tensor;
}

std::vector<RawTensor> RawTensorsOf(const std::vector<at::Tensor>& tensors) {
  std::vector<RawTensor> all;
  for (const at::Tensor& tensor : tensors) {
    const at::Tensor plain = tensor.to(c10::kCPU, at::kFloat).contiguous();
    const auto* values = plain.const_data_ptr<float>();
    all.push_back({plain.sizes().vec(), {values, values + plain.numel()}});
  }
  return all;
}

}  // namespace yolotorch::api

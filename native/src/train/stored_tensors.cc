// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/stored_tensors.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "yolotorch/error.h"

namespace yolotorch::train {
namespace {

using formats::DType;
using formats::TensorView;

constexpr std::array<std::pair<DType, at::ScalarType>, 10> kScalarTypes = {{
    {DType::kFloat16, at::kHalf},
    {DType::kBFloat16, at::kBFloat16},
    {DType::kFloat32, at::kFloat},
    {DType::kFloat64, at::kDouble},
    {DType::kInt64, at::kLong},
    {DType::kInt32, at::kInt},
    {DType::kInt16, at::kShort},
    {DType::kInt8, at::kChar},
    {DType::kUInt8, at::kByte},
    {DType::kBool, at::kBool},
}};

at::ScalarType ScalarTypeOf(DType type) {
  const auto* found =
      std::find_if(kScalarTypes.begin(), kScalarTypes.end(),
                   [&](const auto& pair) { return pair.first == type; });
  return found->second;
}

DType DTypeOf(at::ScalarType type) {
  const auto* found =
      std::find_if(kScalarTypes.begin(), kScalarTypes.end(),
                   [&](const auto& pair) { return pair.second == type; });
  if (found == kScalarTypes.end()) {
    throw Error(Code::kInvalidArgument,
                std::string("A checkpoint holds no tensor of type ") +
                    at::toString(type) +
                    "; expected numbers of 8 to 64 bits, or switches.");
  }
  return found->first;
}

}  // namespace

// Copies byte by byte, since records may lie at addresses that the type does
// not allow, and only what the view shows: many small views of one large
// storage stay small.
at::Tensor ToTensor(const TensorView& view) {
  const std::size_t item = SizeOf(view.dtype);
  at::Tensor values = at::empty(view.shape, ScalarTypeOf(view.dtype));
  auto* to = static_cast<std::uint8_t*>(values.mutable_data_ptr());
  const std::int64_t count = view.numel();
  const auto* from = view.storage.data();
  if (view.contiguous() && count > 0) {
    std::memcpy(to, from + static_cast<std::size_t>(view.offset) * item,
                static_cast<std::size_t>(count) * item);
    return values;
  }
  std::vector<std::int64_t> index(view.shape.size(), 0);
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t at = view.offset;
    for (std::size_t d = 0; d < index.size(); ++d) {
      at += index[d] * view.strides[d];
    }
    std::memcpy(to + static_cast<std::size_t>(i) * item,
                from + static_cast<std::size_t>(at) * item, item);
    for (std::size_t d = index.size(); d-- > 0;) {
      if (++index[d] < view.shape[d]) break;
      index[d] = 0;
    }
  }
  return values;
}

const formats::Value* StoredTensors::Add(const at::Tensor& tensor) {
  const formats::Value* value =
      values_.Tensor(DTypeOf(tensor.scalar_type()),
                     std::to_string(records_.size()), tensor.sizes().vec());
  records_.push_back(tensor.detach().cpu().contiguous());
  return value;
}

}  // namespace yolotorch::train

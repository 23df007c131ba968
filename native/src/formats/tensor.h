// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/pickle.h"
#include "formats/zip_archive.h"

namespace yolotorch::formats {

enum class DType : std::uint8_t {
  kFloat16,
  kBFloat16,
  kFloat32,
  kFloat64,
  kInt64,
  kInt32,
  kInt16,
  kInt8,
  kUInt8,
  kBool,
};

/// Bytes of one element.
std::size_t SizeOf(DType type);

/// A tensor of the checkpoint: a view into its storage record. Every element
/// that shape and strides can reach lies inside `storage`.
struct TensorView {
  DType dtype = DType::kFloat32;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  ///< in elements
  std::int64_t offset = 0;            ///< in elements
  Bytes storage;

  [[nodiscard]] std::int64_t numel() const;
  [[nodiscard]] bool contiguous() const;
};

/// Name of a type as PyTorch writes it: "float32".
std::string NameOf(DType type);

/// The class of its storages as pickles name it: "torch.FloatStorage".
std::string_view StorageOf(DType type);

/// The location of a pickle's tensors: the archive, the folder of the records
/// ("data/"), and the name of the file for messages.
struct TensorPlace {
  const ZipArchive& zip;
  std::string folder;
  const std::string& label;
};

/// The storage of a persistent id: one whole record of the size that the id
/// states. `name` names the tensor in messages. Throws Error kCorruptModel.
TensorView ReadStorage(const Value& storage, const TensorPlace& place,
                       const std::string& name);

/// Whether a value is stored as ReadTensor() reads it, sound or not: no sparse
/// or quantised tensor, no object, and of a known element type.
bool IsTensor(const Value& value);

/// The tensor that a call of _rebuild_tensor_v2 or _rebuild_parameter makes,
/// also one with attributes of its own.
/// Throws Error kCorruptModel.
TensorView ReadTensor(const Value& value, const TensorPlace& place,
                      const std::string& name);

}  // namespace yolotorch::formats

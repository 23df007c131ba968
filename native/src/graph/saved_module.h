// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace yolotorch::graph {

/// A tensor of a saved module: its shape, and how to read its values.
struct SavedTensor {
  std::vector<std::int64_t> shape;
  std::function<at::Tensor()> load;  ///< float32, contiguous, in own memory
  /// The same for tensors that are one; null when that is not known.
  const void* identity = nullptr;
};

/// A module of a saved network as plain data. Blocks are built from it, so that
/// every size in a network is that of its weights, whatever a yaml says.
///
/// Not thread-safe: it remembers which tensors were taken.
class SavedModule {
 public:
  std::string file;  ///< for messages
  std::string path;  ///< "model.9.cv1"; empty for the network itself
  std::string name;  ///< "cv1"
  std::string type;  ///< "ultralytics.nn.modules.conv.Conv"
  /// Attributes that are a number, a switch or a short list of numbers.
  std::map<std::string, std::vector<double>, std::less<>> numbers;
  /// Attributes that are texts. "forward": the method that an instance uses
  /// instead of its class's.
  std::map<std::string, std::string, std::less<>> texts;
  std::map<std::string, SavedTensor, std::less<>> tensors;
  std::vector<SavedModule> children;

  /// The class without its package, "Conv", of a class of Ultralytics or of
  /// torch.nn; empty for a class of anybody else.
  [[nodiscard]] std::string_view kind() const;

  /// The child of that name; Find() gives null when there is none, Child()
  /// throws.
  [[nodiscard]] const SavedModule* Find(std::string_view child) const;
  [[nodiscard]] const SavedModule& Child(std::string_view child) const;

  /// Whether Take() would find that tensor.
  [[nodiscard]] bool Has(std::string_view tensor) const;
  /// Its shape; throws when it is missing or has another number of dimensions.
  [[nodiscard]] const std::vector<std::int64_t>& Shape(
      std::string_view tensor, std::size_t dimensions) const;
  /// The values of a tensor of that many dimensions, counted against the
  /// WeightBudget. A weight that torch.nn.utils.prune split into weight_orig
  /// and weight_mask is their product.
  [[nodiscard]] at::Tensor Take(std::string_view tensor,
                                std::size_t dimensions) const;
  /// As Take(), but throws unless it is one number per channel.
  [[nodiscard]] at::Tensor TakeVector(std::string_view tensor,
                                      std::int64_t size) const;
  /// Names of tensors, here and below, that nothing took and that are no
  /// counters of training or profiling.
  [[nodiscard]] std::vector<std::string> Unused() const;
  /// Counts the tensors here and below as taken.
  void Drop() const;

  /// A whole number among the attributes, else `fallback`. Throws when it is
  /// outside of [low, high].
  [[nodiscard]] std::int64_t Whole(std::string_view attribute,
                                   std::int64_t fallback, std::int64_t low,
                                   std::int64_t high) const;
  /// Two whole numbers, or one that stands for both.
  [[nodiscard]] std::array<std::int64_t, 2> Pair(std::string_view attribute,
                                                 std::int64_t fallback,
                                                 std::int64_t low,
                                                 std::int64_t high) const;
  [[nodiscard]] double Real(std::string_view attribute, double fallback) const;
  [[nodiscard]] bool Flag(std::string_view attribute, bool fallback) const;
  [[nodiscard]] std::string_view Text(std::string_view attribute,
                                      std::string_view fallback) const;

  /// Throws unless `wanted` names this module's kind.
  void Expect(std::initializer_list<std::string_view> wanted) const;
  /// Throws unless its forward is its class's or one of `allowed`.
  void ExpectForward(std::initializer_list<std::string_view> allowed) const;

  /// Throws Error kUnsupportedModel: file, path, class and `what`.
  [[noreturn]] void Fail(const std::string& what) const;

 private:
  [[nodiscard]] const SavedTensor* FindTensor(std::string_view tensor) const;
  [[nodiscard]] at::Tensor Load(std::string_view tensor) const;

  mutable std::set<std::string, std::less<>> taken_;
};

}  // namespace yolotorch::graph

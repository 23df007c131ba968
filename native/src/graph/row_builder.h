// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "graph/architecture.h"
#include "graph/blocks.h"
#include "graph/heads.h"

namespace yolotorch::graph {

/// Makes the layer that one row of an architecture describes, with random
/// weights. What does not fit throws Error kUnsupportedModel naming the row.
class RowBuilder {
 public:
  /// Keeps references to both; `index`: of the row, for messages.
  RowBuilder(const Architecture& architecture, const Row& row, int index)
      : architecture_(architecture), row_(row), index_(index) {}

  /// The block for an input of `in` channels; `*out`: channels of its output.
  std::shared_ptr<Block> MakeBlock(std::int64_t in, std::int64_t* out) const;

  /// The head for feature maps of these channels and strides.
  std::shared_ptr<Head> MakeHead(const std::vector<std::int64_t>& channels,
                                 const std::vector<double>& strides) const;

  /// Throws unless the row, a Concat, joins channels; `channels`: all of them.
  void CheckConcat(std::int64_t channels) const;

  [[noreturn]] void Fail(const std::string& why) const;

 private:
  [[nodiscard]] bool Has(std::size_t index) const;
  [[nodiscard]] std::int64_t Whole(std::size_t index, std::int64_t fallback,
                                   std::int64_t low, std::int64_t high) const;
  [[nodiscard]] double Number(std::size_t index, double fallback) const;
  [[nodiscard]] bool Flag(std::size_t index, bool fallback) const;
  [[nodiscard]] std::int64_t Scaled(std::int64_t channels) const;
  [[nodiscard]] int Repeats() const;

  [[nodiscard]] std::shared_ptr<Block> MakeUpsample() const;
  [[nodiscard]] std::shared_ptr<Block> MakeConv(std::int64_t in,
                                                std::int64_t out) const;
  [[nodiscard]] std::shared_ptr<Block> MakeC2f(std::int64_t in,
                                               std::int64_t out) const;
  [[nodiscard]] HeadOptions OptionsOfHead(
      const std::vector<double>& strides) const;

  const Architecture& architecture_;
  const Row& row_;
  int index_;
};

}  // namespace yolotorch::graph

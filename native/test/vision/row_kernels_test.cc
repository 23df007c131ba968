// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/row_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "base/instruction_set.h"
#include "instruction_sets.h"

namespace yolotorch::vision {
namespace {

using test::WiderInstructionSets;

TEST(RowKernelsTest, AllVectorsGiveTheSameBits) {
  std::mt19937 random(11);
  // A pixel and its right neighbour.
  constexpr int kSlackBytes = 2 * YOLOTORCH_MAX_CHANNELS;
  for (const Channels& channels :
       {ChannelsOf(PixelFormat::kRgb), ChannelsOf(PixelFormat::kBgr),
        ChannelsOf(PixelFormat::kArgb), ChannelsOf(PixelFormat::kGray),
        ChannelsOf(PixelFormat::kChannels, 2),
        ChannelsOf(PixelFormat::kChannels, 16), Channels{1, 1, {0}}}) {
    const auto values_per_pixel = static_cast<std::size_t>(channels.count);
    for (const std::size_t count : {1U, 3U, 4U, 37U, 640U}) {
      std::vector<std::uint8_t> row(count * 3 + kSlackBytes);
      for (std::uint8_t& value : row) {
        value = static_cast<std::uint8_t>(random());
      }
      Columns columns;
      for (std::size_t i = 0; i < count; ++i) {
        const auto weight = static_cast<std::int32_t>(random() % 2049);
        columns.left.push_back(
            static_cast<std::int64_t>(random() % (count * 3)));
        columns.weights.push_back(weight | (2048 - weight) << 16);
      }
      columns.wide = count - random() % 2;
      const RowKernels& plain = RowKernelsFor(base::InstructionSet::kPortable);
      std::array<MixedRow, 2> mixed;
      for (MixedRow& values : mixed) {
        values.resize(count * values_per_pixel + kMixedSlack);
        plain.mix(row.data(), channels, columns, values.data());
        std::shuffle(row.begin(), row.end(), random);
      }
      const RowPair pair{mixed[0].data(), mixed[1].data(), 700, 1348};
      std::vector<std::uint8_t> bytes(count * values_per_pixel);
      plain.to_bytes(pair, bytes.size(), bytes.data());
      std::vector<float> units(count * values_per_pixel);
      plain.to_units(pair, units.size(), units.data());
      MixedRow expected(count * values_per_pixel + kMixedSlack);
      plain.mix(row.data(), channels, columns, expected.data());
      expected.resize(count * values_per_pixel);
      for (const base::InstructionSet instructions : WiderInstructionSets()) {
        const RowKernels& kernels = RowKernelsFor(instructions);
        MixedRow values(count * values_per_pixel + kMixedSlack);
        kernels.mix(row.data(), channels, columns, values.data());
        values.resize(count * values_per_pixel);
        EXPECT_EQ(values, expected);
        std::vector<std::uint8_t> own_bytes(count * values_per_pixel);
        kernels.to_bytes(pair, own_bytes.size(), own_bytes.data());
        EXPECT_EQ(own_bytes, bytes);
        std::vector<float> own_units(count * values_per_pixel);
        kernels.to_units(pair, own_units.size(), own_units.data());
        EXPECT_EQ(own_units, units);
      }
    }
  }
}

}  // namespace
}  // namespace yolotorch::vision

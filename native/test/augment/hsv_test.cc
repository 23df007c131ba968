// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/hsv.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/random.h"

namespace yolotorch::augment {
namespace {
namespace hsv_test {

using Rgb = std::array<int, 3>;

Rgb Changed(const HsvChange& change, const Rgb& rgb) {
  std::array<std::uint8_t, 3> bytes{};
  for (std::size_t i = 0; i < 3; ++i) {
    bytes[i] = static_cast<std::uint8_t>(rgb[i]);
  }
  ChangeHsv(change, 1, &bytes[0], &bytes[1], &bytes[2]);
  return {bytes[0], bytes[1], bytes[2]};
}

TEST(HsvTest, FactorsAreTheTablesOfRandomHsv) {
  const HsvChange none = HsvChangeOf({0, 0, 0});
  EXPECT_EQ(none.hue, 0);
  EXPECT_EQ(none.saturation, 32'768);
  EXPECT_EQ(none.value, 32'768);
  const HsvChange change = HsvChangeOf({0.5, -1, 1});
  EXPECT_EQ(change.hue, 90);
  EXPECT_EQ(change.saturation, 0);
  EXPECT_EQ(change.value, 65'536);
  // (H - 1.8) mod 180: 0 becomes 178, as does its table.
  EXPECT_EQ(HsvChangeOf({-0.01, 0, 0}).hue, 178);
  EXPECT_EQ(HsvChangeOf({1, 0, 0}).hue, 0);
  EXPECT_EQ(HsvChangeOf({-1, 0, 0}).hue, 0);
}

TEST(HsvTest, GreysAndFullColoursSurviveTheWayThereAndBack) {
  const HsvChange none;
  for (int grey = 0; grey < 256; ++grey) {
    const Rgb there = Changed(none, {grey, grey, grey});
    EXPECT_EQ(there[0], there[1]);
    EXPECT_EQ(there[1], there[2]);
    // OpenCV truncates what a product of floats leaves a little too small.
    EXPECT_LE(there[0], grey);
    EXPECT_GE(there[0], grey - 1);
  }
  for (const Rgb& rgb : {Rgb{255, 0, 0}, Rgb{255, 255, 0}, Rgb{0, 255, 0},
                         Rgb{0, 0, 255}, Rgb{255, 255, 255}, Rgb{0, 0, 0}}) {
    EXPECT_EQ(Changed(none, rgb), rgb);
  }
  EXPECT_EQ(Changed(none, {0, 255, 255}), (Rgb{0, 254, 255}));
  EXPECT_EQ(Changed(none, {255, 0, 255}), (Rgb{255, 0, 254}));
}

// Hues by 60 degrees: the colours change places.
TEST(HsvTest, TurnsHues) {
  const HsvChange third = HsvChangeOf({1.0 / 3, 0, 0});
  EXPECT_EQ(third.hue, 60);
  EXPECT_EQ(Changed(third, {255, 0, 0}), (Rgb{0, 255, 0}));
  EXPECT_EQ(Changed(third, {0, 255, 0}), (Rgb{0, 0, 255}));
  EXPECT_EQ(Changed(third, {0, 0, 255}), (Rgb{255, 0, 0}));
  EXPECT_EQ(Changed(third, {77, 77, 77}), (Rgb{77, 77, 77}));
}

TEST(HsvTest, ScalesSaturationAndValue) {
  EXPECT_EQ(Changed(HsvChangeOf({0, -1, 0}), {200, 100, 0}),
            (Rgb{200, 200, 200}));
  EXPECT_EQ(Changed(HsvChangeOf({0, 0, -1}), {200, 100, 0}), (Rgb{0, 0, 0}));
  EXPECT_EQ(Changed(HsvChangeOf({0, 0, 1}), {100, 0, 0}), (Rgb{200, 0, 0}));
  EXPECT_EQ(Changed(HsvChangeOf({0, 0, 1}), {200, 0, 0}), (Rgb{255, 0, 0}));
  // White has no saturation to scale.
  EXPECT_EQ(Changed(HsvChangeOf({0, 1, 0}), {255, 255, 255}),
            (Rgb{255, 255, 255}));
}

// What OpenCV 4.14 makes of rows of these colours: RGB to HSV, tables of
// r = (0.013, 0.3, -0.2) in multiples of 2^-15, and back.
TEST(HsvTest, MatchesOpenCv) {
  const HsvChange change = HsvChangeOf({0.013, 0.3, -0.2});
  EXPECT_EQ(Changed(change, {10, 200, 30}), (Rgb{0, 159, 26}));
  EXPECT_EQ(Changed(change, {200, 100, 50}), (Rgb{159, 66, 4}));
  EXPECT_EQ(Changed(change, {7, 7, 7}), (Rgb{5, 5, 5}));
  EXPECT_EQ(Changed(change, {123, 45, 210}), (Rgb{89, 0, 167}));
  EXPECT_EQ(Changed(change, {255, 254, 0}), (Rgb{189, 203, 0}));
}

TEST(HsvTest, KernelsGiveTheSameBytes) {
  std::vector<std::uint8_t> a(3 * 1001);
  Random random(2, 0, 0, 0);
  for (std::uint8_t& value : a) {
    value = static_cast<std::uint8_t>(random.Below(256));
  }
  std::vector<std::uint8_t> b = a;
  const HsvChange change = HsvChangeOf({0.2, 0.5, -0.3});
  HsvKernelFor(base::InstructionSet::kPortable)(change, 1001, &a[0], &a[1001],
                                                &a[2002]);
  HsvKernelFor(base::ChosenInstructionSet())(change, 1001, &b[0], &b[1001],
                                             &b[2002]);
  EXPECT_EQ(a, b);
}

TEST(HsvTest, DrawsStayWithinTheirGains) {
  Options options;
  Random random(4, 0, 0, 0);
  bool both_ways[3][2] = {};
  for (int i = 0; i < 1000; ++i) {
    const HsvChange change = DrawHsv(options, &random);
    const int hue = change.hue < 90 ? change.hue : change.hue - 180;
    ASSERT_LE(hue, 2);
    ASSERT_GE(hue, -3);
    ASSERT_NEAR(change.saturation / 32'768.0, 1, 0.7001);
    ASSERT_NEAR(change.value / 32'768.0, 1, 0.4001);
    both_ways[0][hue >= 0 ? 1 : 0] = true;
    both_ways[1][change.saturation > 32'768 ? 1 : 0] = true;
    both_ways[2][change.value > 32'768 ? 1 : 0] = true;
  }
  for (const auto& ways : both_ways) EXPECT_TRUE(ways[0] && ways[1]);
}

}  // namespace hsv_test
}  // namespace
}  // namespace yolotorch::augment

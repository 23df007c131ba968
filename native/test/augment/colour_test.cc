// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/colour.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "augment/rand_augment.h"
#include "augment/scenes.h"

namespace yolotorch::augment {
namespace {
namespace colour_test {

using Rgb = std::vector<std::uint8_t>;

// A canvas of one row.
Canvas RowOf(const Rgb& values) {
  Canvas canvas = GreyCanvas(1, static_cast<int>(values.size() / 3));
  std::copy(values.begin(), values.end(), canvas.pixels.begin());
  return canvas;
}

Rgb ValuesOf(const Canvas& canvas) {
  return {canvas.pixels.begin(),
          canvas.pixels.end() - static_cast<std::ptrdiff_t>(kCanvasSlack)};
}

template <typename Change>
Rgb Changed(const Rgb& values, const Change& change) {
  Canvas canvas = RowOf(values);
  change(&canvas);
  return ValuesOf(canvas);
}

// All values as Pillow gives them; blends are truncated.
TEST(ColourTest, Blends) {
  EXPECT_EQ(
      Changed({100, 200, 51}, [](Canvas* c) { AdjustBrightness(1.5, c); }),
      (Rgb{150, 255, 76}));
  EXPECT_EQ(Changed({100, 200, 51}, [](Canvas* c) { AdjustBrightness(0, c); }),
            (Rgb{0, 0, 0}));
  // The grey of (100, 200, 51) is 153.
  EXPECT_EQ(Changed({100, 200, 51}, [](Canvas* c) { AdjustSaturation(0, c); }),
            (Rgb{153, 153, 153}));
  EXPECT_EQ(
      Changed({100, 200, 51}, [](Canvas* c) { AdjustSaturation(0.5, c); }),
      (Rgb{126, 176, 102}));
  EXPECT_EQ(Changed({100, 200, 51}, [](Canvas* c) { AdjustSaturation(2, c); }),
            (Rgb{47, 247, 0}));
  // The mean grey is 101 (10.5 + ... : 10 and 191, halves rounded up).
  EXPECT_EQ(Changed({10, 10, 10, 191, 191, 191},
                    [](Canvas* c) { AdjustContrast(0, c); }),
            (Rgb{101, 101, 101, 101, 101, 101}));
  EXPECT_EQ(Changed({10, 10, 10, 191, 191, 191},
                    [](Canvas* c) { AdjustContrast(1, c); }),
            (Rgb{10, 10, 10, 191, 191, 191}));
}

TEST(ColourTest, SharpensInsideOfTheBorderOnly) {
  Canvas canvas = GreyCanvas(3, 3);
  std::fill(canvas.pixels.begin(), canvas.pixels.begin() + 27, 10);
  canvas.pixels[12] = 140;  // red of the middle: (80 + 5 * 140) / 13 = 60
  AdjustSharpness(0, &canvas);
  EXPECT_EQ(canvas.pixels[12], 60);
  EXPECT_EQ(canvas.pixels[13], 10);
  EXPECT_EQ(canvas.pixels[9], 10);
  canvas.pixels[12] = 140;
  AdjustSharpness(2, &canvas);
  EXPECT_EQ(canvas.pixels[12], 220);
  EXPECT_EQ(canvas.pixels[0], 10);
}

TEST(ColourTest, TurnsHues) {
  const Rgb colours = {255, 0, 0, 0, 200, 0, 77, 77, 77};
  EXPECT_EQ(Changed(colours, [](Canvas* c) { AdjustHue(0, c); }), colours);
  // A third of 255 steps.
  EXPECT_EQ(Changed(colours, [](Canvas* c) { AdjustHue(1.0 / 3, c); }),
            (Rgb{0, 255, 0, 0, 0, 200, 77, 77, 77}));
  EXPECT_EQ(Changed({0, 255, 0}, [](Canvas* c) { AdjustHue(-1.0 / 3, c); }),
            (Rgb{255, 0, 0}));
}

TEST(ColourTest, MapsValues) {
  EXPECT_EQ(Changed({255, 129, 1}, [](Canvas* c) { Posterize(7, c); }),
            (Rgb{254, 128, 0}));
  EXPECT_EQ(Changed({178, 179, 255}, [](Canvas* c) { Solarize(178.5, c); }),
            (Rgb{178, 76, 0}));
  // Red from 10..61 to all, green of one value stays.
  EXPECT_EQ(Changed({10, 9, 0, 61, 9, 255, 36, 9, 128},
                    [](Canvas* c) { AutoContrast(c); }),
            (Rgb{0, 9, 0, 255, 9, 255, 130, 9, 128}));
}

// 512 pixels. Four of each red: step (512 - 4) / 255 = 1, and each becomes the
// number of those before. Two of each blue: step 2, nothing changes.
TEST(ColourTest, Equalizes) {
  Rgb values;
  for (int i = 0; i < 512; ++i) {
    const auto red = static_cast<std::uint8_t>(i / 2 / 2 + 40);
    values.insert(values.end(), {red, 5, static_cast<std::uint8_t>(i / 2)});
  }
  const Rgb equal = Changed(values, [](Canvas* c) { Equalize(c); });
  EXPECT_EQ(equal[0], 0);
  EXPECT_EQ(equal[3 * 4], 4);
  EXPECT_EQ(equal[3 * 10], 8);
  EXPECT_EQ(equal[3 * 508], 255);
  EXPECT_EQ(equal[1], 5);
  EXPECT_EQ(equal[2], 0);
  EXPECT_EQ(equal[3 * 100 + 2], 50);
  EXPECT_EQ(equal[3 * 511 + 2], 255);
  // Too few pixels for a step.
  const Rgb few = {1, 2, 3, 4, 5, 6};
  EXPECT_EQ(Changed(few, [](Canvas* c) { Equalize(c); }), few);
}

// torchvision's table at 9 of 31.
TEST(RandAugmentTest, HasTheMagnitudesOfTheTable) {
  EXPECT_DOUBLE_EQ(MagnitudeOf(Operation::kShearX, 224), 0.09);
  EXPECT_NEAR(MagnitudeOf(Operation::kTranslateX, 224), 30.4532, 1e-4);
  EXPECT_DOUBLE_EQ(MagnitudeOf(Operation::kRotate, 224), 9);
  EXPECT_DOUBLE_EQ(MagnitudeOf(Operation::kColor, 224), 0.27);
  EXPECT_DOUBLE_EQ(MagnitudeOf(Operation::kPosterize, 224), 7);
  EXPECT_DOUBLE_EQ(MagnitudeOf(Operation::kSolarize, 224), 178.5);
  EXPECT_EQ(MagnitudeOf(Operation::kEqualize, 224), 0);
  EXPECT_TRUE(IsSigned(Operation::kShearX));
  EXPECT_TRUE(IsSigned(Operation::kSharpness));
  EXPECT_FALSE(IsSigned(Operation::kIdentity));
  EXPECT_FALSE(IsSigned(Operation::kPosterize));
}

TEST(RandAugmentTest, MovesPixelsAndFillsWithBlack) {
  const Rgb row = {10, 10, 10, 20, 20, 20, 30, 30, 30};
  EXPECT_EQ(
      Changed(row, [](Canvas* c) { Apply(Operation::kTranslateX, 1.7, c); }),
      (Rgb{0, 0, 0, 10, 10, 10, 20, 20, 20}));
  EXPECT_EQ(
      Changed(row, [](Canvas* c) { Apply(Operation::kTranslateX, -1, c); }),
      (Rgb{20, 20, 20, 30, 30, 30, 0, 0, 0}));
  EXPECT_EQ(
      Changed(row, [](Canvas* c) { Apply(Operation::kTranslateY, 1, c); }),
      Rgb(9, 0));
  // Row 0 has its centre at 0.5: shear by 0.5 reads a quarter to the right,
  // beyond the last pixel its own value.
  EXPECT_EQ(Changed(row, [](Canvas* c) { Apply(Operation::kShearX, 0.5, c); }),
            (Rgb{12, 12, 12, 22, 22, 22, 30, 30, 30}));
}

// A quarter turn anticlockwise brings the right column to the top.
TEST(RandAugmentTest, RotatesAnticlockwiseAroundTheMiddle) {
  Canvas canvas = GreyCanvas(4, 4);
  for (std::size_t i = 0; i < 16; ++i) {
    for (std::size_t c = 0; c < 3; ++c) {
      canvas.pixels[i * 3 + c] = i % 4 == 3 ? 200 : 50;
    }
  }
  Apply(Operation::kRotate, 90, &canvas);
  EXPECT_NEAR(canvas.pixels[3], 200, 1);
  EXPECT_NEAR(canvas.pixels[3 * 6], 50, 1);
  EXPECT_NEAR(canvas.pixels[3 * 13], 50, 1);
}

TEST(RandAugmentTest, DrawsManyPairsOfOperations) {
  const Picture noise = scenes::Noise(12, 12, 3);
  const Canvas before = CanvasOf(Task::kClassify, noise);
  std::set<std::string> results;
  bool kept = false;
  for (int round = 0; round < 300; ++round) {
    Random random(1, 0, round, 0);
    Canvas canvas = before;
    RandAugment(&random, &canvas);
    kept = kept || canvas.pixels == before.pixels;
    results.insert({canvas.pixels.begin(), canvas.pixels.end()});
  }
  EXPECT_TRUE(kept);
  EXPECT_GT(results.size(), 60U);
}

TEST(RandAugmentTest, EachOperationButIdentityChangesAPicture) {
  Canvas before = CanvasOf(Task::kClassify, scenes::Noise(24, 24, 3));
  for (std::uint8_t& value : before.pixels) {
    value = static_cast<std::uint8_t>(value / 2 + 100);  // of less contrast
  }
  for (int i = 0; i < kOperations; ++i) {
    Canvas canvas = before;
    const auto operation = static_cast<Operation>(i);
    Apply(operation, MagnitudeOf(operation, 24), &canvas);
    EXPECT_EQ(canvas.pixels == before.pixels, operation == Operation::kIdentity)
        << i;
  }
}

}  // namespace colour_test
}  // namespace
}  // namespace yolotorch::augment

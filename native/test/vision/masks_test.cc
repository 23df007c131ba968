// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/masks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "instruction_sets.h"
#include "vision/bit_region.h"
#include "vision/contours.h"
#include "vision/letterbox.h"
#include "vision/mask_kernels.h"

namespace yolotorch::vision {
namespace {

using test::WiderInstructionSets;

TEST(MaskKernelsTest, AllVectorsGiveTheSameBits) {
  std::mt19937 random(17);
  std::normal_distribution<float> normal;
  for (const std::size_t count : {1U, 7U, 8U, 9U, 33U, 160U}) {
    const auto row_of = [&](std::size_t size) {
      std::vector<float> row(size);
      for (float& value : row) value = normal(random);
      return row;
    };
    const std::vector<float> upper = row_of(count);
    std::vector<float> lower = row_of(count);
    lower[count / 2] = std::numeric_limits<float>::quiet_NaN();
    MixedColumns columns;
    for (std::size_t i = 0; i < count; ++i) {
      columns.first.push_back(static_cast<std::int32_t>(random() % count));
      columns.second.push_back(static_cast<std::int32_t>(random() % count));
      columns.fraction.push_back(static_cast<float>(random() % 100) / 100);
    }
    const auto run = [&](base::InstructionSet instructions) {
      const MaskKernels& kernels = MaskKernelsFor(instructions);
      std::vector<float> sum = upper;
      kernels.add(columns.fraction.data(), -0.3F, count, sum.data());
      std::vector<float> mixed(count);
      kernels.mix(upper.data(), columns, mixed.data());
      std::vector<std::uint8_t> bits((count + 7) / 8, 0xff);
      kernels.above({upper.data(), lower.data(), 0.3F}, 0.1F, count,
                    bits.data());
      return std::tuple(sum, mixed, bits);
    };
    const auto [sum, mixed, bits] = run(base::InstructionSet::kPortable);
    for (std::size_t i = 0; i < bits.size() * 8; ++i) {
      const bool expected =
          i < count && upper[i] * (1 - 0.3F) + lower[i] * 0.3F > 0.1F;
      EXPECT_EQ(((bits[i / 8] >> (i % 8)) & 1) != 0, expected) << i;
    }
    for (const base::InstructionSet instructions : WiderInstructionSets()) {
      EXPECT_EQ(run(instructions), std::tuple(sum, mixed, bits));
    }
  }
}

// A network mask of one prototype that is 1 everywhere.
BitRegion FlatMask(const std::vector<float>& box) {
  static const std::vector<float> ones(16 * 16, 1);
  return NetworkMask({ones.data(), 1, 16, 16}, {1}, box.data(), 64, 64);
}

int Area(const BitRegion& mask) {
  int area = 0;
  for (int y = -10; y < 200; ++y) {
    for (int x = -10; x < 200; ++x) area += mask.Get(x, y) ? 1 : 0;
  }
  return area;
}

void FillRows(int begin, int end, BitRegion* mask) {
  for (int y = begin; y < end; ++y) {
    for (int i = 0; i < mask->width(); ++i) mask->Set(mask->left() + i, y);
  }
}

TEST(MaskTest, IsCutToTheRoundedBox) {
  const BitRegion mask = FlatMask({16, 16, 32, 48});
  // 4 x 8 prototype cells of 4 x 4 pixels; the enlargement blurs over the edge
  // by almost half a cell on every side.
  EXPECT_TRUE(mask.Get(16, 16));
  EXPECT_TRUE(mask.Get(31, 47));
  EXPECT_FALSE(mask.Get(11, 20));
  EXPECT_FALSE(mask.Get(36, 20));
  EXPECT_GE(Area(mask), 16 * 32);
}

TEST(MaskTest, OfThePrototypesSizeIsNotEnlarged) {
  const std::vector<float> ones(16 * 16, 1);
  const std::vector<float> box = {4, 4, 8, 11.6F};
  const BitRegion mask =
      NetworkMask({ones.data(), 1, 16, 16}, {1}, box.data(), 16, 16);
  EXPECT_EQ(mask.left(), 4);
  EXPECT_EQ(mask.top(), 4);
  EXPECT_EQ(mask.width(), 4);
  EXPECT_EQ(mask.height(), 8);
  EXPECT_EQ(Area(mask), 4 * 8);
}

TEST(MaskTest, BoxesBeyondTheBorderAreClamped) {
  EXPECT_TRUE(FlatMask({-3, -3, 20, 20}).Get(0, 0));
  EXPECT_TRUE(FlatMask({50, 50, 90, 90}).Get(63, 63));
  EXPECT_TRUE(FlatMask({-30, -30, -3, -3}).empty());
  EXPECT_TRUE(FlatMask({70, 70, 90, 90}).empty());
  EXPECT_TRUE(FlatMask({20, 20, 10, 10}).empty());
  EXPECT_TRUE(FlatMask({NAN, 0, 10, 10}).empty());
  EXPECT_EQ(Area(FlatMask({-1e30F, -1e30F, 1e30F, 1e30F})), 64 * 64);
}

TEST(MaskTest, GoesBackToThePicture) {
  const Letterbox box = FitLetterbox(100, 200, 64, 64);  // 64 x 32, top 16
  BitRegion whole(0, 0, 64, 64);
  FillRows(16, 48, &whole);
  const BitRegion picture = ToPicture(whole, box);
  EXPECT_EQ(picture.width(), 200);
  EXPECT_EQ(picture.height(), 100);
  EXPECT_EQ(Area(picture), 200 * 100);
  const std::vector<float> ones(16 * 16, 1);
  const std::vector<float> all = {0, 0, 200, 100};
  EXPECT_EQ(Area(RetinaMask({ones.data(), 1, 16, 16}, {1}, all.data(), box)),
            200 * 100);
}

// Masks go back by the margins that the picture really has.
TEST(MaskTest, OfValLosesItsMargin) {
  const Letterbox box = FitValLetterbox(64, 64, 96, 96, 64);
  BitRegion whole(16, 16, 64, 64);
  FillRows(16, 80, &whole);
  const BitRegion mask = ToPicture(whole, box);
  EXPECT_EQ(mask.left(), 0);
  EXPECT_EQ(mask.top(), 0);
  EXPECT_EQ(mask.width(), 64);
  EXPECT_EQ(mask.height(), 64);
}

TEST(MaskTest, TheBoxCutsARetinaMaskAndNotItsValues) {
  // Twelve pixels to a prototype's; each column's sign differs from the next.
  const Letterbox box = FitLetterbox(192, 192, 64, 64);
  std::vector<float> values(16 * 16);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = i % 2 == 0 ? 1.0F : -0.7F;
  }
  const Prototypes prototypes{values.data(), 1, 16, 16};
  const std::vector<float> all = {0, 0, 192, 192};
  const BitRegion whole = RetinaMask(prototypes, {1}, all.data(), box);
  for (int left = 0; left < 40; ++left) {
    const std::vector<float> cut = {
        static_cast<float>(left), static_cast<float>(left),
        static_cast<float>(left + 60), static_cast<float>(left + 31)};
    const BitRegion part = RetinaMask(prototypes, {1}, cut.data(), box);
    for (int y = 0; y < 192; ++y) {
      for (int x = 0; x < 192; ++x) {
        const bool inside =
            x >= left && y >= left && x < left + 60 && y < left + 31;
        ASSERT_EQ(part.Get(x, y), inside && whole.Get(x, y))
            << left << ": " << x << ", " << y;
      }
    }
  }
}

TEST(MaskTest, OfNoPrototypesIsEmpty) {
  const Letterbox box = FitLetterbox(64, 64, 64, 64);
  const std::vector<float> all = {0, 0, 64, 64};
  for (const auto& [height, width] : {std::pair(0, 16), std::pair(16, 0)}) {
    const Prototypes none{nullptr, 1, height, width};
    EXPECT_TRUE(RetinaMask(none, {1}, all.data(), box).empty());
    EXPECT_TRUE(NetworkMask(none, {1}, all.data(), 64, 64).empty());
  }
  // Nor may it be read where there is no memory.
  const Prototypes none{nullptr, 0, 16, 16};
  EXPECT_TRUE(RetinaMask(none, {}, all.data(), box).empty());
  EXPECT_TRUE(NetworkMask(none, {}, all.data(), 64, 64).empty());
}

TEST(BitRegionTest, IsTrimmedToWhatIsSet) {
  std::mt19937 random(5);
  for (int trial = 0; trial < 300; ++trial) {
    const int width = 1 + static_cast<int>(random() % 40);
    const int height = 1 + static_cast<int>(random() % 6);
    BitRegion region(-7, 3, width, height);
    int left = 99;
    int top = 99;
    int right = -99;
    int bottom = -99;
    for (int k = static_cast<int>(random() % 4); k > 0; --k) {
      const int x = -7 + static_cast<int>(random()) % width;
      const int y = 3 + static_cast<int>(random()) % height;
      if (x < -7 || y < 3) continue;
      region.Set(x, y);
      left = std::min(left, x);
      top = std::min(top, y);
      right = std::max(right, x + 1);
      bottom = std::max(bottom, y + 1);
    }
    const BitRegion trimmed = region.Trimmed();
    if (left == 99) {
      EXPECT_EQ(trimmed.width(), 0);
      EXPECT_EQ(trimmed.height(), 0);
      continue;
    }
    EXPECT_EQ(trimmed.left(), left);
    EXPECT_EQ(trimmed.top(), top);
    EXPECT_EQ(trimmed.width(), right - left);
    EXPECT_EQ(trimmed.height(), bottom - top);
    for (int y = 0; y < 12; ++y) {
      for (int x = -9; x < 40; ++x) {
        EXPECT_EQ(trimmed.Get(x, y), region.Get(x, y));
      }
    }
  }
}

TEST(OutlineTest, FollowsTheOuterBorder) {
  BitRegion ring(3, 4, 10, 10);
  for (int i = 0; i < 10; ++i) {
    for (int k : {0, 9}) {
      ring.Set(3 + i, 4 + k);
      ring.Set(3 + k, 4 + i);
    }
  }
  ring.Set(8, 9);  // a part inside the hole is no outline of its own
  const std::vector<Point> expected = {{3, 4}, {12, 4}, {12, 13}, {3, 13}};
  EXPECT_EQ(Outline(ring), expected);
}

TEST(OutlineTest, JoinsSeparateParts) {
  BitRegion parts(0, 0, 20, 3);
  for (int y = 0; y < 3; ++y) {
    for (int x = 0; x < 3; ++x) {
      parts.Set(x, y);
      parts.Set(10 + x, y);
    }
  }
  const std::vector<Point> outline = Outline(parts);
  for (const Point corner : {Point{0, 0}, Point{0, 2}, Point{2, 2},
                             Point{12, 0}, Point{12, 2}, Point{10, 0}}) {
    EXPECT_NE(std::find(outline.begin(), outline.end(), corner), outline.end());
  }
}

// Labels the pixels of a mask by flooding: -1 for black that reaches the
// margin, -2 for holes, from 0 on for areas. Returns how many areas lie in no
// hole; those come first.
int Flood(const BitRegion& mask, std::vector<std::vector<int>>* labels) {
  constexpr int kNone = -3;
  const int width = mask.width() + 2;
  const int height = mask.height() + 2;
  labels->assign(static_cast<std::size_t>(height),
                 std::vector<int>(static_cast<std::size_t>(width), kNone));
  const auto label = [&](int x, int y) -> int& {
    return (*labels)[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
  };
  const auto fill = [&](int x, int y, bool set, int with) {
    std::vector<std::pair<int, int>> open = {{x, y}};
    bool at_outside = false;
    while (!open.empty()) {
      const auto [px, py] = open.back();
      open.pop_back();
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      at_outside = at_outside || label(px, py) == -1;
      if (label(px, py) != kNone || mask.Get(px - 1, py - 1) != set) continue;
      label(px, py) = with;
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          if (set || dx == 0 || dy == 0) open.emplace_back(px + dx, py + dy);
        }
      }
    }
    return at_outside;
  };
  fill(0, 0, false, -1);
  int outer = 0;
  int inner = 1'000'000;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (label(x, y) != kNone) continue;
      if (!mask.Get(x - 1, y - 1)) {
        fill(x, y, false, -2);
      } else if (label(x - 1, y) == -1) {
        fill(x, y, true, outer++);
      } else {
        fill(x, y, true, inner++);
      }
    }
  }
  return outer;
}

TEST(OutlineTest, ShowsAllAreasThatLieInNoHole) {
  std::mt19937 random(11);
  for (int trial = 0; trial < 400; ++trial) {
    const int width = 1 + static_cast<int>(random() % 50);
    const int height = 1 + static_cast<int>(random() % 20);
    // From scattered pixels to a sheet with scattered holes.
    const unsigned density = 1 + trial % 9;
    BitRegion mask(0, 0, width, height);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        if (random() % 10 < density) mask.Set(x, y);
      }
    }
    std::vector<std::vector<int>> labels;
    const int outer = Flood(mask, &labels);
    std::set<int> shown;
    for (const Point& point : Outline(mask)) {
      const auto x = static_cast<std::size_t>(point[0]) + 1;
      const auto y = static_cast<std::size_t>(point[1]) + 1;
      ASSERT_GE(labels[y][x], 0);
      ASSERT_LT(labels[y][x], outer);
      shown.insert(labels[y][x]);
      EXPECT_TRUE(labels[y - 1][x] == -1 || labels[y + 1][x] == -1 ||
                  labels[y][x - 1] == -1 || labels[y][x + 1] == -1);
    }
    EXPECT_EQ(shown.size(), static_cast<std::size_t>(outer));
  }
}

TEST(OutlineTest, HandlesTinyAndRaggedMasks) {
  EXPECT_TRUE(Outline(BitRegion()).empty());
  BitRegion dot(5, 5, 1, 1);
  dot.Set(5, 5);
  EXPECT_EQ(Outline(dot), (std::vector<Point>{{5, 5}}));
  std::mt19937 random(3);
  for (int trial = 0; trial < 200; ++trial) {
    BitRegion noise(0, 0, 12, 9);
    for (int i = 0; i < 60; ++i) {
      noise.Set(static_cast<int>(random() % 12),
                static_cast<int>(random() % 9));
    }
    for (const Point& point : Outline(noise)) {
      EXPECT_TRUE(
          noise.Get(static_cast<int>(point[0]), static_cast<int>(point[1])));
    }
  }
}

}  // namespace
}  // namespace yolotorch::vision

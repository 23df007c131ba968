// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/canvas.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/load.h"
#include "augment/scenes.h"
#include "support.h"

namespace yolotorch::augment {
namespace {
namespace canvas_test {

scenes::Colour PixelOf(const Canvas& canvas, int x, int y) {
  const std::uint8_t* p = canvas.pixels.data() + (y * canvas.width + x) * 3;
  return {p[0], p[1], p[2]};
}

TEST(LoadTest, BringsTheLongSideToTheSizeAndRoundsTheOtherUp) {
  const std::vector<std::uint8_t> pixels(500 * 333 * 3, 7);
  const Picture wide = Load({pixels.data(), 500, 333}, 640,
                            {{1, 0.1F, 0.2F, 0.5F, 1}}, Task::kDetect);
  EXPECT_EQ(wide.width, 640);
  EXPECT_EQ(wide.height, 427);  // 426.24
  EXPECT_EQ(wide.pixels->size(), 640U * 427 * 3);
  ASSERT_EQ(wide.objects.size(), 1U);
  EXPECT_FLOAT_EQ(wide.objects[0].x1, 64);
  EXPECT_FLOAT_EQ(wide.objects[0].y1, 85.4F);
  EXPECT_FLOAT_EQ(wide.objects[0].x2, 320);
  EXPECT_FLOAT_EQ(wide.objects[0].y2, 427);
  const Picture tall = Load({pixels.data(), 333, 500}, 320, {}, Task::kDetect);
  EXPECT_EQ(tall.height, 320);
  EXPECT_EQ(tall.width, 214);  // 213.12
}

TEST(LoadTest, TakesPicturesOfOnePixelInOneDirection) {
  const std::vector<std::uint8_t> pixels(3000 * 10 * 3, 9);
  const Picture line = Load({pixels.data(), 3000, 10}, 640, {}, Task::kDetect);
  EXPECT_EQ(line.width, 640);
  EXPECT_EQ(line.height, 3);  // 2.13
  const Picture thin = Load({pixels.data(), 1, 3000}, 640, {}, Task::kDetect);
  EXPECT_EQ(thin.width, 1);
  EXPECT_EQ(thin.height, 640);
  const Picture dot = Load({pixels.data(), 1, 1}, 64, {}, Task::kDetect);
  EXPECT_EQ(dot.width, 64);
  EXPECT_EQ(dot.height, 64);
  EXPECT_EQ(dot.pixels->back(), 9);
}

TEST(LoadTest, TurnsAnyFormatToRgbAndMovesPoints) {
  const std::vector<std::uint8_t> bgr = {3, 2, 1, 3, 2, 1};
  const ImageView image{bgr.data(), 2, 1, 0, PixelFormat::kBgr};
  const Object person{0, 0, 0, 1, 1, {0.5F, 0.25F, 2}};
  const Picture picture = Load(image, 8, {person}, Task::kPose);
  EXPECT_EQ((*picture.pixels)[0], 1);
  EXPECT_EQ((*picture.pixels)[2], 3);
  EXPECT_EQ(picture.objects[0].points, (std::vector<float>{4, 1, 2}));
}

TEST(LoadTest, RefusesWhatHasNoColours) {
  const std::vector<std::uint8_t> pixels(64);
  test::ExpectError(Code::kInvalidImage, "three colours", [&] {
    Load({pixels.data(), 4, 4, 0, PixelFormat::kChannels, 4}, 64, {},
         Task::kDetect);
  });
  test::ExpectError(Code::kInvalidArgument, "augment::Load", [] {
    ViewOf({4, 4, std::make_shared<const std::vector<std::uint8_t>>(47)});
  });
}

// Each picture touches the mosaic's centre by its own corner.
TEST(MosaicTest, FourPicturesMeetAtTheCentre) {
  Options options = scenes::Still(Task::kDetect, 64);
  std::array<Picture, 4> pictures;
  for (int i = 0; i < 4; ++i) {
    // The whole picture is its object.
    pictures[static_cast<std::size_t>(i)] =
        scenes::WithBoxes(Task::kDetect, i == 1 ? 48 : 64, i == 2 ? 16 : 64,
                          {{i, 0, 0, static_cast<float>(i == 2 ? 16 : 64),
                            static_cast<float>(i == 1 ? 48 : 64)}});
  }
  for (int round = 0; round < 50; ++round) {
    Random random(1, 0, round, 0);
    const Canvas canvas = MosaicOf(
        options, {&pictures[0], &pictures[1], &pictures[2], &pictures[3]},
        &random);
    ASSERT_EQ(canvas.width, 128);
    ASSERT_EQ(canvas.height, 128);
    ASSERT_EQ(canvas.objects.size(), 4U);
    const int xc = static_cast<int>(canvas.objects[0].x2);
    const int yc = static_cast<int>(canvas.objects[0].y2);
    ASSERT_GE(xc, 32);
    ASSERT_LT(xc, 96);
    ASSERT_GE(yc, 32);
    ASSERT_LT(yc, 96);
    EXPECT_EQ(PixelOf(canvas, xc - 1, yc - 1), scenes::ColourOf(0));
    EXPECT_EQ(PixelOf(canvas, xc, yc - 1), scenes::ColourOf(1));
    EXPECT_EQ(PixelOf(canvas, xc - 1, yc), scenes::ColourOf(2));
    EXPECT_EQ(PixelOf(canvas, xc, yc), scenes::ColourOf(3));
    // Every object covers exactly the pixels of its colour.
    for (const Object& object : canvas.objects) {
      int count = 0;
      for (int y = 0; y < 128; ++y) {
        for (int x = 0; x < 128; ++x) {
          if (PixelOf(canvas, x, y) != scenes::ColourOf(object.class_id)) {
            continue;
          }
          ++count;
          ASSERT_GE(x, object.x1);
          ASSERT_LT(x, object.x2);
          ASSERT_GE(y, object.y1);
          ASSERT_LT(y, object.y2);
        }
      }
      EXPECT_EQ(count, static_cast<int>((object.x2 - object.x1) *
                                        (object.y2 - object.y1)));
    }
    EXPECT_EQ(canvas.objects[1].y2 - canvas.objects[1].y1,
              static_cast<float>(std::min(yc, 48)));
    EXPECT_EQ(canvas.objects[2].x1, static_cast<float>(std::max(xc - 16, 0)));
  }
}

TEST(MosaicTest, DropsWhatIsCutOff) {
  Options options = scenes::Still(Task::kDetect, 64);
  const Picture corner =
      scenes::WithBoxes(Task::kDetect, 64, 64, {{0, 0, 0, 4, 4}});
  const Picture empty = scenes::Plain(64, 64, {1, 2, 3});
  int kept = 0;
  for (int round = 0; round < 50; ++round) {
    Random random(2, 0, round, 0);
    const Canvas canvas =
        MosaicOf(options, {&corner, &empty, &empty, &empty}, &random);
    // Its corner is on the canvas only if the whole picture is, almost.
    Random again(2, 0, round, 0);
    const int yc = static_cast<int>(again.Uniform(32, 96));
    const int xc = static_cast<int>(again.Uniform(32, 96));
    const bool visible = yc - 64 > -4 && xc - 64 > -4;
    ASSERT_EQ(canvas.objects.size(), visible ? 1U : 0U);
    kept += visible ? 1 : 0;
  }
  EXPECT_GT(kept, 0);
  EXPECT_LT(kept, 50);
}

TEST(LetterboxOfTest, CentresAndMovesLabels) {
  const Picture picture =
      scenes::WithBoxes(Task::kDetect, 21, 64, {{0, 10, 5, 30, 20}});
  const Canvas canvas = LetterboxOf(
      Task::kDetect, CanvasOf(Task::kDetect, picture), 64, 64, true);
  EXPECT_EQ(canvas.height, 64);
  EXPECT_EQ(canvas.objects[0].y1, 26);  // 21 rows above, 22 below
  EXPECT_EQ(canvas.objects[0].x1, 10);
  EXPECT_EQ(PixelOf(canvas, 10, 26), scenes::ColourOf(0));
  EXPECT_EQ(PixelOf(canvas, 10, 25), scenes::kBlack);
  EXPECT_EQ(PixelOf(canvas, 0, 20), (scenes::Colour{114, 114, 114}));
  EXPECT_EQ(PixelOf(canvas, 0, 42), (scenes::Colour{114, 114, 114}));
  EXPECT_EQ(PixelOf(canvas, 0, 41), scenes::kBlack);
}

TEST(LetterboxOfTest, EnlargesOnlyWhenAsked) {
  const Picture picture =
      scenes::WithBoxes(Task::kDetect, 10, 20, {{0, 0, 0, 20, 10}});
  const Canvas canvas = CanvasOf(Task::kDetect, picture);
  const Canvas kept = LetterboxOf(Task::kDetect, canvas, 40, 40, false);
  EXPECT_EQ(kept.objects[0].x1, 10);
  EXPECT_EQ(kept.objects[0].x2, 30);
  EXPECT_EQ(kept.objects[0].y1, 15);
  const Canvas larger = LetterboxOf(Task::kDetect, canvas, 40, 40, true);
  EXPECT_EQ(larger.objects[0].x1, 0);
  EXPECT_EQ(larger.objects[0].x2, 40);
  EXPECT_EQ(larger.objects[0].y1, 10);
  const Canvas smaller = LetterboxOf(Task::kDetect, canvas, 8, 8, false);
  EXPECT_EQ(smaller.objects[0].x2, 8);
  EXPECT_EQ(smaller.objects[0].y1, 2);
  EXPECT_EQ(smaller.objects[0].y2, 6);
}

}  // namespace canvas_test
}  // namespace
}  // namespace yolotorch::augment

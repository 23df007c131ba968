// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include "cpu_time.h"
#include "support.h"
#include "vector_units.h"
#include "vision/classify.h"
#include "vision/letterbox.h"
#include "vision/nms.h"
#include "vision/rotated.h"
#include "vision/row_kernels.h"
#include "vision/simd.h"

namespace yolotorch::vision {
namespace {

using test::WiderSimds;

// Network outputs with the given rows (cx, cy, w, h, scores...) as anchors.
std::vector<float> Output(const std::vector<std::vector<float>>& anchors) {
  const std::size_t channels = anchors[0].size();
  std::vector<float> output(channels * anchors.size());
  for (std::size_t a = 0; a < anchors.size(); ++a) {
    for (std::size_t c = 0; c < channels; ++c) {
      output[c * anchors.size() + a] = anchors[a][c];
    }
  }
  return output;
}

std::vector<Candidate> RunNms(const std::vector<std::vector<float>>& anchors,
                              const NmsOptions& options) {
  return SuppressNonMaxima(
      SelectCandidates(Output(anchors).data(), static_cast<int>(anchors.size()),
                       static_cast<int>(anchors[0].size()) - 4, options),
      options);
}

TEST(LetterboxTest, OfValRoundsUpAndGoesBackExactly) {
  const Letterbox box = FitValLetterbox(333, 500, 640, 640);
  EXPECT_EQ(box.scaled_height, 427);  // 426.24
  EXPECT_EQ(box.scaled_width, 640);
  EXPECT_EQ(box.top, 106);
  std::array<float, 4> corners = {-64, 106, 704, 533};
  UnletterboxBox(box, corners.data());
  EXPECT_FLOAT_EQ(corners[0], -50);
  EXPECT_FLOAT_EQ(corners[1], 0);
  EXPECT_FLOAT_EQ(corners[2], 550);
  EXPECT_FLOAT_EQ(corners[3], 333);
  std::array<float, 4> rotated = {320, 319.5F, 64, 42.7F};
  UnletterboxRotated(box, rotated.data());
  EXPECT_FLOAT_EQ(rotated[0], 250);
  EXPECT_FLOAT_EQ(rotated[1], 166.5F);
  EXPECT_FLOAT_EQ(rotated[2], 50);
  EXPECT_FLOAT_EQ(rotated[3], 33.3F);
  std::array<float, 2> point = {-64, 320};
  UnletterboxPoint(box, point.data());
  EXPECT_FLOAT_EQ(point[0], -50);
  EXPECT_EQ(FitValLetterbox(1, 5000, 640, 640).scaled_height, 1);
}

TEST(LetterboxTest, OfValLeavesAMarginAroundASideOfItsOwn) {
  const Letterbox box = FitValLetterbox(333, 500, 448, 672, 640);
  EXPECT_EQ(box.scaled_height, 427);  // 426.24
  EXPECT_EQ(box.scaled_width, 640);
  EXPECT_EQ(box.top, 10);  // 10.5
  EXPECT_EQ(box.left, 16);
  std::array<float, 4> corners = {16, 10, 656, 437};
  UnletterboxBox(box, corners.data());
  EXPECT_FLOAT_EQ(corners[0], 0);
  EXPECT_FLOAT_EQ(corners[1], 0);
  EXPECT_FLOAT_EQ(corners[2], 500);
  EXPECT_FLOAT_EQ(corners[3], 333);
  // A side that the input has no room for is cut.
  EXPECT_EQ(FitValLetterbox(100, 200, 64, 64, 640).scaled_width, 64);
}

TEST(LetterboxTest, MatchesKnownExamples) {
  struct Example {
    int height, width, scaled_height, scaled_width, top, left;
  };
  for (const Example& e :
       {Example{1080, 810, 640, 480, 0, 80},
        Example{720, 1280, 360, 640, 140, 0},
        Example{427, 640, 427, 640, 106, 0}, Example{640, 639, 640, 639, 0, 0},
        Example{333, 500, 426, 640, 107, 0}}) {
    const Letterbox box = FitLetterbox(e.height, e.width, 640, 640);
    EXPECT_EQ(box.scaled_height, e.scaled_height);
    EXPECT_EQ(box.scaled_width, e.scaled_width);
    EXPECT_EQ(box.top, e.top);
    EXPECT_EQ(box.left, e.left);
  }
}

TEST(LetterboxTest, KeepsExtremePicturesVisible) {
  const Letterbox box = FitLetterbox(3, 8000, 640, 640);
  EXPECT_EQ(box.scaled_height, 1);
  EXPECT_EQ(box.scaled_width, 640);
  const std::vector<std::uint8_t> pixels(3 * 8000 * 3, 200);
  std::vector<std::uint8_t> out(640 * 640 * 3);
  LetterboxToRgb({pixels.data(), 8000, 3, 0, PixelFormat::kRgb}, box,
                 out.data());
  EXPECT_EQ(out[static_cast<std::size_t>(box.top) * 640 * 3], 200);
  EXPECT_EQ(out[0], 114);
}

TEST(LetterboxTest, ReadsEveryPixelFormat) {
  // One red pixel with alpha 9, in each order of channels.
  const std::vector<std::pair<PixelFormat, std::vector<std::uint8_t>>> cases = {
      {PixelFormat::kRgb, {250, 20, 30}},
      {PixelFormat::kBgr, {30, 20, 250}},
      {PixelFormat::kRgba, {250, 20, 30, 9}},
      {PixelFormat::kBgra, {30, 20, 250, 9}},
      {PixelFormat::kArgb, {9, 250, 20, 30}},
      {PixelFormat::kAbgr, {9, 30, 20, 250}}};
  for (const auto& [format, pixel] : cases) {
    std::array<std::uint8_t, 3> out{};
    LetterboxToRgb({pixel.data(), 1, 1, 0, format}, FitLetterbox(1, 1, 1, 1),
                   out.data());
    EXPECT_EQ(out, (std::array<std::uint8_t, 3>{250, 20, 30}));
  }
}

TEST(LetterboxTest, FloatsHoldTheSamePictureHoweverItsRowsAreShared) {
  std::vector<std::uint8_t> pixels(37 * 53 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>(i * 31 % 251);
  }
  const ImageView image{pixels.data(), 53, 37, 0, PixelFormat::kBgr};
  const Letterbox box = FitLetterbox(37, 53, 96, 64);
  std::vector<std::uint8_t> rgb(96 * 64 * 3);
  LetterboxToRgb(image, box, rgb.data());
  for (const int part : {96, 50, 7, 1}) {
    std::vector<float> planes(96 * 64 * 3, -1);
    std::vector<float> interleaved(96 * 64 * 3, -1);
    for (int begin = 0; begin < 96; begin += part) {
      const RowRange rows{begin, std::min(begin + part, 96)};
      LetterboxToPlanes(image, box, rows, planes.data());
      LetterboxToPixels(image, box, rows, interleaved.data());
    }
    for (std::size_t i = 0; i < 96 * 64; ++i) {
      for (std::size_t c = 0; c < 3; ++c) {
        ASSERT_EQ(planes[c * 96 * 64 + i],
                  static_cast<float>(rgb[i * 3 + c]) / 255.0F);
        ASSERT_EQ(interleaved[i * 3 + c], planes[c * 96 * 64 + i]);
      }
    }
  }
}

TEST(RowKernelsTest, AllVectorsGiveTheSameBits) {
  std::mt19937 random(11);
  constexpr int kWideBytes = 8;
  for (const auto format : {PixelFormat::kRgb, PixelFormat::kBgr,
                            PixelFormat::kArgb, PixelFormat::kGray}) {
    const Channels channels = ChannelsOf(format);
    for (const std::size_t count : {1U, 3U, 4U, 37U, 640U}) {
      std::vector<std::uint8_t> row(count * 3 + kWideBytes);
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
      const RowKernels& plain = RowKernelsFor(Simd::kPortable);
      std::array<MixedRow, 2> mixed;
      for (MixedRow& values : mixed) {
        values.resize(count * 3 + kMixedSlack);
        plain.mix(row.data(), channels, columns, values.data());
        std::shuffle(row.begin(), row.end(), random);
      }
      const RowPair pair{mixed[0].data(), mixed[1].data(), 700, 1348};
      std::vector<std::uint8_t> bytes(count * 3);
      plain.to_bytes(pair, bytes.size(), bytes.data());
      std::vector<float> units(count * 3);
      plain.to_units(pair, units.size(), units.data());
      MixedRow expected(count * 3 + kMixedSlack);
      plain.mix(row.data(), channels, columns, expected.data());
      expected.resize(count * 3);
      for (const Simd simd : WiderSimds()) {
        const RowKernels& kernels = RowKernelsFor(simd);
        MixedRow values(count * 3 + kMixedSlack);
        kernels.mix(row.data(), channels, columns, values.data());
        values.resize(count * 3);
        EXPECT_EQ(values, expected);
        std::vector<std::uint8_t> own_bytes(count * 3);
        kernels.to_bytes(pair, own_bytes.size(), own_bytes.data());
        EXPECT_EQ(own_bytes, bytes);
        std::vector<float> own_units(count * 3);
        kernels.to_units(pair, own_units.size(), own_units.data());
        EXPECT_EQ(own_units, units);
      }
    }
  }
}

TEST(BestScoresTest, AllVectorsFindTheSameClasses) {
  std::mt19937 random(13);
  constexpr int kClasses = 9;
  for (const std::size_t count : {1U, 5U, 16U, 777U, 1024U}) {
    std::vector<float> scores(kClasses * count);
    for (float& score : scores) {
      // Few values, so that many are equal, and some that are no numbers.
      const auto value = random() % 40;
      score = value == 0 ? std::numeric_limits<float>::quiet_NaN()
                         : static_cast<float>(value % 8) / 8;
    }
    BestScores expected;
    BestScoresFor(Simd::kPortable)(scores.data(), count, kClasses, count, 0.5F,
                                   &expected);
    for (std::size_t i = 0; i < count; ++i) {
      std::int32_t best = -1;
      float most = 0.5F;
      for (std::int32_t c = 0; c < kClasses; ++c) {
        const float score = scores[static_cast<std::size_t>(c) * count + i];
        if (score > most) {
          most = score;
          best = c;
        }
      }
      ASSERT_EQ(expected.class_id[i], best);
      ASSERT_EQ(expected.score[i], most);
    }
    for (const Simd simd : WiderSimds()) {
      BestScores own;
      BestScoresFor(simd)(scores.data(), count, kClasses, count, 0.5F, &own);
      for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(own.class_id[i], expected.class_id[i]);
        ASSERT_EQ(own.score[i], expected.score[i]);
      }
    }
  }
}

TEST(LetterboxTest, HonoursRowsWithGaps) {
  const std::vector<std::uint8_t> pixels = {1, 2, 3, 99, 4, 5, 6, 99};
  std::array<std::uint8_t, 6> out{};
  LetterboxToRgb({pixels.data(), 1, 2, 4, PixelFormat::kRgb},
                 FitLetterbox(2, 1, 2, 1), out.data());
  EXPECT_EQ(out, (std::array<std::uint8_t, 6>{1, 2, 3, 4, 5, 6}));
}

TEST(UnletterboxTest, GoesBackAndClips) {
  const Letterbox box = FitLetterbox(1080, 810, 640, 640);
  std::array<float, 4> corners = {80, 0, 560, 640};
  UnletterboxBox(box, corners.data());
  EXPECT_EQ(corners, (std::array<float, 4>{0, 0, 810, 1080}));
  corners = {10, -5, 700, 700};
  UnletterboxBox(box, corners.data());
  EXPECT_EQ(corners, (std::array<float, 4>{0, 0, 810, 1080}));
}

TEST(NmsTest, KeepsStrictlyAboveConf) {
  const auto kept = RunNms({{10, 10, 4, 4, 0.25F}, {90, 90, 4, 4, 0.26F}}, {});
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].anchor, 1);
}

TEST(NmsTest, SuppressesOnlyAboveIou) {
  // Boxes of 10 x 10 shifted by 5: intersection 50, union 150.
  const std::vector<std::vector<float>> anchors = {{10, 10, 10, 10, 0.9F},
                                                   {15, 10, 10, 10, 0.8F}};
  NmsOptions options;
  options.iou = 50.0F / 150.0F;
  EXPECT_EQ(RunNms(anchors, options).size(), 2U);  // equal: both stay
  options.iou = 0.33F;
  EXPECT_EQ(RunNms(anchors, options).size(), 1U);
}

TEST(NmsTest, KeepsClassesApartUnlessAgnostic) {
  const std::vector<std::vector<float>> anchors = {
      {10, 10, 10, 10, 0.9F, 0.0F}, {10, 10, 10, 10, 0.0F, 0.8F}};
  NmsOptions options;
  EXPECT_EQ(RunNms(anchors, options).size(), 2U);
  options.agnostic = true;
  ASSERT_EQ(RunNms(anchors, options).size(), 1U);
  EXPECT_EQ(RunNms(anchors, options)[0].class_id, 0);
}

TEST(NmsTest, MultiLabelKeepsEveryClassAboveConf) {
  // Best first, equal ones in order of anchors and classes; a score of conf
  // itself is not above it.
  const std::vector<std::vector<float>> anchors = {
      {10, 10, 10, 10, 0.3F, 0.8F, 0.25F}, {50, 50, 10, 10, 0.3F, 0.1F, 0.3F}};
  NmsOptions options;
  options.multi_label = true;
  const auto labels = [&] {
    std::vector<std::array<int, 2>> all;
    for (const Candidate& kept : RunNms(anchors, options)) {
      all.push_back({kept.anchor, kept.class_id});
    }
    return all;
  };
  using Labels = std::vector<std::array<int, 2>>;
  EXPECT_EQ(labels(), (Labels{{0, 1}, {0, 0}, {1, 0}, {1, 2}}));
  options.classes = {0};
  EXPECT_EQ(labels(), (Labels{{0, 0}, {1, 0}}));
  options.classes = {};
  options.agnostic = true;
  EXPECT_EQ(labels(), (Labels{{0, 1}, {1, 0}}));
}

TEST(NmsTest, FirstWinsATie) {
  const auto kept =
      RunNms({{10, 10, 10, 10, 0.5F, 0.5F}, {10, 10, 10, 10, 0.5F, 0.5F}}, {});
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].anchor, 0);
  EXPECT_EQ(kept[0].class_id, 0);
}

TEST(NmsTest, FiltersClassesAndLimitsDetections) {
  std::vector<std::vector<float>> anchors;
  for (int i = 0; i < 10; ++i) {
    const float score = 0.9F - static_cast<float>(i) * 0.01F;
    anchors.push_back({static_cast<float>(100 * i), 0, 5, 5,
                       i % 2 == 0 ? score : 0, i % 2 == 0 ? 0 : score});
  }
  NmsOptions options;
  options.classes = {1};
  EXPECT_EQ(RunNms(anchors, options).size(), 5U);
  options.max_detections = 3;
  const auto kept = RunNms(anchors, options);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].anchor, 1);
  EXPECT_EQ(kept[2].anchor, 5);
}

TEST(NmsTest, LeavesOutWhatIsNotFinite) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_TRUE(RunNms({{nan, 10, 5, 5, 0.9F},
                      {10, 10, infinity, 5, 0.9F},
                      {10, 10, 5, 5, nan},
                      {10, 10, 5, 5, infinity}},
                     {})
                  .empty());
}

TEST(NmsTest, CostGrowsWithTheNumberOfCandidates) {
  // Boxes in a grid, none of which touches another.
  constexpr std::size_t kMost = 400'000;
  std::vector<float> output(5 * kMost);
  const auto suppress = [&](std::size_t anchors) {
    for (std::size_t i = 0; i < anchors; ++i) {
      output[i] = static_cast<float>(i % 1000) * 10;
      output[anchors + i] = static_cast<float>(i / 1000) * 10;
      output[2 * anchors + i] = 5;
      output[3 * anchors + i] = 5;
      output[4 * anchors + i] = 0.5F;
    }
    const NmsOptions options;
    const auto kept = SuppressNonMaxima(
        SelectCandidates(output.data(), static_cast<int>(anchors), 1, options),
        options);
    EXPECT_EQ(kept.size(), 300U);
  };
  // A cost in proportion gives 8, one by the square 64.
  test::ExpectCpuRatio(
      "nms_of_8_times_as_many", 24, [&] { suppress(kMost); },
      [&] { suppress(kMost / 8); });
}

TEST(RotatedTest, OverlapMatchesKnownValues) {
  const RotatedCandidate box{50, 50, 20, 10, 0.3F, 0.9F, 0};
  // The same distribution: distance 1e-7, so 1 - sqrt(2e-7).
  EXPECT_NEAR(ProbabilisticIou(box, box), 1, 1e-3);
  RotatedCandidate turned = box;  // the same rectangle, named differently
  std::swap(turned.width, turned.height);
  turned.angle += static_cast<float>(std::numbers::pi / 2);
  EXPECT_NEAR(ProbabilisticIou(box, turned), 1, 1e-3);
  RotatedCandidate far = box;
  far.cx += 500;
  EXPECT_NEAR(ProbabilisticIou(box, far), 0, 1e-3);
  // Two squares of side s, d apart: distance d^2 * 12 / (8 s^2).
  const RotatedCandidate a{0, 0, 12, 12, 0, 1, 0};
  const RotatedCandidate b{6, 0, 12, 12, 0, 1, 0};
  const double distance = 36.0 * 12 / (8 * 144);
  EXPECT_NEAR(ProbabilisticIou(a, b), 1 - std::sqrt(1 - std::exp(-distance)),
              1e-4);
}

TEST(RotatedTest, SuppressedBoxesSuppress) {
  // a overlaps b, b overlaps c, a hardly overlaps c.
  const std::vector<RotatedCandidate> chain = {{0, 0, 12, 12, 0, 0.9F, 0},
                                               {4, 0, 12, 12, 0, 0.8F, 0},
                                               {8, 0, 12, 12, 0, 0.7F, 0}};
  NmsOptions options;
  options.iou = 0.5F;
  ASSERT_GT(ProbabilisticIou(chain[0], chain[1]), 0.5F);
  ASSERT_LT(ProbabilisticIou(chain[0], chain[2]), 0.5F);
  EXPECT_EQ(SuppressRotated(chain, options).size(), 1U);
}

TEST(RotatedTest, SkippingFarPairsChangesNothing) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> unit(0, 1);
  std::vector<RotatedCandidate> boxes;
  for (int i = 0; i < 400; ++i) {
    boxes.push_back({unit(random) * 100, unit(random) * 100,
                     1 + unit(random) * 40, 1 + unit(random) * 10,
                     unit(random) * 3, 1 - static_cast<float>(i) * 1e-3F, 0});
  }
  for (const float iou : {0.0F, 0.02F, 0.3F, 0.7F, 1.0F}) {
    NmsOptions options;
    options.iou = iou;
    options.max_detections = 1000;
    std::size_t kept = 0;
    for (std::size_t j = 0; j < boxes.size(); ++j) {
      bool suppressed = false;
      for (std::size_t i = 0; i < j; ++i) {
        suppressed = suppressed || ProbabilisticIou(boxes[i], boxes[j]) >= iou;
      }
      kept += suppressed ? 0 : 1;
    }
    EXPECT_EQ(SuppressRotated(boxes, options).size(), kept) << iou;
  }
}

TEST(RotatedTest, OverlapsOfFarPairsAreNotComputed) {
  constexpr std::size_t kBoxes = 1'500;
  std::vector<RotatedCandidate> boxes;
  for (std::size_t i = 0; i < kBoxes; ++i) {
    boxes.push_back({static_cast<float>(i % 40) * 6,
                     static_cast<float>(i / 40) * 6, 5, 4, 0.5F, 0.9F, 0});
  }
  NmsOptions options;
  options.max_detections = kBoxes;
  const auto suppress = [&] {
    EXPECT_EQ(SuppressRotated(boxes, options).size(), kBoxes);
  };
  float sum = 0;
  const auto overlap_each_pair = [&] {
    for (std::size_t j = 0; j < kBoxes; ++j) {
      for (std::size_t i = 0; i < j; ++i) {
        sum += ProbabilisticIou(boxes[i], boxes[j]);
      }
    }
  };
  test::ExpectCpuRatio("rotated_nms_over_all_overlaps", 0.25, suppress,
                       overlap_each_pair);
  EXPECT_TRUE(std::isfinite(sum));
}

TEST(ClassifyTest, FlatPicturesStayFlat) {
  const std::vector<std::uint8_t> pixels(300 * 200 * 3, 77);
  std::vector<std::uint8_t> out(50 * 50 * 3);
  ClassifyCropToRgb({pixels.data(), 300, 200, 0, PixelFormat::kRgb}, 50, 50,
                    out.data());
  EXPECT_EQ(out, std::vector<std::uint8_t>(50 * 50 * 3, 77));
}

TEST(ClassifyTest, PlanesAndPixelsHoldTheSamePicture) {
  std::vector<std::uint8_t> pixels(70 * 40 * 3);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = static_cast<std::uint8_t>(i * 31 % 251);
  }
  const ImageView image{pixels.data(), 70, 40, 0, PixelFormat::kBgr};
  std::vector<float> planes(32 * 48 * 3);
  std::vector<float> interleaved(32 * 48 * 3);
  ClassifyCropToPlanes(image, 32, 48, planes.data());
  ClassifyCropToPixels(image, 32, 48, interleaved.data());
  for (std::size_t i = 0; i < interleaved.size(); ++i) {
    ASSERT_EQ(interleaved[i], planes[i % 3 * 32 * 48 + i / 3]);
  }
}

TEST(ClassifyTest, ExtremePicturesCostNoMoreThanTheirCrop) {
  // Scaled as a whole this one would be 14.7 million pixels long.
  std::vector<std::uint8_t> pixels(65'535 * 3, 77);
  std::vector<std::uint8_t> crop(224 * 224 * 3);
  for (const bool wide : {true, false}) {
    const ImageView image{pixels.data(), wide ? 65'535 : 1, wide ? 1 : 65'535,
                          0, PixelFormat::kRgb};
    // As many pixels in a square; scaling the whole would cost 65,536 times it.
    const ImageView square{pixels.data(), 255, 257, 0, PixelFormat::kRgb};
    test::ExpectCpuRatio(
        "classify_crop_of_extreme_over_square", 50,
        [&] { ClassifyCropToRgb(image, 224, 224, crop.data()); },
        [&] { ClassifyCropToRgb(square, 224, 224, crop.data()); });
    ClassifyCropToRgb(image, 224, 224, crop.data());
    EXPECT_EQ(crop, std::vector<std::uint8_t>(crop.size(), 77));
  }
}

TEST(NmsTest, EmptyOutputGivesNothing) {
  const NmsOptions options;
  EXPECT_TRUE(SelectCandidates(nullptr, 0, 80, options).empty());
  EXPECT_TRUE(SuppressNonMaxima({}, options).empty());
}

}  // namespace
}  // namespace yolotorch::vision

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch {
namespace {

using test::ExpectError;
using Shape = std::vector<std::int64_t>;

std::vector<std::uint8_t> Noise(int width, int height, unsigned seed) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) *
                                   static_cast<std::size_t>(height) * 3);
  for (std::uint8_t& value : pixels) {
    seed = seed * 1664525 + 1013904223;
    value = static_cast<std::uint8_t>(seed >> 24);
  }
  return pixels;
}

ImageView ViewOf(const std::vector<std::uint8_t>& pixels, int width,
                 int height) {
  return {pixels.data(), width, height, 0, PixelFormat::kRgb};
}

// The largest difference, by the largest value.
double Difference(const std::vector<float>& a, const std::vector<float>& b) {
  EXPECT_EQ(a.size(), b.size());
  double most = 0;
  double largest = 1e-9;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    most = std::max(most, std::abs(double{a[i]} - double{b[i]}));
    largest = std::max(largest, std::abs(double{b[i]}));
  }
  return most / largest;
}

class RawTest : public testing::Test {
 protected:
  static Model Open(const std::string& name, int level = 3) {
    return Model::Load(name, {.seed = 5, .optimize_level = level});
  }

  std::string Export(const std::string& layers) {
    const std::string file = folder_ / ("part-" + layers + ".torchscript");
    return Open("yolo11n.yaml").Export({.file = file, .layers = layers});
  }

  test::TemporaryFolder folder_;
  std::vector<std::uint8_t> high_ = Noise(120, 160, 1);
  std::vector<std::uint8_t> square_ = Noise(128, 128, 2);
  ImageView high_view_ = ViewOf(high_, 120, 160);
  ImageView square_view_ = ViewOf(square_, 128, 128);
};

TEST_F(RawTest, GivesWhatTheNetworkGivesForEveryTask) {
  const PredictOptions small{.net_height = 128, .net_width = 128};
  for (const auto& [name, shapes] :
       std::vector<std::pair<std::string, std::vector<Shape>>>{
           {"yolo11n.yaml", {{2, 84, 336}}},
           {"yolo11n-seg.yaml", {{2, 116, 336}, {2, 32, 32, 32}}},
           {"yolo11n-pose.yaml", {{2, 56, 336}}},
           {"yolo11n-obb.yaml", {{2, 20, 336}}},
           {"yolo11n-cls.yaml", {{2, 1000}}}}) {
    SCOPED_TRACE(name);
    const std::vector<RawTensor> fast =
        Open(name).PredictRaw({high_view_, square_view_}, small);
    const std::vector<RawTensor> plain =
        Open(name, 0).PredictRaw({high_view_, square_view_}, small);
    ASSERT_EQ(fast.size(), shapes.size());
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      EXPECT_EQ(fast[i].shape, shapes[i]);
      EXPECT_LT(Difference(fast[i].values, plain[i].values), 1e-4);
    }
  }
  // A picture alone is padded to its rectangle.
  const std::vector<RawTensor> alone =
      Open("yolo11n.yaml").PredictRaw({high_view_}, small);
  EXPECT_EQ(alone[0].shape, (Shape{1, 84, 252}));
}

TEST_F(RawTest, TakesATensorThatIsReady) {
  Model model = Open("yolo11n.yaml");
  RawTensor input{{1, 3, 128, 128}, {}};
  for (int channel = 0; channel < 3; ++channel) {
    for (std::size_t i = 0; i < 128 * 128; ++i) {
      const std::size_t at = 3 * i + static_cast<std::size_t>(channel);
      input.values.push_back(static_cast<float>(square_[at]) / 255);
    }
  }
  const PredictOptions small{.net_height = 128, .net_width = 128};
  EXPECT_LT(Difference(model.PredictRaw(input)[0].values,
                       model.PredictRaw({square_view_}, small)[0].values),
            1e-5);
  ExpectError(Code::kInvalidArgument, "takes (pictures, 3, height, width)",
              [&] {
                (void)model.PredictRaw(RawTensor{{1, 2}, {1, 2}});
              });
  ExpectError(Code::kInvalidArgument, "as many values as the shape says", [&] {
    (void)model.PredictRaw(RawTensor{{1, 3, 64, 64}, {1, 2}});
  });
  ExpectError(Code::kInvalidArgument, "as many values", [&] {
    (void)model.PredictRaw(RawTensor{{1, 3, -64, 64}, {1}});
  });
  ExpectError(Code::kInputSize, "multiples of 32", [&] {
    (void)model.PredictRaw(
        RawTensor{{1, 3, 33, 64}, std::vector<float>(3 * 33 * 64)});
  });
}

TEST_F(RawTest, SomeLayersGiveTheirFeatures) {
  Model front = Model::Load(Export("0-9"));
  Model next = Model::Load(Export("10"));
  Model whole = Open("yolo11n.yaml");
  const PredictOptions square{
      .net_height = 640, .net_width = 640, .rect = false};
  const RawTensor features = front.PredictRaw({high_view_})[0];
  ASSERT_EQ(features.shape, (Shape{1, 256, 20, 20}));
  const RawTensor mean = whole.Embed({high_view_}, {9}, square);
  ASSERT_EQ(mean.shape, (Shape{1, 256}));
  std::vector<float> means;
  for (std::size_t c = 0; c < 256; ++c) {
    const auto* map = features.values.data() + c * 400;
    means.push_back(std::accumulate(map, map + 400, 0.0F) / 400);
  }
  EXPECT_LT(Difference(means, mean.values), 1e-4);

  const RawTensor later = next.PredictRaw(features)[0];
  EXPECT_EQ(later.shape, features.shape);
  const RawTensor both = whole.Embed({high_view_}, {9, 10}, square);
  ASSERT_EQ(both.shape, (Shape{1, 512}));
  EXPECT_EQ(std::vector<float>(both.values.begin(), both.values.begin() + 256),
            mean.values);

  ExpectError(Code::kUnsupportedModel, "which predictRaw gives",
              [&] { (void)front.Predict(high_view_); });
  ExpectError(Code::kUnsupportedModel, "take features and no pictures",
              [&] { (void)next.PredictRaw({high_view_}); });
  ExpectError(Code::kUnsupportedModel, "is an archive",
              [&] { (void)front.Embed({high_view_}); });
}

TEST_F(RawTest, EmbeddingsAreOfThePictureAlone) {
  for (const std::string name : {"yolo11n.yaml", "yolo11n-cls.yaml"}) {
    SCOPED_TRACE(name);
    Model model = Open(name);
    const PredictOptions small{
        .net_height = 128, .net_width = 128, .rect = false};
    const RawTensor both = model.Embed({high_view_, square_view_}, {}, small);
    ASSERT_EQ(both.shape, (Shape{2, 256}));
    const RawTensor high = model.Embed({high_view_}, {}, small);
    const std::vector<float> first(both.values.begin(),
                                   both.values.begin() + 256);
    EXPECT_LT(Difference(first, high.values), 1e-5);
    EXPECT_GT(Difference(model.Embed({square_view_}, {}, small).values, first),
              1e-3);
    EXPECT_LT(Difference(Open(name, 0).Embed({high_view_}, {}, small).values,
                         high.values),
              1e-4);
    ExpectError(Code::kInvalidArgument, "must be from 0 to",
                [&] { (void)model.Embed({high_view_}, {99}); });
    ExpectError(Code::kInvalidArgument, "must be from 0 to",
                [&] { (void)model.Embed({high_view_}, {-1}); });
  }
}

}  // namespace
}  // namespace yolotorch

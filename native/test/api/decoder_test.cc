// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/decoder.h"

#include <ATen/ATen.h>

#include <cmath>
#include <limits>

#include "cpu_time.h"
#include "graph/task_table.h"
#include "metadata/metadata.h"
#include "stopwatch.h"
#include "support.h"
#include "vision/letterbox.h"
#include "vision/nms.h"
#include "vision/rotated.h"

// What a network gives is data from a stranger, too.
namespace yolotorch {
namespace {

metadata::Metadata MetadataOf(Task task, int classes) {
  metadata::Metadata metadata;
  metadata.task = task;
  for (int id = 0; id < classes; ++id) metadata.names[id] = "c";
  if (task == Task::kPose) metadata.kpt_shape = {17, 3};
  return metadata;
}

std::int64_t ExtrasOf(Task task) {
  if (task == Task::kSegment) return 32;
  return graph::ExtraValues(task, {17, 3});
}

const float kNan = std::numeric_limits<float>::quiet_NaN();
const float kInf = std::numeric_limits<float>::infinity();

// Every number that a caller could trip over is finite.
void ExpectFinite(const ImageResult& result, const std::string& what) {
  for (const Detection& found : result.detections) {
    for (const float value : {found.x1, found.y1, found.x2, found.y2}) {
      EXPECT_TRUE(std::isfinite(value)) << what;
    }
    EXPECT_TRUE(found.confidence > 0) << what;
    EXPECT_GE(found.class_id, 0) << what;
  }
  for (const RotatedDetection& found : result.rotated) {
    for (const float value : {found.cx, found.cy, found.width, found.height,
                              found.angle, found.confidence}) {
      EXPECT_TRUE(std::isfinite(value)) << what;
    }
  }
  EXPECT_EQ(result.keypoints.size() % 51, 0U) << what;
}

TEST(HostileTest, NumbersThatAreNoneDoNoHarm) {
  int cases = 0;
  for (const Task task :
       {Task::kDetect, Task::kSegment, Task::kPose, Task::kObb}) {
    for (const bool final_rows : {false, true}) {
      metadata::Metadata metadata = MetadataOf(task, 3);
      metadata.end2end = final_rows;
      const std::int64_t values =
          final_rows ? 6 + ExtrasOf(task) : 7 + ExtrasOf(task);
      for (const float evil : {kNan, kInf, -kInf, 1e38F, -1e38F, 0.0F}) {
        for (std::int64_t at = -1; at < values; ++at) {
          // One channel is evil, or, at -1, all are.
          at::Tensor raw = at::rand({1, values, 96}) * 0.8 + 0.2;
          raw.slice(1, 0, 4).mul_(64);
          if (at < 0) {
            raw.fill_(evil);
          } else {
            raw.select(1, at).fill_(evil);
          }
          if (final_rows) raw = raw.transpose(1, 2).contiguous();
          std::vector<at::Tensor> outputs = {raw};
          if (task == Task::kSegment) {
            outputs.push_back(at::full({1, 32, 16, 16}, at < 0 ? evil : 1.0F));
          }
          for (const bool retina : {false, true}) {
            PredictOptions options;
            options.conf = 0;
            options.retina_masks = retina;
            const EvalOptions eval;
            const vision::Letterbox box = vision::FitLetterbox(48, 100, 64, 64);
            ExpectFinite(
                api::Decoder(metadata, options, eval).Decode(outputs, 0, box),
                std::string(NameOf(task)) + " " + std::to_string(evil) +
                    " at " + std::to_string(at));
            ++cases;
          }
        }
      }
    }
  }
  test::Figure("R16_hostile_outputs", cases, "without_harm");
}

TEST(HostileTest, NoAnchorsAndNoClassesGiveNothing) {
  const vision::NmsOptions options;
  EXPECT_TRUE(vision::SelectCandidates(nullptr, 0, 80, options).empty());
  const std::vector<float> boxes(4 * 10, 5.0F);
  EXPECT_TRUE(vision::SelectCandidates(boxes.data(), 10, 0, options).empty());
  EXPECT_TRUE(vision::SuppressNonMaxima({}, options).empty());
  EXPECT_TRUE(vision::SuppressRotated({}, options).empty());
}

TEST(HostileTest, AHundredThousandClassesAreSearched) {
  constexpr int kClasses = 100'000;
  std::vector<float> output((4 + kClasses) * 2, 0.0F);
  for (std::size_t i = 0; i < 8; ++i) output[i] = 10;
  output.back() = 0.9F;  // the last class of the second anchor
  const auto found = vision::SelectCandidates(output.data(), 2, kClasses, {});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].class_id, kClasses - 1);
}

// The worst there is: a million boxes, all wanted, none overlapping another, so
// that every one is compared with all that are kept.
TEST(HostileTest, AMillionDisjointBoxesStayBounded) {
  constexpr std::size_t kMaxAnchors = 1'000'000;
  std::vector<float> output(5 * kMaxAnchors);
  const auto suppress = [&](std::size_t anchors) {
    for (std::size_t i = 0; i < anchors; ++i) {
      output[i] = static_cast<float>(i % 1000) * 4;
      output[anchors + i] = static_cast<float>(i / 1000) * 4;
      output[2 * anchors + i] = 2;
      output[3 * anchors + i] = 2;
      output[4 * anchors + i] = 0.9F;
    }
    vision::NmsOptions options;
    options.conf = 0;
    options.max_detections = 200'000;
    const auto kept = vision::SuppressNonMaxima(
        vision::SelectCandidates(output.data(), static_cast<int>(anchors), 1,
                                 options),
        options);
    EXPECT_EQ(kept.size(), vision::kMaxCandidates);
  };
  // Both compare 30,000 boxes; without that bound the ratio is 16.
  test::ExpectCpuRatio(
      "R16_nms_of_4_times_as_many", 8, [&] { suppress(200'000); },
      [&] { suppress(50'000); });
  test::TimeFigure("R16_nms_of_a_million", 1, [&] { suppress(kMaxAnchors); });
}

}  // namespace
}  // namespace yolotorch

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/packing.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "bridge/bridge.h"
#include "support.h"

namespace yolotorch::bridge {
namespace {

// Pictures begin behind the header that bridge.h documents.
constexpr std::size_t kHeader = kHeaderBytes;

template <typename T>
T At(const std::vector<std::uint8_t>& bytes, std::size_t offset) {
  T value{};
  EXPECT_LE(offset + sizeof(T), bytes.size());
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

TEST(PackingTest, PacksDetectionsPerPicture) {
  ModelInfo info;
  info.task = Task::kDetect;
  Predictions found;
  found.net_height = 320;
  found.net_width = 640;
  found.images().resize(2);
  found.images()[1].detections = {{1, 2, 3, 4, 0.5F, 7}};
  const auto bytes = Pack(info, found);
  EXPECT_EQ(At<std::int32_t>(bytes, kNetHeightAt), 320);
  EXPECT_EQ(At<std::int32_t>(bytes, kNetWidthAt), 640);
  EXPECT_EQ(At<std::int32_t>(bytes, kRowValuesAt), 6);
  EXPECT_EQ(At<std::int32_t>(bytes, kHeader), 0);
  EXPECT_EQ(At<std::int32_t>(bytes, kHeader + 4), 1);
  EXPECT_EQ(At<float>(bytes, kHeader + 8), 1);
  EXPECT_EQ(At<float>(bytes, kHeader + 24), 0.5F);
  EXPECT_EQ(At<float>(bytes, kHeader + 28), 7);
  EXPECT_EQ(bytes.size(), kHeader + 32);
}

TEST(PackingTest, PacksWhatATaskAdds) {
  ModelInfo info;
  info.task = Task::kPose;
  info.keypoints = 1;
  info.keypoint_values = 3;
  Predictions found;
  found.images().resize(1);
  found.images()[0].detections = {{1, 2, 3, 4, 0.5F, 0}};
  found.images()[0].keypoints = {8, 9, 1};
  auto bytes = Pack(info, found);
  EXPECT_EQ(At<std::int32_t>(bytes, kRowValuesAt), 9);
  EXPECT_EQ(At<float>(bytes, kHeader + 4 + 6 * 4), 8);
  EXPECT_EQ(bytes.size(), kHeader + 4 + 9 * 4);

  info.task = Task::kObb;
  found.images()[0] = {};
  found.images()[0].rotated = {{1, 2, 3, 4, 0.25F, 0.5F, 7}};
  bytes = Pack(info, found);
  EXPECT_EQ(At<std::int32_t>(bytes, kRowValuesAt), 7);
  EXPECT_EQ(At<float>(bytes, kHeader + 4 + 6 * 4), 0.25F);

  info.task = Task::kSegment;
  found.images()[0] = {};
  found.images()[0].detections = {{1, 2, 3, 4, 0.5F, 0}};
  found.images()[0].masks = {{5, 6, 3, 1, {7}, {1, 2}}};
  bytes = Pack(info, found);
  const std::size_t mask = kHeader + 4 + 6 * 4;
  EXPECT_EQ(At<std::int32_t>(bytes, mask), 5);
  EXPECT_EQ(At<std::int32_t>(bytes, mask + 8), 3);
  EXPECT_EQ(At<std::uint8_t>(bytes, mask + 16), 7);
  EXPECT_EQ(At<std::int32_t>(bytes, mask + 20), 1);
  EXPECT_EQ(At<float>(bytes, mask + 28), 2);
  EXPECT_EQ(bytes.size(), mask + 32);

  info.task = Task::kClassify;
  found.images()[0] = {};
  found.images()[0].probabilities = {0.25F, 0.75F};
  bytes = Pack(info, found);
  EXPECT_EQ(At<std::int32_t>(bytes, kRowValuesAt), 2);
  EXPECT_EQ(At<std::int32_t>(bytes, kHeader), 1);
  EXPECT_EQ(At<float>(bytes, kHeader + 8), 0.75F);
}

TEST(PackingTest, EscapesTexts) {
  ModelInfo info;
  info.task = Task::kObb;
  info.names = {{0, "a\\b\nc"}};
  const std::string text = DescribeModel(info);
  EXPECT_NE(text.find("\ntask obb\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nname 0 a\\\\b\\nc\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace yolotorch::bridge

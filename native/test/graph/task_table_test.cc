// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/task_table.h"

#include <gtest/gtest.h>

namespace yolotorch::graph {
namespace {

TEST(TaskTableTest, FindsEveryTaskByItsTexts) {
  for (int number = 0; number < 5; ++number) {
    const auto task = static_cast<Task>(number);
    const TaskTraits& traits = TraitsOf(task);
    EXPECT_EQ(traits.task, task);
    EXPECT_EQ(TaskByName(traits.name), task);
    EXPECT_EQ(TaskOfHead(traits.head), task);
    EXPECT_EQ(TaskOfSuffix(traits.suffix), task);
    EXPECT_EQ(NameOf(task), traits.name);
  }
  EXPECT_EQ(TaskByName("semantic"), std::nullopt);
  EXPECT_EQ(TaskByName(""), std::nullopt);
  EXPECT_EQ(TaskOfHead("Conv"), std::nullopt);
  EXPECT_EQ(TaskOfSuffix("-segment"), std::nullopt);
}

TEST(TaskTableTest, ListsTheNames) {
  EXPECT_EQ(TaskNames(), "detect, segment, pose, obb or classify");
}

TEST(TaskTableTest, CountsTheExtraValuesOfADetection) {
  EXPECT_EQ(ExtraValues(Task::kDetect, {17, 3}), 0);
  EXPECT_EQ(ExtraValues(Task::kSegment, {17, 3}), 0);
  EXPECT_EQ(ExtraValues(Task::kPose, {17, 3}), 51);
  EXPECT_EQ(ExtraValues(Task::kObb, {0, 0}), 1);
}

}  // namespace
}  // namespace yolotorch::graph

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "yolotorch/warnings.h"

#include <ATen/ATen.h>
#include <c10/util/Exception.h>
#include <gtest/gtest.h>

#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/guard.h"
#include "bridge/bridge.h"
#include "optimizer/parallel_images.h"
#include "runtime/device.h"
#include "runtime/threads.h"
#include "support.h"
#include "yolotorch/inspect.h"
#include "yolotorch/model.h"

namespace yolotorch {
namespace {

// Tests that use LibTorch without a model run it as models do.
class PreparedProcess : public testing::Environment {
 public:
  void SetUp() override { runtime::PrepareProcess(); }
};
[[maybe_unused]] const testing::Environment* const prepared =
    testing::AddGlobalTestEnvironment(new PreparedProcess);

class WarningsTest : public testing::Test {
 protected:
  ~WarningsTest() override { SetWarningHandler({}); }

  void Keep() {
    SetWarningHandler([this](const std::string& text) {
      const std::lock_guard<std::mutex> lock(mutex_);
      texts_.push_back(text);
    });
  }

  std::mutex mutex_;
  std::vector<std::string> texts_;
};

void WarnEverywhere() {
  api::Guarded([] { TORCH_WARN("caller"); });
  runtime::RunOnDeepStack([] { TORCH_WARN("deep stack"); });
  runtime::RunOnWorker(2, [] {
    TORCH_WARN("worker");
    optimizer::ParallelOverImages(2, 2,
                                  [](std::int64_t) { TORCH_WARN("lane"); });
  });
}

TEST_F(WarningsTest, ThoseOfEveryThreadReachTheHandler) {
  Keep();
  testing::internal::CaptureStderr();
  WarnEverywhere();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(texts_, (std::vector<std::string>{"caller", "deep stack", "worker",
                                              "lane", "lane"}));
}

TEST_F(WarningsTest, WithoutAHandlerNothingIsPrinted) {
  testing::internal::CaptureStderr();
  WarnEverywhere();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(WarningsTest, WhatAHandlerThrowsIsDropped) {
  int calls = 0;
  SetWarningHandler([&](const std::string&) {
    ++calls;
    throw std::runtime_error("from a handler");
  });
  EXPECT_EQ(api::Guarded([] {
              TORCH_WARN("caller");
              return 5;
            }),
            5);
  EXPECT_EQ(calls, 1);
}

TEST_F(WarningsTest, OutsideOfCallsLibTorchKeepsItsHandler) {
  Keep();
  c10::WarningHandler* const before = c10::WarningUtils::get_warning_handler();
  WarnEverywhere();
  EXPECT_EQ(c10::WarningUtils::get_warning_handler(), before);
}

TEST_F(WarningsTest, TheBridgeKeepsThemInOrderAndNotTooMany) {
  bridge::keepWarnings();
  EXPECT_EQ(bridge::takeWarning(), "");
  api::Guarded([] {
    for (int i = 0; i < 150; ++i) TORCH_WARN("number ", i);
  });
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(bridge::takeWarning(), "number " + std::to_string(i));
  }
  EXPECT_EQ(bridge::takeWarning(), "");
  EXPECT_EQ(bridge::failForTest(6), 0);
  EXPECT_EQ(bridge::takeWarning(), "a warning, made for a test");
}

// LibTorch prints nothing while it loads, runs or exports a network. NNPACK
// used to be looked for at each convolution, with a line where it is rejected.
TEST_F(WarningsTest, ModelsOfEveryTaskAreSilent) {
  const test::TemporaryFolder folder;
  const std::vector<std::uint8_t> grey(48 * 40 * 3, 100);
  const ImageView picture{grey.data(), 48, 40, 0, PixelFormat::kRgb};
  testing::internal::CaptureStderr();
  for (const char* name :
       {"yolo11n.yaml", "yolo11n-seg.yaml", "yolo11n-pose.yaml",
        "yolo11n-obb.yaml", "yolo11n-cls.yaml"}) {
    EXPECT_GT(Inspect(name).model->gflops, 0);
    for (const int level : {0, 1, 2, 3}) {
      Model model = Model::Load(name, {.optimize_level = level});
      PredictOptions options;
      options.net_height = 64;
      options.net_width = 64;
      (void)model.Predict(picture, options);
      if (level > 0) continue;
      ExportOptions how{.net_height = 64, .net_width = 64};
      how.file = folder / "a.torchscript";
      model.Export(how);
      (void)Model::Load(how.file).Predict(picture);
    }
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace yolotorch

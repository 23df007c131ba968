// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/settings.h"

#include <gtest/gtest.h>

#include "support.h"

namespace yolotorch::bridge {
namespace {

using test::ExpectError;

TEST(SettingsTest, AnEmptyTextTakesTheDefaults) {
  const LoadOptions load = LoadOptionsFrom("");
  const LoadOptions expected_load;
  EXPECT_EQ(load.device, expected_load.device);
  EXPECT_EQ(load.optimize_level, expected_load.optimize_level);
  EXPECT_EQ(load.precision, expected_load.precision);
  const ExportOptions written = ExportOptionsFrom("");
  const ExportOptions expected;
  EXPECT_EQ(written.batch, expected.batch);
  EXPECT_EQ(written.conf, expected.conf);
  EXPECT_EQ(written.iou, expected.iou);
  EXPECT_EQ(written.max_det, expected.max_det);
}

TEST(SettingsTest, ReadsEveryKind) {
  const LoadOptions load = LoadOptionsFrom(
      "device=cuda:1\nseed=7\ntrusted=true\nthreads=3\nwarmup=true\n");
  EXPECT_EQ(load.device, "cuda:1");
  EXPECT_EQ(load.seed, 7U);
  EXPECT_TRUE(load.trusted);
  EXPECT_EQ(load.threads, 3);
  EXPECT_TRUE(load.warmup);
  const ExportOptions written = ExportOptionsFrom(
      "imgsz=320,640\nconf=0.5\nfile=a=b.torchscript\nnms=true\nhalf=false\n");
  EXPECT_EQ(written.net_height, 320);
  EXPECT_EQ(written.net_width, 640);
  EXPECT_EQ(written.conf, 0.5F);
  EXPECT_EQ(written.file, "a=b.torchscript");
  EXPECT_TRUE(written.nms);
  EXPECT_FALSE(written.half);
}

TEST(SettingsTest, RefusesWhatIsNoSetting) {
  for (const char* text :
       {"nonsense", "threads=three", "threads=3x", "imgsz=3,4"}) {
    SCOPED_TRACE(text);
    ExpectError(Code::kInvalidArgument, "is no setting",
                [&] { LoadOptionsFrom(text); });
  }
  for (const char* text :
       {"imgsz=320", "imgsz=320,x", "conf=half", "format=onnx"}) {
    SCOPED_TRACE(text);
    ExpectError(Code::kInvalidArgument, "is no setting",
                [&] { ExportOptionsFrom(text); });
  }
}

}  // namespace
}  // namespace yolotorch::bridge

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/session.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "archive/archive.h"
#include "formats/zip_archive.h"
#include "gate/gate.h"
#include "kernels/kernel_choice.h"
#include "runtime/threads.h"
#include "support.h"
#include "yolotorch/model.h"

namespace yolotorch::runtime {
namespace {

using optimizer::OptimizeLevel;
using test::Asset;

// A session of an archive, loaded anew.
std::unique_ptr<Session> Open(const std::string& path, OptimizeLevel level,
                              bool bfloat16 = false) {
  const test::Bytes bytes = test::ReadAll(path);
  const formats::ZipArchive zip(bytes, "model");
  const auto metadata = archive::ReadMetadata(
      gate::CheckArchive(zip, "model", /*trusted=*/false), zip, "model", {});
  const archive::Archive archive =
      archive::LoadArchive(bytes, metadata, "model", c10::Device(c10::kCPU));
  return std::make_unique<Session>(archive.module, metadata,
                                   c10::Device(c10::kCPU), "model", level,
                                   bfloat16);
}

// An archive that we wrote.
class Exported {
 public:
  Exported(const std::string& name, ExportOptions options) {
    options.file = folder_ / "model.torchscript";
    path_ = Model::Load(Asset("weights/" + name + ".pt")).Export(options);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  test::TemporaryFolder folder_;
  std::string path_;
};

// A smooth random picture, in which a network finds something.
at::Tensor Picture(std::int64_t batch, std::int64_t height,
                   std::int64_t width) {
  at::manual_seed(7);
  return at::upsample_bilinear2d(at::rand({batch, 3, height / 32, width / 32}),
                                 {height, width}, false);
}

// What an archive is.
struct Kind {
  std::string path;
  std::size_t convolutions = 0;
  std::string report;  // what is said of kernels
  bool final_rows = false;
  std::int64_t scores_end = 9999;  // where the values of an anchor after its
                                   // scores begin, which are in pixels
};

// Greatest differences of raw outputs. Keypoints count as boxes, in pixels.
struct Difference {
  double pixels = 0;
  double rest = 0;
};

Difference Compare(const std::vector<at::Tensor>& a,
                   const std::vector<at::Tensor>& b, const Kind& kind) {
  Difference difference;
  EXPECT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].sizes(), b[i].sizes());
    const at::Tensor error = (a[i] - b[i]).abs();
    if (i == 0 && error.dim() == 3) {
      const std::int64_t values = kind.final_rows ? 2 : 1;
      const at::Tensor box = error.slice(values, 0, 4);
      const at::Tensor scores = error.slice(values, 4, kind.scores_end);
      const at::Tensor extras = error.slice(values, kind.scores_end);
      difference.pixels = box.max().item<double>();
      difference.rest = scores.max().item<double>();
      if (extras.numel() > 0) {
        difference.pixels =
            std::max(difference.pixels, extras.max().item<double>());
      }
    } else {
      difference.rest = std::max(difference.rest, error.max().item<double>());
    }
  }
  return difference;
}

using Sizes = std::vector<std::vector<std::int64_t>>;

// Runs the archive at every level on inputs of sizes that change, and expects
// what LibTorch alone gives.
void ExpectSameAtEveryLevel(const Kind& kind, const Sizes& sizes) {
  const auto plain = Open(kind.path, OptimizeLevel::kNone);
  PredictOptions options;
  options.conf = 0.001F;
  for (int level = 1; level <= 3; ++level) {
    const auto session = Open(kind.path, static_cast<OptimizeLevel>(level));
    EXPECT_EQ(session->input_format(), at::MemoryFormat::ChannelsLast);
    Difference worst;
    for (const auto& size : sizes) {
      const at::Tensor picture = Picture(size[0], size[1], size[2]);
      const Difference found = Compare(
          plain->Run(picture, options),
          session->Run(picture.contiguous(at::MemoryFormat::ChannelsLast),
                       options),
          kind);
      worst.pixels = std::max(worst.pixels, found.pixels);
      worst.rest = std::max(worst.rest, found.rest);
    }
    const std::string name = "level_" + std::to_string(level);
    test::Figure(name + "_pixel_difference", worst.pixels, "px");
    test::Figure(name + "_other_difference", worst.rest, "1");
    EXPECT_LE(worst.pixels, 0.05) << name;
    EXPECT_LE(worst.rest, 1e-4) << name;
    const std::vector<std::string> notes = session->notes();
    ASSERT_EQ(notes.size(), level >= 2 ? 1U : 0U);
    if (level < 2) continue;
    const std::string packed =
        std::to_string(kind.convolutions) + " convolutions on packed weights";
    EXPECT_EQ(notes[0], packed + (level == 3 ? kind.report : "") + ".");
  }
}

TEST(SessionTest, DetectOfUltralyticsWithAnyBatch) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel(
      {Asset("exported/yolo11n.torchscript"), 88,
       ", 116 layers on own kernels, 77 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 49 parts written in place"},
      {{1, 640, 640}, {3, 640, 640}, {1, 640, 640}, {2, 640, 640}});
}

// Whatever runs beside it and in which slot, a picture gives the same bits.
TEST(SessionTest, PicturesOfABatchRunSideBySide) {
  REQUIRE_ASSETS();
  const auto session =
      Open(Asset("exported/yolo11n-seg.torchscript"), OptimizeLevel::kKernels);
  constexpr std::int64_t kBatch = 7;
  const at::Tensor pictures =
      Picture(kBatch, 640, 640).contiguous(at::MemoryFormat::ChannelsLast);
  std::vector<std::vector<at::Tensor>> single;
  for (std::int64_t i = 0; i < kBatch; ++i) {
    single.push_back(session->Run(pictures.slice(0, i, i + 1), {}));
  }
  for (const int threads : {1, 2, 3, 8}) {
    std::vector<at::Tensor> joined;
    RunOnWorker(threads, [&] { joined = session->Run(pictures, {}); });
    ASSERT_EQ(joined.size(), 2U);
    for (std::int64_t i = 0; i < kBatch; ++i) {
      for (std::size_t k = 0; k < joined.size(); ++k) {
        EXPECT_TRUE(at::equal(joined[k].slice(0, i, i + 1),
                              single[static_cast<std::size_t>(i)][k]))
            << "picture " << i << ", output " << k << ", " << threads
            << " threads";
      }
    }
  }
}

// Asked when the pictures before this one have begun.
class StopBefore final : public Stop {
 public:
  explicit StopBefore(int picture) : picture_(picture) {}

  [[nodiscard]] bool IsAsked() const override { return looks_++ >= picture_; }

  [[nodiscard]] int looks() const { return looks_; }

 private:
  int picture_;
  mutable std::atomic<int> looks_{0};
};

TEST(SessionTest, ABatchEndsBetweenTwoPictures) {
  REQUIRE_ASSETS();
  const auto session =
      Open(Asset("exported/yolo11n.torchscript"), OptimizeLevel::kKernels);
  const at::Tensor pictures = Picture(6, 640, 640);
  const std::vector<at::Tensor> before = session->Run(pictures, {});
  for (const int threads : {1, 3}) {
    for (const int picture : {0, 1, 4}) {
      const StopBefore stop(picture);
      Code code{};
      RunOnWorker(threads, [&] {
        try {
          session->Run(pictures, {}, &stop);
        } catch (const Error& error) {
          code = error.code();
        }
      });
      EXPECT_EQ(code, Code::kCancelled) << picture << " of " << threads;
      EXPECT_GE(stop.looks(), picture + 1);
      EXPECT_LE(stop.looks(), picture + threads);
    }
  }
  const StopBefore never(100);
  EXPECT_TRUE(at::equal(session->Run(pictures, {}, &never)[0], before[0]));
  EXPECT_EQ(never.looks(), 6);
}

// A size that no run outside of slots has seen.
TEST(SessionTest, NewSizesRunSideBySide) {
  REQUIRE_ASSETS();
  const auto session = Open(Asset("exported/yolo11n-dynamic.torchscript"),
                            OptimizeLevel::kKernels);
  session->Run(Picture(1, 64, 64), {});
  const at::Tensor pictures = Picture(4, 320, 160);
  std::vector<at::Tensor> joined;
  RunOnWorker(4, [&] { joined = session->Run(pictures, {}); });
  for (std::int64_t i = 0; i < pictures.size(0); ++i) {
    const auto single = session->Run(pictures.slice(0, i, i + 1), {});
    EXPECT_TRUE(at::equal(joined[0].slice(0, i, i + 1), single[0])) << i;
  }
}

TEST(SessionTest, SegmentOfUltralytics) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel(
      {Asset("exported/yolo11n-seg.torchscript"), 100,
       ", 131 layers on own kernels, 86 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 49 parts written in place"},
      {{2, 640, 640}});
}

// More sizes than are kept packed.
TEST(SessionTest, DynamicOfUltralyticsWithManySizes) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel(
      {Asset("exported/yolo11n-dynamic.torchscript"), 88,
       ", 116 layers on own kernels, 77 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 49 parts written in place"},
      {{1, 640, 640},
       {2, 320, 640},
       {1, 64, 96},
       {1, 96, 96},
       {1, 128, 96},
       {1, 96, 64},
       {2, 320, 640}});
}

TEST(SessionTest, NmsOfUltralytics) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel(
      {Asset("exported/yolo11n-nms.torchscript"), 88,
       ", 118 layers on own kernels, 77 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 49 parts written in place",
       true},
      {{2, 640, 640}});
  ExpectSameAtEveryLevel(
      {Asset("exported/shapes-obb-nms.torchscript"), 97,
       ", 133 layers on own kernels, 83 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 49 parts written in place",
       true},
      {{2, 320, 320}});
}

TEST(SessionTest, ClassifyOfUltralytics) {
  REQUIRE_ASSETS();
  ExpectSameAtEveryLevel(
      {Asset("exported/yolo11n-cls.torchscript"), 39,
       ", 46 layers on own kernels, 35 SiLU fused, 9 additions fused, 1 "
       "softmax fused, 17 parts written in place"},
      {{2, 224, 224}});
}

TEST(SessionTest, PoseOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive("yolo11n-pose", {.net_height = 320, .net_width = 256});
  ExpectSameAtEveryLevel(
      {archive.path(), 97,
       ", 125 layers on own kernels, 83 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 35 parts written in place",
       false, 5},
      {{2, 320, 256}});
}

TEST(SessionTest, DynamicOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive("yolo11n", {.dynamic = true});
  ExpectSameAtEveryLevel(
      {archive.path(), 88,
       ", 119 layers on own kernels, 77 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 35 parts written in place"},
      {{2, 320, 320}, {1, 96, 64}, {2, 320, 320}});
}

TEST(SessionTest, HalfOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive("yolo11n",
                         {.net_height = 320, .net_width = 320, .half = true});
  ExpectSameAtEveryLevel(
      {archive.path(), 88,
       ", 114 layers on own kernels, 77 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 35 parts written in place"},
      {{2, 320, 320}});
}

TEST(SessionTest, FrozenOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive(
      "yolo11n", {.net_height = 320, .net_width = 320, .optimize = true});
  ExpectSameAtEveryLevel(
      {archive.path(), 88,
       ", 114 layers on own kernels, 77 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 35 parts written in place"},
      {{2, 320, 320}});
}

TEST(SessionTest, SegmentWithNmsOfOurs) {
  REQUIRE_ASSETS();
  const Exported archive("yolo11n-seg",
                         {.net_height = 320, .net_width = 320, .nms = true});
  ExpectSameAtEveryLevel(
      {archive.path(), 100,
       ", 130 layers on own kernels, 86 SiLU fused, 14 additions fused, 2 "
       "softmax fused, 1 sigmoid fused, 35 parts written in place",
       true},
      {{2, 320, 320}});
}

TEST(SessionTest, Bfloat16ComesCloseAndKeepsTheResultsType) {
  REQUIRE_ASSETS();
  if (kernels::ChosenKernels(kernels::Type::kBfloat16) == nullptr)
    GTEST_SKIP() << "no AVX512_BF16";
  for (const char* name : {"yolo11n", "yolo11n-seg", "yolo11n-dynamic"}) {
    const std::string path =
        Asset("exported/" + std::string(name) + ".torchscript");
    const auto plain = Open(path, OptimizeLevel::kNone);
    const auto session = Open(path, OptimizeLevel::kKernels, true);
    const at::Tensor picture = Picture(2, 640, 640);
    const auto expected = plain->Run(picture, {});
    const auto found = session->Run(picture.contiguous(), {});
    EXPECT_EQ(found[0].scalar_type(), at::kFloat);
    const at::Tensor scores = expected[0].slice(1, 4, 84);
    const at::Tensor error = (found[0].slice(1, 4, 84) - scores).abs();
    test::Figure("bf16_score_difference_" + std::string(name),
                 error.max().item<double>(), "1");
    EXPECT_LE(error.max().item<double>(), 0.1);
    EXPECT_GT(error.max().item<double>(), 1e-4);  // it is another precision
    EXPECT_NE(session->notes().back().find("layers in bfloat16"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace yolotorch::runtime

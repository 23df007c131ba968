// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Checkpoints that show few bytes as many values, or describe large networks in
// a few lines: what they take is bounded by the size of the file.
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "api/network_source.h"
#include "base/files.h"
#include "formats/zip_archive.h"
#include "peak_memory.h"
#include "support.h"

namespace yolotorch::api::hostile {
namespace {

using Records = std::vector<std::pair<std::string, test::Bytes>>;

constexpr std::int64_t kMiB = 1 << 20;

std::string Little(std::uint64_t number, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) {
    text += static_cast<char>((number >> (8 * i)) & 0xFF);
  }
  return text;
}

std::string Text(const std::string& text) {
  return "X" + Little(text.size(), 4) + text;
}

std::string Whole(std::int64_t number) {
  return "\x8A\x08" + Little(static_cast<std::uint64_t>(number), 8);
}

std::string Wholes(const std::vector<std::int64_t>& numbers) {
  std::string items;
  for (const std::int64_t number : numbers) items += Whole(number);
  return "(" + items + "t";
}

std::string Dict(const std::string& items) { return "}(" + items + "u"; }

std::string Object(const std::string& type, const std::string& attributes) {
  const std::size_t dot = type.rfind('.');
  return "c" + type.substr(0, dot) + "\n" + type.substr(dot + 1) + "\n)\x81" +
         Dict(attributes) + "b";
}

// A view of the record "9000" of so many floats.
struct View {
  std::int64_t stored = 0;
  std::int64_t offset = 0;
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;
  std::string record = "9000";
};

// What all tensors of a file share is written once, as Python does it.
enum class Shared { kNothing, kWrite, kRefer };

std::string Memo(Shared shared, std::uint64_t index, const std::string& value) {
  if (shared == Shared::kNothing) return value;
  return shared == Shared::kWrite ? value + "r" + Little(index, 4)
                                  : "j" + Little(index, 4);
}

std::string Tensor(const View& view, Shared shared = Shared::kNothing) {
  constexpr std::uint64_t kFirst = 90'000;  // of the memo, beyond the model's
  return Memo(shared, kFirst, "ctorch._utils\n_rebuild_tensor_v2\n") + "(" +
         Memo(shared, kFirst + 1,
              "(" + Text("storage") + "ctorch\nFloatStorage\n" +
                  Text(view.record) + Text("cpu") + Whole(view.stored) + "tQ") +
         Whole(view.offset) + Wholes(view.shape) + Wholes(view.strides) +
         "\x89" + Memo(shared, kFirst + 2, "ccollections\nOrderedDict\n)R") +
         "tR";
}

test::Bytes Zeros(std::int64_t floats) {
  return test::Bytes(static_cast<std::size_t>(4 * floats));
}

// The small detector with these buffers beside those that it needs.
test::Bytes WithBuffers(int count, std::int64_t stored,
                        const std::function<View(int)>& view) {
  std::string buffers = "(";
  for (int i = 0; i < count; ++i) {
    buffers += Text("x" + std::to_string(i)) +
               Tensor(view(i), i == 0 ? Shared::kWrite : Shared::kRefer);
  }
  const auto whole = base::ReadFile(test::Asset("weights/yolo11n.pt"));
  const formats::ZipArchive zip(whole, "model.pt");
  Records records;
  for (const formats::ZipArchive::Entry& entry : zip.entries()) {
    std::string data(entry.data.begin(), entry.data.end());
    if (entry.name == "data.pkl") {
      const std::size_t begin = data.find(Text("_buffers"));
      const std::size_t end = data.find(")Rq", begin) + 4;
      data.insert(end, buffers + "u");
    }
    records.emplace_back(entry.name, test::ToBytes(data));
  }
  records.emplace_back("data/9000", Zeros(stored));
  return test::MakeZip(records);
}

// A model of these layers in a row, and a head that lacks all parts.
test::Bytes OfLayers(const std::vector<std::string>& layers,
                     std::int64_t stored) {
  std::string items;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    items += Text(std::to_string(i)) + layers[i];
  }
  items += Text(std::to_string(layers.size())) +
           Object("ultralytics.nn.modules.head.Detect",
                  Text("_modules") + "}" + Text("f") + Whole(-1));
  const std::string list = Object("torch.nn.modules.container.Sequential",
                                  Text("_modules") + Dict(items));
  const std::string model =
      Object("ultralytics.nn.tasks.DetectionModel",
             Text("_modules") + Dict(Text("model") + list));
  return test::MakeZip(
      {{"data.pkl",
        test::ToBytes("\x80\x02" + Dict(Text("model") + model) + ".")},
       {"data/9000", Zeros(stored)}});
}

std::string Conv(const View& weight) {
  const std::string inner =
      Object("torch.nn.modules.conv.Conv2d",
             Text("_parameters") + Dict(Text("weight") + Tensor(weight)));
  return Object(
      "ultralytics.nn.modules.conv.Conv",
      Text("_modules") + Dict(Text("conv") + inner) + Text("f") + Whole(-1));
}

std::string Upsample(int factor) {
  return Object("torch.nn.modules.upsampling.Upsample",
                Text("scale_factor") + Whole(factor) + Text("f") + Whole(-1));
}

NetworkSource Load(const test::Bytes& bytes) {
  const formats::Checkpoint checkpoint(bytes, "model.pt");
  return FromCheckpoint(checkpoint);
}

TEST(HostileCheckpointTest, UnknownViewsOfOneStorageAreNotCopied) {
  REQUIRE_ASSETS();
  const auto honest = base::ReadFile(test::Asset("weights/yolo11n.pt"));
  Load(honest);
  const std::int64_t plain = test::PeakGrowth([&] { Load(honest); });
  constexpr std::int64_t kStored = kMiB / 4;
  struct Case {
    const char* name;
    int count;
    std::function<View(int)> view;
  };
  const std::vector<Case> cases = {
      {"the whole of it", 12'000,
       [](int) {
         return View{kStored, 0, {kStored}, {1}};
       }},
      {"one value, repeated", 12'000,
       [](int) {
         return View{kStored, 5, {1 << 15, 1 << 15}, {0, 0}};
       }},
      {"rows, repeated", 12'000,
       [](int) {
         return View{kStored, 0, {1 << 12, 1 << 16}, {0, 1}};
       }},
      {"overlapping windows", 12'000,
       [](int i) {
         return View{kStored, i, {200'000}, {1}};
       }},
      {"windows that overlap in themselves", 12'000,
       [](int i) {
         return View{kStored, i, {1 << 15, 1 << 15}, {1, 1}};
       }},
      {"transposed", 12'000,
       [](int) {
         return View{kStored, 0, {512, 512}, {1, 512}};
       }},
      {"one value each", 18'000,
       [](int i) {
         return View{kStored, i, {1}, {1}};
       }},
      {"nothing each", 18'000,
       [](int i) {
         return View{kStored, i, {0}, {1}};
       }},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    const test::Bytes file = WithBuffers(one.count, kStored, one.view);
    const std::int64_t growth = test::PeakGrowth([&] {
      const NetworkSource source = Load(file);
      ASSERT_EQ(source.metadata.warnings.size(), 1U);
      EXPECT_NE(source.metadata.warnings[0].find(
                    "holds " + std::to_string(one.count) +
                    " tensors that its layers do not use (x0 ...)"),
                std::string::npos)
          << source.metadata.warnings[0];
    });
    // The pickle's values as objects take some 25 times their bytes.
    const auto size = static_cast<std::int64_t>(file.size());
    EXPECT_LT(growth, plain + 40 * size) << file.size();
    test::Figure("hostile_checkpoint_growth",
                 static_cast<double>(growth - plain) / kMiB, "MiB");
  }
}

// Weights that the network does need.
TEST(HostileCheckpointTest, WeightsAreBoundedByTheFile) {
  const auto expect = [](Code code, const char* part,
                         const std::vector<std::string>& layers,
                         std::int64_t stored) {
    SCOPED_TRACE(part);
    const test::Bytes file = OfLayers(layers, stored);
    const std::int64_t growth = test::PeakGrowth(
        [&] { test::ExpectError(code, part, [&] { Load(file); }); });
    EXPECT_LT(growth, 32 * kMiB + 40 * static_cast<std::int64_t>(file.size()));
  };
  constexpr char kRepeats[] = "shows its values more often than it stores them";
  const View honest{
      .stored = 3 * 8 * 9, .shape = {8, 3, 3, 3}, .strides = {27, 9, 3, 1}};
  // So far honest: the head alone is missing.
  expect(Code::kUnsupportedModel, "lacks its part", {Conv(honest)}, 216);
  expect(
      Code::kUnsafeModel, kRepeats,
      {Conv(
          {.stored = 1, .shape = {4096, 3, 64, 64}, .strides = {0, 0, 0, 0}})},
      1);
  expect(Code::kUnsafeModel, kRepeats,
         {Conv({.stored = 4096,
                .shape = {4096, 3, 64, 64},
                .strides = {0, 0, 64, 1}})},
         4096);
  expect(Code::kUnsafeModel, kRepeats,
         {Conv({.stored = 70'000,
                .shape = {20'000, 3, 8, 8},
                .strides = {1, 1, 1, 1}})},
         70'000);
  // Each layer shows the same megabyte, as a whole or its own windows.
  const std::int64_t stored = 64 * 64 * 64;
  for (const std::int64_t step : {0, 1}) {
    std::vector<std::string> layers = {Conv(
        {.stored = stored, .shape = {64, 3, 1, 1}, .strides = {3, 1, 1, 1}})};
    for (std::int64_t i = 0; i < 200; ++i) {
      layers.push_back(Conv({.stored = stored,
                             .offset = step * i,
                             .shape = {64, 64, 8, 7},
                             .strides = {4096 - 513, 56, 7, 1}}));
    }
    expect(Code::kUnsafeModel, kRepeats, layers, stored);
  }
}

TEST(HostileCheckpointTest, TrialRunsAreBounded) {
  const View thin{
      .stored = 48, .shape = {16, 3, 1, 1}, .strides = {3, 1, 1, 1}};
  const auto growth = test::PeakGrowth([&] {
    for (const std::vector<std::string>& layers :
         {std::vector<std::string>{Upsample(64), Upsample(64)},
          std::vector<std::string>{Upsample(8), Conv(thin), Upsample(8)},
          std::vector<std::string>(64, Upsample(2))}) {
      test::ExpectError(Code::kUnsafeModel, "computes ten times more",
                        [&] { Load(OfLayers(layers, 48)); });
    }
  });
  EXPECT_LT(growth, 600 * kMiB);
  test::Figure("hostile_trial_growth", static_cast<double>(growth) / kMiB,
               "MiB");
}

// One module under many names, with long lists in it.
TEST(HostileCheckpointTest, SharedAttributesAreBounded) {
  std::string list = "](";
  for (int i = 0; i < 64; ++i) list += Whole(i);
  list += "e";
  std::string attributes = Text("_modules") + "}";
  for (const char* name : {"add", "alpha", "beta", "c", "d", "eps", "f", "n",
                           "scale", "size", "stride", "value", "upper"}) {
    attributes += Text(name) + list;
  }
  const std::string shared =
      Object("torch.nn.modules.linear.Identity", attributes) + "r" +
      Little(5000, 4);
  std::vector<std::string> layers = {shared};
  for (int i = 0; i < 19'000; ++i) layers.push_back("j" + Little(5000, 4));
  const test::Bytes file = OfLayers(layers, 1);
  const auto growth = test::PeakGrowth([&] {
    test::ExpectError(Code::kUnsafeModel, "more attributes than any model",
                      [&] { Load(file); });
  });
  EXPECT_LT(growth, 100 * kMiB);
}

}  // namespace
}  // namespace yolotorch::api::hostile

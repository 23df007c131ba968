// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Results and descriptions as they go to Java: sizes that add up, and one line
// for each fact, whatever texts a file holds.
#include "bridge/packing.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "bridge/bridge.h"
#include "fuzz/support.h"

namespace yolotorch::fuzz {
namespace {

constexpr std::size_t kMaxRows = 20;
constexpr std::size_t kLongestText = 60;

float Float(FuzzedDataProvider* in) {
  const auto bits = in->ConsumeIntegral<std::uint32_t>();
  float value = 0;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

Mask AMask(FuzzedDataProvider* in) {
  Mask mask;
  mask.left = in->ConsumeIntegralInRange<int>(0, 1000);
  mask.top = in->ConsumeIntegralInRange<int>(0, 1000);
  mask.width = in->ConsumeIntegralInRange<int>(0, 40);
  mask.height = in->ConsumeIntegralInRange<int>(0, 10);
  mask.bits.resize(static_cast<std::size_t>((mask.width + 7) / 8) *
                   static_cast<std::size_t>(mask.height));
  mask.polygon.resize(2 * in->ConsumeIntegralInRange<std::size_t>(0, 5), 1);
  return mask;
}

ImageResult AResult(const ModelInfo& info, FuzzedDataProvider* in) {
  ImageResult result;
  const auto rows = in->ConsumeIntegralInRange<std::size_t>(0, kMaxRows);
  for (std::size_t i = 0; i < rows; ++i) {
    if (info.task == Task::kObb) {
      result.rotated.push_back({Float(in), 0, 0, 0, Float(in), 0.5F,
                                in->ConsumeIntegral<std::int32_t>()});
      continue;
    }
    result.detections.push_back(
        {Float(in), 0, 0, 0, Float(in), in->ConsumeIntegral<std::int32_t>()});
    if (info.task == Task::kSegment) result.masks.push_back(AMask(in));
    if (info.task == Task::kPose) {
      result.keypoints.resize(
          result.keypoints.size() +
          static_cast<std::size_t>(info.keypoints * info.keypoint_values));
    }
  }
  return result;
}

// Bytes of a result after its number of rows.
std::size_t BytesOf(const ImageResult& result, std::size_t values) {
  std::size_t bytes =
      4 * values * (result.detections.size() + result.rotated.size());
  for (const Mask& mask : result.masks) {
    bytes += 16 + (mask.bits.size() + 3) / 4 * 4 + 4 + 4 * mask.polygon.size();
  }
  return bytes;
}

void PackResults(FuzzedDataProvider* in) {
  ModelInfo info;
  info.task = static_cast<Task>(in->ConsumeIntegralInRange<int>(0, 3));
  info.keypoints = in->ConsumeIntegralInRange<int>(1, 20);
  info.keypoint_values = in->ConsumeIntegralInRange<int>(2, 3);
  Predictions found;
  found.images().resize(in->ConsumeIntegralInRange<std::size_t>(1, 4));
  for (ImageResult& image : found.images()) image = AResult(info, in);
  const std::vector<std::uint8_t> bytes = bridge::Pack(info, found);
  std::int32_t values = 0;
  std::memcpy(&values, bytes.data() + bridge::kRowValuesAt, sizeof(values));
  std::size_t at = bridge::kHeaderBytes;
  for (const ImageResult& image : found.images()) {
    Require(at + 4 <= bytes.size(), "a number of rows for each picture");
    std::int32_t rows = 0;
    std::memcpy(&rows, bytes.data() + at, sizeof(rows));
    Require(static_cast<std::size_t>(rows) ==
                image.detections.size() + image.rotated.size(),
            "all rows");
    at += 4 + BytesOf(image, static_cast<std::size_t>(values));
  }
  Require(at == bytes.size(), "no byte more or less");
}

void PackTensors(FuzzedDataProvider* in) {
  std::vector<RawTensor> tensors(in->ConsumeIntegralInRange<std::size_t>(0, 3));
  std::size_t expected = 4;
  for (RawTensor& tensor : tensors) {
    tensor.shape.resize(in->ConsumeIntegralInRange<std::size_t>(0, 4), 1);
    tensor.values.resize(in->ConsumeIntegralInRange<std::size_t>(0, 9));
    expected += 4 + 8 * tensor.shape.size() + 4 * tensor.values.size();
  }
  Require(bridge::PackRaw(tensors).size() == expected, "no byte more or less");
}

std::size_t Lines(const std::string& text) {
  Require(text.empty() || text.back() == '\n', "whole lines");
  Require(text.find('\0') == std::string::npos, "no zero in a text");
  Require(text.find('\r') == std::string::npos, "one kind of line end");
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

void Describe(FuzzedDataProvider* in) {
  ModelInfo info;
  const std::size_t usual = Lines(bridge::DescribeModel(info));
  const auto text = [&] { return in->ConsumeRandomLengthString(kLongestText); };
  for (std::string* field :
       {&info.kind, &info.family, &info.scale, &info.sppf_activation,
        &info.sppf_source, &info.description, &info.license, &info.version,
        &info.date}) {
    *field = text();
  }
  info.gflops = in->ConsumeFloatingPoint<double>();
  const auto names = in->ConsumeIntegralInRange<int>(0, 5);
  for (int i = 0; i < names; ++i) info.names[i] = text();
  info.warnings.assign(in->ConsumeIntegralInRange<std::size_t>(0, 3), text());
  Require(Lines(bridge::DescribeModel(info)) ==
              usual + info.names.size() + info.warnings.size(),
          "a line for each fact");
  FileInfo file;
  const std::size_t least = Lines(bridge::DescribeFile(file));
  file.reason = text();
  file.title = text();
  file.operators[text()] = in->ConsumeIntegral<std::int64_t>();
  file.values[text()] = 1;
  file.devices = {text()};
  file.runtimes = {text()};
  file.layers = {{0, text(), text(), 1}};
  Require(Lines(bridge::DescribeFile(file)) == least + 5,
          "a line for each fact");
  Require(Lines(bridge::DescribeOptimizations({text(), text()})) == 2);
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) {
  FuzzedDataProvider in(data, size);
  yolotorch::fuzz::PackResults(&in);
  yolotorch::fuzz::PackTensors(&in);
  yolotorch::fuzz::Describe(&in);
}

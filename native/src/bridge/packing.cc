// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "bridge/packing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "bridge/keys.h"
#include "graph/task_table.h"

namespace yolotorch::bridge {
namespace {

// Appends plain numbers in native byte order.
class Packer {
 public:
  template <typename T>
  void Put(T value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
    bytes_.insert(bytes_.end(), bytes, bytes + sizeof(T));
  }

  template <typename T>
  void PutAll(const std::vector<T>& values) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(values.data());
    bytes_.insert(bytes_.end(), bytes, bytes + values.size() * sizeof(T));
  }

  void Pad() { bytes_.resize((bytes_.size() + 3) / 4 * 4); }

  std::vector<std::uint8_t>& bytes() { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

void PutDetection(const Detection& row, Packer* packer) {
  for (const float value : {row.x1, row.y1, row.x2, row.y2, row.confidence,
                            static_cast<float>(row.class_id)}) {
    packer->Put(value);
  }
}

void PutMask(const Mask& mask, Packer* packer) {
  for (const std::int32_t value :
       {mask.left, mask.top, mask.width, mask.height}) {
    packer->Put(value);
  }
  packer->PutAll(mask.bits);
  packer->Pad();
  packer->Put(static_cast<std::int32_t>(mask.polygon.size() / 2));
  packer->PutAll(mask.polygon);
}

// `values`: numbers per row of this model's results.
void PutImage(const ImageResult& result, std::int32_t values, Packer* packer) {
  if (!result.probabilities.empty()) {
    packer->Put(std::int32_t{1});
    packer->PutAll(result.probabilities);
    return;
  }
  packer->Put(static_cast<std::int32_t>(result.detections.size() +
                                        result.rotated.size()));
  for (const RotatedDetection& row : result.rotated) {
    for (const float value :
         {row.cx, row.cy, row.width, row.height, row.confidence,
          static_cast<float>(row.class_id), row.angle}) {
      packer->Put(value);
    }
  }
  const auto extra = static_cast<std::size_t>(values) - 6;
  for (std::size_t i = 0; i < result.detections.size(); ++i) {
    PutDetection(result.detections[i], packer);
    for (std::size_t k = 0; k < extra; ++k) {
      packer->Put(result.keypoints[i * extra + k]);
    }
  }
  for (const Mask& mask : result.masks) PutMask(mask, packer);
}

// Numbers per row, as predict() documents.
std::int32_t ValuesPerRow(const ModelInfo& info, const Predictions& result) {
  if (info.task == Task::kClassify) {
    return static_cast<std::int32_t>(result.images()[0].probabilities.size());
  }
  return 6 +
         graph::ExtraValues(info.task, {info.keypoints, info.keypoint_values});
}

void PutLine(std::string* out, std::string_view key, std::string_view value) {
  out->append(key).push_back(' ');
  for (const char c : value) {
    if (c == '\\') {
      out->append("\\\\");
    } else if (c == '\n') {
      out->append("\\n");
    } else if (c == '\r') {
      out->append("\\r");
    } else if (c != '\0') {
      out->push_back(c);
    }
  }
  out->push_back('\n');
}

// The shortest text that reads back as the same number.
std::string NumberText(float value) {
  std::array<char, 32> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

}  // namespace

std::vector<std::uint8_t> PackRaw(const std::vector<RawTensor>& tensors) {
  Packer packer;
  packer.Put(static_cast<std::int32_t>(tensors.size()));
  for (const RawTensor& tensor : tensors) {
    packer.Put(static_cast<std::int32_t>(tensor.shape.size()));
    packer.PutAll(tensor.shape);
    packer.PutAll(tensor.values);
  }
  return std::move(packer.bytes());
}

std::vector<std::uint8_t> Pack(const ModelInfo& info,
                               const Predictions& result) {
  const std::int32_t values = ValuesPerRow(info, result);
  Packer packer;
  packer.Put(static_cast<float>(result.preprocess_ms));
  packer.Put(static_cast<float>(result.inference_ms));
  packer.Put(static_cast<float>(result.postprocess_ms));
  packer.Put(static_cast<float>(result.preparation_ms));
  packer.Put(static_cast<std::int32_t>(result.net_height));
  packer.Put(static_cast<std::int32_t>(result.net_width));
  packer.Put(values);
  for (const ImageResult& image : result.images()) {
    PutImage(image, values, &packer);
  }
  return std::move(packer.bytes());
}

std::string DescribeModel(const ModelInfo& info) {
  std::string text;
  PutLine(&text, KEY_KIND, info.kind);
  PutLine(&text, KEY_TASK, NameOf(info.task));
  PutLine(&text, KEY_FAMILY, info.family);
  PutLine(&text, KEY_SCALE, info.scale);
  PutLine(
      &text, KEY_IMGSZ,
      std::to_string(info.net_height) + " " + std::to_string(info.net_width));
  PutLine(&text, KEY_STRIDE, std::to_string(info.stride));
  PutLine(&text, KEY_BATCH, std::to_string(info.batch));
  PutLine(&text, KEY_CHANNELS, std::to_string(info.channels));
  PutLine(&text, KEY_DYNAMIC, info.dynamic ? "true" : "false");
  PutLine(&text, KEY_NMS, info.nms ? "true" : "false");
  PutLine(&text, KEY_PARAMETERS, std::to_string(info.parameters));
  PutLine(&text, KEY_PARAMETERS_RAW, std::to_string(info.parameters_raw));
  PutLine(&text, KEY_GFLOPS, std::to_string(info.gflops));
  PutLine(&text, KEY_END2END, info.end2end ? "true" : "false");
  if (info.baked_nms) {
    PutLine(&text, KEY_BAKED_NMS,
            NumberText(info.baked_nms->conf) + " " +
                NumberText(info.baked_nms->iou) + " " +
                std::to_string(info.baked_nms->max_det) + " " +
                (info.baked_nms->agnostic_nms ? "true" : "false"));
  }
  PutLine(&text, KEY_SPPF_ACTIVATION, info.sppf_activation);
  PutLine(&text, KEY_SPPF_SOURCE, info.sppf_source);
  PutLine(&text, KEY_KPT_SHAPE,
          std::to_string(info.keypoints) + " " +
              std::to_string(info.keypoint_values));
  PutLine(&text, KEY_DESCRIPTION, info.description);
  PutLine(&text, KEY_LICENSE, info.license);
  PutLine(&text, KEY_VERSION, info.version);
  PutLine(&text, KEY_DATE, info.date);
  for (const auto& [id, name] : info.names) {
    PutLine(&text, KEY_NAME, std::to_string(id) + " " + name);
  }
  for (const std::string& warning : info.warnings) {
    PutLine(&text, KEY_WARNING, warning);
  }
  return text;
}

std::string DescribeOptimizations(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) {
    PutLine(&text, KEY_OPTIMIZATION, sentence);
  }
  return text;
}

std::string DescribeFile(const FileInfo& info) {
  std::string text;
  PutLine(&text, KEY_FILE_KIND, info.kind);
  PutLine(&text, KEY_TITLE, info.title);
  PutLine(&text, KEY_ADVICE, info.advice);
  PutLine(&text, KEY_BYTES, std::to_string(info.bytes));
  PutLine(&text, KEY_SHA256, info.sha256);
  PutLine(&text, KEY_VERDICT,
          std::to_string(static_cast<std::int32_t>(info.verdict)));
  PutLine(&text, KEY_REASON, info.reason);
  for (const LayerInfo& layer : info.layers) {
    PutLine(&text, KEY_LAYER,
            std::to_string(layer.index) + " " +
                std::to_string(layer.parameters) + " " + layer.module + " " +
                layer.from);
  }
  for (const auto& [type, count] : info.values) {
    PutLine(&text, KEY_VALUES, std::to_string(count) + " " + type);
  }
  for (const auto& [name, count] : info.operators) {
    PutLine(&text, KEY_OPERATOR, std::to_string(count) + " " + name);
  }
  for (const std::string& device : info.devices) {
    PutLine(&text, KEY_DEVICE, device);
  }
  for (const std::string& runtime : info.runtimes) {
    PutLine(&text, KEY_RUNTIME, runtime);
  }
  if (info.model) text += DescribeModel(*info.model);
  return text;
}

}  // namespace yolotorch::bridge

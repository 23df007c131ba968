// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/foreign_model.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace yolotorch::formats {
namespace {

using Suffix = std::pair<std::string_view, const char*>;

constexpr std::array kIds = std::to_array<std::string_view>(
    {"coreml", "executorch", "gguf", "hdf5", "keras", "legacy-checkpoint",
     "legacy-torchscript", "ncnn", "onnx", "openvino", "safetensors",
     "tensorrt", "tflite", "torch-export"});

constexpr std::array kSuffixes = std::to_array<Suffix>({
    {".engine", "a TensorRT engine"},
    {".hef", "a Hailo program"},
    {".keras", "a Keras model"},
    {".mlmodel", "a Core ML model"},
    {".mlmodelc", "a compiled Core ML model"},
    {".mlpackage", "a Core ML package"},
    {".mnn", "an MNN model"},
    {".nb", "a Paddle Lite model"},
    {".om", "an Ascend model"},
    {".onnx", "an ONNX model"},
    {".pb", "a TensorFlow graph"},
    {".pdiparams", "a set of PaddlePaddle weights"},
    {".pdmodel", "a PaddlePaddle model"},
    {".plan", "a TensorRT engine"},
    {".pte", "an ExecuTorch program"},
    {".rknn", "an RKNN model"},
    {".safetensors", "a SafeTensors file"},
    {".tflite", "a TensorFlow Lite model"},
    {".trt", "a TensorRT engine"},
    {"_imx_model", "a folder of an IMX500 model"},
    {"_ncnn_model", "a folder of an ncnn model"},
    {"_openvino_model", "a folder of an OpenVINO network"},
    {"_paddle_model", "a folder of a PaddlePaddle model"},
    {"_rknn_model", "a folder of an RKNN model"},
    {"_saved_model", "a folder of a TensorFlow SavedModel"},
    {"_web_model", "a folder of a TensorFlow.js model"},
});

}  // namespace

bool IsForeignModel(const FileKind& kind) {
  return std::find(kIds.begin(), kIds.end(), kind.id) != kIds.end();
}

std::string ForeignModelTitle(std::string_view name) {
  std::string lower(name);
  std::transform(
      lower.begin(), lower.end(), lower.begin(),
      [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const auto& [suffix, title] : kSuffixes) {
    if (lower.ends_with(suffix)) return title;
  }
  return "";
}

}  // namespace yolotorch::formats

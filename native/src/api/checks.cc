// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/checks.h"

#include <algorithm>
#include <string>

#include "base/rounding.h"
#include "kernels/kernel_choice.h"
#include "vision/pixels.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

constexpr int kMaxSide = YOLOTORCH_MAX_SIDE;
constexpr int kMaxThreads = YOLOTORCH_MAX_THREADS;
constexpr std::int64_t kMaxTimeout = 86'400'000;  // a day

[[noreturn]] void FailArgument(const std::string& what) {
  throw Error(Code::kInvalidArgument, what);
}

void CheckPrecision(const LoadOptions& options, c10::Device device) {
  if (options.precision == "fp32") return;
  if (options.precision != "bf16") {
    FailArgument("precision must be fp32 or bf16, but is '" +
                 options.precision + "'.");
  }
  const char* reason = nullptr;
  if (!device.is_cpu()) {
    reason = "the CPU, but the device is another; use half there";
  } else if (options.optimize_level != kMaxLevel) {
    reason = "optimize_level=3, but another was asked for";
  } else if (kernels::ChosenKernels(kernels::Type::kBfloat16) == nullptr) {
    reason =
        "a CPU that multiplies bfloat16 (AVX512_BF16), but this one does not; "
        "use fp32";
  }
  if (reason != nullptr) {
    throw Error(Code::kInvalidArgument,
                std::string("precision=bf16 needs ") + reason + ".");
  }
}

std::string ChannelsText(int count) {
  return std::to_string(count) + (count == 1 ? " channel" : " channels");
}

void CheckChannels(const ImageView& image, int channels) {
  const bool many = image.format == PixelFormat::kChannels;
  if (many && (image.channels < 1 || image.channels > YOLOTORCH_MAX_CHANNELS)) {
    throw Error(Code::kInvalidImage,
                "A picture of channels has 1 to " +
                    std::to_string(YOLOTORCH_MAX_CHANNELS) +
                    " of them, but this one says " +
                    std::to_string(image.channels) + ".");
  }
  if (vision::Suits(image, channels)) return;
  const std::string has = vision::IsGrey(image) ? "is grey"
                          : !many || image.channels == 3
                              ? "has three colours"
                              : "has " + ChannelsText(image.channels);
  const std::string wanted =
      channels == 3   ? "a colour or grey picture"
      : channels == 1 ? "a colour or grey picture, which becomes grey"
                      : "a picture of as many 8-bit channels, in Java by "
                        "Image.ofChannels, in C++ as PixelFormat::kChannels";
  throw Error(Code::kInvalidImage,
              "The model takes pictures of " + ChannelsText(channels) +
                  ", but this one " + has + ": give it " + wanted + ".");
}

}  // namespace

void CheckLoadOptions(const LoadOptions& options, c10::Device device) {
  CheckPrecision(options, device);
  if (options.optimize_level < 0 || options.optimize_level > kMaxLevel) {
    FailArgument("optimize_level must be in [0, " + std::to_string(kMaxLevel) +
                 "], but is " + std::to_string(options.optimize_level) + ".");
  }
  if (options.timeout_ms < 0 || options.timeout_ms > kMaxTimeout) {
    FailArgument("timeout_ms must be in [0, " + std::to_string(kMaxTimeout) +
                 "], but is " + std::to_string(options.timeout_ms) + ".");
  }
  if (options.threads < 0 || options.threads > kMaxThreads) {
    FailArgument("threads must be in [0, " + std::to_string(kMaxThreads) +
                 "], but is " + std::to_string(options.threads) + ".");
  }
}

void CheckPredictOptions(const PredictOptions& options) {
  // Written so that NaN fails, too.
  if (!(options.conf >= 0 && options.conf <= 1)) {
    FailArgument("conf must be in [0, 1], but is " +
                 std::to_string(options.conf) + ".");
  }
  if (!(options.iou >= 0 && options.iou <= 1)) {
    FailArgument("iou must be in [0, 1], but is " +
                 std::to_string(options.iou) + ".");
  }
  if (options.max_det < 1 || options.max_det > YOLOTORCH_MAX_DET_LIMIT) {
    FailArgument("max_det must be in [1, " +
                 std::to_string(YOLOTORCH_MAX_DET_LIMIT) + "], but is " +
                 std::to_string(options.max_det) + ".");
  }
}

void CheckEvalOptions(const EvalOptions& options) {
  if (options.val_side < 0 || options.val_side > kMaxSide) {
    FailArgument("val_side must be in [0, " + std::to_string(kMaxSide) +
                 "], but is " + std::to_string(options.val_side) + ".");
  }
}

void CheckImages(const std::vector<ImageView>& images, int channels) {
  if (images.empty()) FailArgument("A batch needs at least one picture.");
  for (const ImageView& image : images) {
    if (image.pixels == nullptr || image.width < 1 || image.height < 1) {
      throw Error(Code::kInvalidImage,
                  "A picture needs at least one pixel, but this one is " +
                      std::to_string(image.width) + " x " +
                      std::to_string(image.height) + ".");
    }
    CheckChannels(image, channels);
  }
}

std::array<std::int64_t, 2> NetSize(int height, int width,
                                    const metadata::Metadata& metadata) {
  std::array<std::int64_t, 2> size = metadata.imgsz;
  if (height != 0 || width != 0) size = {height, width};
  for (std::int64_t& side : size) {
    if (side < 1 || side > kMaxSide) {
      FailArgument("imgsz must be in [1, " + std::to_string(kMaxSide) +
                   "], but is " + std::to_string(side) + ".");
    }
    side = base::RoundUp<std::int64_t>(side, metadata.stride);
  }
  return size;
}

bool PadsToRectangle(const std::vector<ImageView>& images,
                     const PredictOptions& options, const EvalOptions& eval,
                     const ModelInfo& info) {
  if (!options.rect || eval.val_letterbox || !info.dynamic ||
      info.task == Task::kClassify) {
    return false;
  }
  return !images.empty() &&
         std::all_of(images.begin(), images.end(), [&](const ImageView& image) {
           return image.height == images[0].height &&
                  image.width == images[0].width;
         });
}

}  // namespace yolotorch::api

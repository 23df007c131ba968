// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/load.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "augment/labels.h"
#include "vision/letterbox.h"
#include "vision/pixels.h"
#include "yolotorch/error.h"

namespace yolotorch::augment {
namespace {

int LoadedSide(int side, double ratio, int imgsz) {
  return std::min(static_cast<int>(std::ceil(side * ratio)), imgsz);
}

}  // namespace

Picture Load(const ImageView& image, int imgsz, std::vector<Object> objects,
             Task task) {
  RequireColours(image);
  const double ratio =
      static_cast<double>(imgsz) / std::max(image.height, image.width);
  Picture picture{LoadedSide(image.height, ratio, imgsz),
                  LoadedSide(image.width, ratio, imgsz)};
  const vision::Letterbox whole{image.height,  image.width,    picture.height,
                                picture.width, picture.height, picture.width};
  std::vector<std::uint8_t> pixels(std::size_t{3} *
                                   static_cast<std::size_t>(picture.height) *
                                   static_cast<std::size_t>(picture.width));
  vision::LetterboxToRgb(image, whole, pixels.data());
  picture.pixels =
      std::make_shared<const std::vector<std::uint8_t>>(std::move(pixels));
  picture.objects = std::move(objects);
  ScaleAndShift(task,
                {static_cast<float>(picture.width),
                 static_cast<float>(picture.height), 0, 0},
                &picture.objects);
  return picture;
}

void RequireColours(const ImageView& image) {
  if (image.width < 1 || image.height < 1 || !vision::Suits(image, 3)) {
    throw Error(Code::kInvalidImage,
                "expected a picture with at least one pixel of three colours, "
                "found one of " +
                    std::to_string(image.width) + " x " +
                    std::to_string(image.height) +
                    " pixels in another format; convert it to RGB");
  }
}

ImageView ViewOf(const Picture& picture) {
  const std::size_t expected = std::size_t{3} *
                               static_cast<std::size_t>(picture.height) *
                               static_cast<std::size_t>(picture.width);
  if (picture.height < 1 || picture.width < 1 || picture.pixels == nullptr ||
      picture.pixels->size() != expected) {
    throw Error(
        Code::kInvalidArgument,
        "expected 3 bytes for each of " + std::to_string(picture.width) +
            " x " + std::to_string(picture.height) + " pixels, found " +
            std::to_string(picture.pixels ? picture.pixels->size() : 0) +
            " bytes; load pictures with augment::Load");
  }
  return {picture.pixels->data(), picture.width, picture.height};
}

}  // namespace yolotorch::augment

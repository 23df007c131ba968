// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "augment/mix.h"
#include "augment/random.h"
#include "augment/sample.h"
#include "yolotorch/image.h"

namespace yolotorch::augment {

/// Makes a training sample of classify, options.imgsz x options.imgsz, without
/// rows: the class is the caller's. Equal numbers give an equal sample,
/// whichever thread calls. The steps, as torchvision has them and Ultralytics
/// 8.3 joins them: RandomResizedCrop (a share of 1 - scale to 1 of the area,
/// sides of 3 to 4 up to 4 to 3, Pillow's bilinear resize), flips by
/// options.fliplr and flipud, RandAugment or, without it, ColorJitter
/// (brightness and contrast hsv_v, saturation hsv_s, hue hsv_h), RandomErasing
/// with 0. Throws an Error of kInvalidImage for a picture that has no three
/// colours.
Sample ClassifyTrain(const Options& options, std::uint64_t seed, int epoch,
                     int index, const ImageView& image);

/// The sample of a picture without augmentation, as validation takes it: the
/// short side scaled to options.imgsz, the middle cut out.
Sample ClassifyVal(const Options& options, const ImageView& image);

/// Draws the part of a picture that RandomResizedCrop takes: of ten drawn parts
/// the first that fits, else the largest of an allowed ratio in the middle.
/// `least` is the least share of the area.
Part DrawCrop(int height, int width, double least, Random* random);

/// Draws the part that RandomErasing erases: 0.02 to 0.33 of the area, sides of
/// 0.3 to 3.3; empty if none of ten fits.
Part DrawErasing(int height, int width, Random* random);

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/augment.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "augment/canvas.h"
#include "augment/copy_paste.h"
#include "augment/format.h"
#include "augment/hsv.h"
#include "augment/labels.h"
#include "augment/mix.h"
#include "augment/perspective.h"
#include "augment/random.h"
#include "augment/streams.h"
#include "augment/warp.h"
#include "yolotorch/error.h"

namespace yolotorch::augment {
namespace {

// Makes the scenes of one plan.
class SceneMaker {
 public:
  SceneMaker(const Options& options, const Plan& plan,
             const std::vector<Picture>& pictures)
      : options_(options), plan_(plan), pictures_(pictures) {}

  Planes Make(int place) {
    const Scene& scene = plan_.scenes[static_cast<std::size_t>(place)];
    Random random(plan_.seed, plan_.epoch, plan_.index, kSceneStream + place);
    Canvas canvas = Base(scene, &random);
    if (scene.flip_paste) PasteMirrored(options_, &canvas);
    Planes planes = Moved(scene, std::move(canvas), &random);
    if (scene.pasted >= 0) PasteFrom(options_, Make(scene.pasted), &planes);
    return planes;
  }

 private:
  Canvas Base(const Scene& scene, Random* random) {
    const Picture* first = &pictures_[scene.first];
    if (!scene.mosaic) return CanvasOf(options_.task, *first);
    return MosaicOf(options_, {first, first + 1, first + 2, first + 3}, random);
  }

  Planes Moved(const Scene& scene, Canvas canvas, Random* random) {
    const int height = plan_.height;
    const int width = plan_.width;
    if (!scene.mosaic) {
      canvas =
          LetterboxOf(options_.task, std::move(canvas), height, width, true);
    }
    const Change change = DrawChange(options_, canvas.height, canvas.width,
                                     height, width, random);
    if (!scene.mosaic && change.matrix == kIdentity) {
      return PlanesOf(std::move(canvas));
    }
    Planes planes{height, width};
    planes.pixels.resize(std::size_t{3} * static_cast<std::size_t>(height) *
                         static_cast<std::size_t>(width));
    WarpPixels(canvas, change.matrix, &planes);
    planes.objects = augment::Moved(options_.task, change, height, width,
                                    std::move(canvas.objects));
    return planes;
  }

  const Options& options_;
  const Plan& plan_;
  const std::vector<Picture>& pictures_;
};

std::size_t PlaneOf(const Planes& planes) {
  return static_cast<std::size_t>(planes.height) *
         static_cast<std::size_t>(planes.width);
}

void FlipRows(Planes* planes) {
  const auto width = static_cast<std::ptrdiff_t>(planes->width);
  for (std::ptrdiff_t c = 0; c < 3; ++c) {
    auto upper = planes->pixels.begin() + c * planes->height * width;
    auto lower = upper + (planes->height - 1) * width;
    for (; upper < lower; upper += width, lower -= width) {
      std::swap_ranges(upper, upper + width, lower);
    }
  }
}

void FlipColumns(Planes* planes) {
  const auto width = static_cast<std::ptrdiff_t>(planes->width);
  for (auto row = planes->pixels.begin(); row != planes->pixels.end();
       row += width) {
    std::reverse(row, row + width);
  }
}

// Colours, flips and the order of colours.
void Finish(const Options& options, Random* random, Planes* planes) {
  const std::size_t plane = PlaneOf(*planes);
  std::uint8_t* red = planes->pixels.data();
  const HsvChange change = DrawHsv(options, random);
  if (options.hsv_h != 0 || options.hsv_s != 0 || options.hsv_v != 0) {
    ChangeHsv(change, plane, red, red + plane, red + 2 * plane);
  }
  if (random->Chance(options.flipud)) {
    FlipRows(planes);
    Mirror(options, planes->height, false, &planes->objects);
  }
  if (random->Chance(options.fliplr)) {
    FlipColumns(planes);
    Mirror(options, planes->width, true, &planes->objects);
  }
  if (random->Chance(options.bgr)) {
    std::swap_ranges(red, red + plane, red + 2 * plane);
  }
}

void CheckPictures(const Plan& plan, const std::vector<Picture>& pictures) {
  if (plan.scenes.empty() || pictures.size() != plan.pictures.size()) {
    throw Error(Code::kInvalidArgument,
                "expected the " + std::to_string(plan.pictures.size()) +
                    " pictures of a plan, found " +
                    std::to_string(pictures.size()) +
                    "; give those of Plan::pictures in their order");
  }
}

}  // namespace

Sample Augment(const Options& options, const Plan& plan,
               const std::vector<Picture>& pictures) {
  CheckPictures(plan, pictures);
  SceneMaker maker(options, plan, pictures);
  Planes planes = maker.Make(0);
  Random mixing(plan.seed, plan.epoch, plan.index, kMixStream);
  if (plan.mixup >= 0) MixUp(maker.Make(plan.mixup), &mixing, &planes);
  if (plan.cutmix >= 0) {
    CutMix(options.task, maker.Make(plan.cutmix), &mixing, &planes);
  }
  Random random(plan.seed, plan.epoch, plan.index, kFinishStream);
  Finish(options, &random, &planes);
  return SampleOf(options, std::move(planes));
}

Sample Letterboxed(const Options& options, const Picture& picture, int height,
                   int width) {
  return SampleOf(options, PlanesOf(LetterboxOf(options.task,
                                                CanvasOf(options.task, picture),
                                                height, width, false)));
}

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/canvas.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

#include "augment/labels.h"
#include "augment/load.h"
#include "vision/letterbox.h"
#include "yolotorch/image.h"

namespace yolotorch::augment {
namespace {

std::size_t CanvasBytes(int height, int width) {
  return std::size_t{3} * static_cast<std::size_t>(height) *
             static_cast<std::size_t>(width) +
         kCanvasSlack;
}

// Where a picture lies on a mosaic's axis: `begin` to `end` of the canvas show
// it from `source` on.
struct Stretch {
  int begin;
  int end;
  int source;
};

Stretch Before(int centre, int side) {
  const int begin = std::max(centre - side, 0);
  return {begin, centre, side - (centre - begin)};
}

Stretch After(int centre, int side, int canvas) {
  return {centre, std::min(centre + side, canvas), 0};
}

void Paste(const ImageView& view, const Stretch& rows, const Stretch& columns,
           Canvas* canvas) {
  const auto bytes =
      static_cast<std::size_t>(std::max(columns.end - columns.begin, 0)) * 3;
  for (int y = rows.begin; y < rows.end; ++y) {
    const std::ptrdiff_t target =
        (std::ptrdiff_t{y} * canvas->width + columns.begin) * 3;
    const std::ptrdiff_t source =
        (std::ptrdiff_t{y - rows.begin + rows.source} * view.width +
         columns.source) *
        3;
    std::memcpy(canvas->pixels.data() + target, view.pixels + source, bytes);
  }
}

// An integer centre as the truncation of a uniform number gives it.
int Centre(int side, Random* random) {
  return static_cast<int>(random->Uniform(side / 2, 2 * side - side / 2));
}

}  // namespace

Canvas GreyCanvas(int height, int width) {
  return {height, width,
          std::vector<std::uint8_t>(CanvasBytes(height, width), kGrey)};
}

Canvas CanvasOf(Task task, const Picture& picture) {
  const ImageView view = ViewOf(picture);
  Canvas canvas{view.height, view.width, {}, picture.objects};
  canvas.pixels.reserve(CanvasBytes(view.height, view.width));
  canvas.pixels.assign(picture.pixels->begin(), picture.pixels->end());
  canvas.pixels.resize(CanvasBytes(view.height, view.width), kGrey);
  ResampleAll(task, &canvas.objects);
  return canvas;
}

Canvas MosaicOf(const Options& options,
                const std::array<const Picture*, 4>& pictures, Random* random) {
  const int side = 2 * options.imgsz;
  Canvas canvas = GreyCanvas(side, side);
  const int yc = Centre(options.imgsz, random);
  const int xc = Centre(options.imgsz, random);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const Picture& picture = *pictures[i];
    const Stretch rows =
        i < 2 ? Before(yc, picture.height) : After(yc, picture.height, side);
    const Stretch columns =
        i % 2 == 0 ? Before(xc, picture.width) : After(xc, picture.width, side);
    Paste(ViewOf(picture), rows, columns, &canvas);
    std::vector<Object> objects = picture.objects;
    ResampleAll(options.task, &objects);
    ScaleAndShift(options.task,
                  {1, 1, static_cast<float>(columns.begin - columns.source),
                   static_cast<float>(rows.begin - rows.source)},
                  &objects);
    std::move(objects.begin(), objects.end(),
              std::back_inserter(canvas.objects));
  }
  ClipTo(options.task, side, side, &canvas.objects);
  DropEmpty(&canvas.objects);
  return canvas;
}

Canvas LetterboxOf(Task task, Canvas canvas, int height, int width,
                   bool enlarge) {
  if (canvas.height == height && canvas.width == width) return canvas;
  vision::Letterbox box =
      vision::FitLetterbox(canvas.height, canvas.width, height, width);
  if (!enlarge && canvas.height <= height && canvas.width <= width) {
    box.scaled_height = canvas.height;
    box.scaled_width = canvas.width;
    box.top = (height - canvas.height) / 2;
    box.left = (width - canvas.width) / 2;
  }
  Canvas result = GreyCanvas(height, width);
  const ImageView view{canvas.pixels.data(), canvas.width, canvas.height};
  if (box.scaled_height == view.height && box.scaled_width == view.width) {
    Paste(view, {box.top, box.top + view.height, 0},
          {box.left, box.left + view.width, 0}, &result);
  } else {
    vision::LetterboxToRgb(view, box, result.pixels.data());
  }
  result.objects = std::move(canvas.objects);
  ScaleAndShift(
      task,
      {static_cast<float>(box.scaled_width) / static_cast<float>(canvas.width),
       static_cast<float>(box.scaled_height) /
           static_cast<float>(canvas.height),
       static_cast<float>(box.left), static_cast<float>(box.top)},
      &result.objects);
  return result;
}

Planes PlanesOf(Canvas canvas) {
  const std::size_t plane = static_cast<std::size_t>(canvas.height) *
                            static_cast<std::size_t>(canvas.width);
  Planes planes{canvas.height, canvas.width,
                std::vector<std::uint8_t>(plane * 3),
                std::move(canvas.objects)};
  const std::uint8_t* from = canvas.pixels.data();
  std::uint8_t* to = planes.pixels.data();
  for (std::size_t i = 0; i < plane; ++i) {
    to[i] = from[i * 3];
    to[plane + i] = from[i * 3 + 1];
    to[2 * plane + i] = from[i * 3 + 2];
  }
  return planes;
}

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/scenes.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <numeric>

#include "augment/random.h"

namespace yolotorch::augment::scenes {

Colour ColourOf(int class_id) {
  static constexpr std::array<Colour, 7> kColours = {
      Colour{255, 0, 0},    Colour{0, 255, 0},   Colour{0, 0, 255},
      Colour{255, 255, 0},  Colour{255, 0, 255}, Colour{0, 255, 255},
      Colour{255, 255, 255}};
  return kColours[static_cast<std::size_t>(class_id)];
}

Picture Plain(int height, int width, const Colour& colour) {
  std::vector<std::uint8_t> pixels;
  for (int i = 0; i < height * width; ++i) {
    pixels.insert(pixels.end(), colour.begin(), colour.end());
  }
  return {height, width,
          std::make_shared<const std::vector<std::uint8_t>>(pixels)};
}

Picture Noise(int height, int width, int seed) {
  Random random(static_cast<std::uint64_t>(seed), 0, 0, 0);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(height) *
                                   static_cast<std::size_t>(width) * 3);
  for (std::uint8_t& value : pixels) {
    value = static_cast<std::uint8_t>(random.Below(256));
  }
  return {height, width,
          std::make_shared<const std::vector<std::uint8_t>>(pixels)};
}

void Paint(const Object& box, const Colour& colour, Picture* picture) {
  std::vector<std::uint8_t> pixels = *picture->pixels;
  for (int y = static_cast<int>(box.y1); y < static_cast<int>(box.y2); ++y) {
    for (int x = static_cast<int>(box.x1); x < static_cast<int>(box.x2); ++x) {
      std::copy(colour.begin(), colour.end(),
                pixels.begin() + (y * picture->width + x) * 3);
    }
  }
  picture->pixels = std::make_shared<const std::vector<std::uint8_t>>(pixels);
}

Picture WithBoxes(Task task, int height, int width,
                  const std::vector<Object>& boxes) {
  Picture picture = Plain(height, width, kBlack);
  for (Object box : boxes) {
    Paint(box, ColourOf(box.class_id), &picture);
    if (task == Task::kSegment || task == Task::kObb) {
      box.points = {box.x1, box.y1, box.x2, box.y1,
                    box.x2, box.y2, box.x1, box.y2};
    }
    picture.objects.push_back(box);
  }
  return picture;
}

Colour At(const Sample& sample, int x, int y) {
  const std::size_t plane = static_cast<std::size_t>(sample.height) *
                            static_cast<std::size_t>(sample.width);
  const std::uint8_t* red = sample.pixels.data() + y * sample.width + x;
  return {*red, red[plane], red[2 * plane]};
}

Seen See(const Sample& sample, const Colour& colour) {
  Seen seen{0, sample.width, sample.height, -1, -1};
  for (int y = 0; y < sample.height; ++y) {
    for (int x = 0; x < sample.width; ++x) {
      if (At(sample, x, y) != colour) continue;
      ++seen.count;
      seen.x1 = std::min(seen.x1, x);
      seen.y1 = std::min(seen.y1, y);
      seen.x2 = std::max(seen.x2, x);
      seen.y2 = std::max(seen.y2, y);
    }
  }
  return seen;
}

Options Still(Task task, int imgsz) {
  Options options;
  options.task = task;
  options.imgsz = imgsz;
  options.mosaic = 0;
  options.translate = options.scale = 0;
  options.hsv_h = options.hsv_s = options.hsv_v = 0;
  options.fliplr = 0;
  return options;
}

std::vector<Picture> PicturesOf(const Plan& plan,
                                const std::vector<Picture>& all) {
  std::vector<Picture> pictures;
  for (const int number : plan.pictures) {
    pictures.push_back(all[static_cast<std::size_t>(number)]);
  }
  return pictures;
}

std::vector<int> Pool(int count) {
  std::vector<int> pool(static_cast<std::size_t>(count));
  std::iota(pool.begin(), pool.end(), 0);
  return pool;
}

}  // namespace yolotorch::augment::scenes

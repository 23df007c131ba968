// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/copy_paste.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "augment/fill.h"
#include "augment/labels.h"

namespace yolotorch::augment {
namespace {

constexpr float kMostCovered = 0.3F;

bool HasOutlines(const std::vector<Object>& objects) {
  return std::any_of(objects.begin(), objects.end(), [](const Object& object) {
    return !object.points.empty();
  });
}

// The largest share of an object that a box covers.
float Covered(const Object& box, const std::vector<Object>& objects) {
  constexpr float kTiny = 1e-7F;
  float most = 0;
  for (const Object& object : objects) {
    most = std::max(most, Intersection(box, object) / (Area(object) + kTiny));
  }
  return most;
}

// Calls use(x, y) for each pixel of a region.
template <typename Use>
void ForEachPixel(const Region& region, const Use& use) {
  for (int y = region.top; y < region.top + region.height; ++y) {
    const std::uint8_t* row = region.Row(y);
    for (int x = 0; x < region.width; ++x) {
      if (row[x] != 0) use(region.left + x, y);
    }
  }
}

}  // namespace

std::vector<std::size_t> Pasted(const Options& options,
                                const std::vector<Object>& candidates,
                                const std::vector<Object>& present) {
  std::vector<float> covered;
  std::vector<std::size_t> places;
  for (const Object& candidate : candidates) {
    covered.push_back(Covered(candidate, present));
    if (covered.back() < kMostCovered && !candidate.points.empty()) {
      places.push_back(covered.size() - 1);
    }
  }
  std::stable_sort(places.begin(), places.end(),
                   [&covered](std::size_t a, std::size_t b) {
                     return covered[a] < covered[b];
                   });
  places.resize(static_cast<std::size_t>(
      std::nearbyint(options.copy_paste * static_cast<double>(places.size()))));
  return places;
}

void PasteMirrored(const Options& options, Canvas* canvas) {
  if (!HasOutlines(canvas->objects)) return;
  std::vector<Object> mirrored = canvas->objects;
  Mirror(options, canvas->width, true, &mirrored);
  const std::vector<std::size_t> places =
      Pasted(options, mirrored, canvas->objects);
  if (places.empty()) return;
  const std::vector<std::uint8_t> before = canvas->pixels;
  const int width = canvas->width;
  for (const std::size_t place : places) {
    ForEachPixel(Fill(mirrored[place].points, canvas->height, width),
                 [&](int x, int y) {
                   const std::ptrdiff_t row = std::ptrdiff_t{y} * width;
                   std::copy_n(before.begin() + (row + width - 1 - x) * 3, 3,
                               canvas->pixels.begin() + (row + x) * 3);
                 });
    canvas->objects.push_back(mirrored[place]);
  }
}

void PasteFrom(const Options& options, const Planes& other, Planes* planes) {
  if (!HasOutlines(planes->objects)) return;
  const std::vector<std::size_t> places =
      Pasted(options, other.objects, planes->objects);
  const std::ptrdiff_t plane = std::ptrdiff_t{planes->height} * planes->width;
  for (const std::size_t place : places) {
    const Object& object = other.objects[place];
    ForEachPixel(
        Fill(object.points, planes->height, planes->width), [&](int x, int y) {
          const std::ptrdiff_t i = std::ptrdiff_t{y} * planes->width + x;
          for (std::ptrdiff_t c = 0; c < 3; ++c) {
            planes->pixels[static_cast<std::size_t>(c * plane + i)] =
                other.pixels[static_cast<std::size_t>(c * plane + i)];
          }
        });
    planes->objects.push_back(object);
  }
}

}  // namespace yolotorch::augment

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "augment/mix.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "augment/labels.h"

namespace yolotorch::augment {
namespace {

constexpr int kShareBits = 16;

Object BoxOf(const Part& part) {
  return {0, static_cast<float>(part.x1), static_cast<float>(part.y1),
          static_cast<float>(part.x2), static_cast<float>(part.y2)};
}

bool TouchesAny(const Part& part, const std::vector<Object>& objects) {
  const Object box = BoxOf(part);
  return std::any_of(
      objects.begin(), objects.end(),
      [&box](const Object& object) { return Intersection(box, object) > 0; });
}

bool HasEnoughOf(const Part& part, Task task, const Object& object) {
  constexpr float kTiny = 1e-7F;
  const bool outline = task != Task::kPose && !object.points.empty();
  return Intersection(BoxOf(part), object) / (Area(object) + kTiny) >=
         (outline ? 0.01F : 0.1F);
}

void CopyPart(const Part& part, const Planes& other, Planes* planes) {
  const std::ptrdiff_t width = planes->width;
  for (std::ptrdiff_t c = 0; c < 3; ++c) {
    for (std::ptrdiff_t y = part.y1; y < part.y2; ++y) {
      const std::ptrdiff_t begin = (c * planes->height + y) * width + part.x1;
      std::copy_n(other.pixels.begin() + begin, part.x2 - part.x1,
                  planes->pixels.begin() + begin);
    }
  }
}

void ClipToPart(Task task, const Part& part, std::vector<Object>* objects) {
  const auto left = static_cast<float>(part.x1);
  const auto top = static_cast<float>(part.y1);
  ScaleAndShift(task, {1, 1, -left, -top}, objects);
  ClipTo(task, part.y2 - part.y1, part.x2 - part.x1, objects);
  ScaleAndShift(task, {1, 1, left, top}, objects);
}

void Append(const std::vector<Object>& more, std::vector<Object>* objects) {
  objects->insert(objects->end(), more.begin(), more.end());
}

}  // namespace

void MixUp(const Planes& other, Random* random, Planes* planes) {
  constexpr int kShape = 32;
  const auto share = static_cast<std::uint32_t>(
      std::nearbyint(random->SymmetricBeta(kShape) * (1 << kShareBits)));
  const std::uint32_t rest = (1U << kShareBits) - share;
  const std::size_t count = planes->pixels.size();
  std::uint8_t* own = planes->pixels.data();
  const std::uint8_t* added = other.pixels.data();
  for (std::size_t i = 0; i < count; ++i) {
    own[i] = static_cast<std::uint8_t>((own[i] * share + added[i] * rest) >>
                                       kShareBits);
  }
  Append(other.objects, &planes->objects);
}

Part DrawPart(int height, int width, Random* random) {
  const double side = std::sqrt(1 - random->SymmetricBeta(1));
  const int half_width = static_cast<int>(width * side) / 2;
  const int half_height = static_cast<int>(height * side) / 2;
  const int cx = random->Below(width);
  const int cy = random->Below(height);
  return {std::max(cx - half_width, 0), std::max(cy - half_height, 0),
          std::min(cx + half_width, width), std::min(cy + half_height, height)};
}

void CutMix(Task task, const Planes& other, Random* random, Planes* planes) {
  constexpr int kCandidates = 3;
  std::vector<Part> free;
  for (int i = 0; i < kCandidates; ++i) {
    const Part part = DrawPart(planes->height, planes->width, random);
    if (!TouchesAny(part, planes->objects)) free.push_back(part);
  }
  if (free.empty()) return;
  const Part part = free[static_cast<std::size_t>(
      random->Below(static_cast<int>(free.size())))];
  std::vector<Object> added;
  for (const Object& object : other.objects) {
    if (HasEnoughOf(part, task, object)) added.push_back(object);
  }
  if (added.empty()) return;
  CopyPart(part, other, planes);
  ClipToPart(task, part, &added);
  Append(added, &planes->objects);
}

}  // namespace yolotorch::augment

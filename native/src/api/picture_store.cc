// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/picture_store.h"

#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

#include "augment/labels.h"
#include "base/files.h"

namespace yolotorch::api {
namespace {

// Of a file: height and width.
constexpr std::size_t kHeaderBytes = 2 * sizeof(std::int32_t);

}  // namespace

PictureStore::PictureStore(std::size_t pictures, std::size_t kept, Task task)
    : labels_(pictures), most_(kept == 0 ? pictures : kept), task_(task) {}

void PictureStore::SetLabels(std::size_t number,
                             std::vector<augment::Object> labels) {
  labels_[number] = std::move(labels);
}

void PictureStore::Put(std::size_t number, augment::Picture picture) {
  if (!folder_.empty()) {
    std::string bytes(kHeaderBytes + picture.pixels->size(), '\0');
    const std::int32_t size[2] = {picture.height, picture.width};
    std::memcpy(bytes.data(), size, kHeaderBytes);
    std::memcpy(bytes.data() + kHeaderBytes, picture.pixels->data(),
                picture.pixels->size());
    base::WriteFile(FileOf(number), bytes);
  }
  Remember(number, std::move(picture));
}

void PictureStore::Remember(std::size_t number, augment::Picture picture) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = kept_.find(number);
  if (found != kept_.end()) {
    found->second.picture = std::move(picture);
    return;
  }
  while (kept_.size() >= most_ && !uses_.empty()) {
    kept_.erase(uses_.back());
    uses_.pop_back();
  }
  uses_.push_front(number);
  kept_.emplace(number, Kept{std::move(picture), uses_.begin()});
}

std::optional<augment::Picture> PictureStore::Find(std::size_t number) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = kept_.find(number);
    if (found != kept_.end()) {
      uses_.splice(uses_.begin(), uses_, found->second.use);
      return found->second.picture;
    }
  }
  if (folder_.empty()) return std::nullopt;
  auto picture = ReadFile(number);
  if (picture) Remember(number, *picture);
  return picture;
}

std::string PictureStore::FileOf(std::size_t number) const {
  return folder_ + "/" + std::to_string(number);
}

std::optional<augment::Picture> PictureStore::ReadFile(
    std::size_t number) const {
  std::error_code ignored;
  if (!std::filesystem::exists(FileOf(number), ignored)) return std::nullopt;
  const std::vector<std::uint8_t> bytes = base::ReadFile(FileOf(number));
  std::int32_t size[2] = {0, 0};
  if (bytes.size() < kHeaderBytes) return std::nullopt;
  std::memcpy(size, bytes.data(), kHeaderBytes);
  augment::Picture picture{size[0], size[1]};
  picture.pixels = std::make_shared<const std::vector<std::uint8_t>>(
      bytes.begin() + kHeaderBytes, bytes.end());
  picture.objects = labels_[number];
  augment::ScaleAndShift(task_,
                         {static_cast<float>(picture.width),
                          static_cast<float>(picture.height), 0, 0},
                         &picture.objects);
  return picture;
}

}  // namespace yolotorch::api

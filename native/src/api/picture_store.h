// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "augment/sample.h"

namespace yolotorch::api {

/// Labelled pictures of a data set, by number from 0 on: the labels of all, and
/// the pixels of those used last. Thread-safe.
class PictureStore {
 public:
  /// Keeps the pixels of that many pictures in memory; 0: of all. `task`: of
  /// the labels.
  PictureStore(std::size_t pictures, std::size_t kept, Task task);

  [[nodiscard]] std::size_t size() const { return labels_.size(); }

  /// Labels as shares of the picture's sides. To be called before any other
  /// thread uses the store.
  void SetLabels(std::size_t number, std::vector<augment::Object> labels);
  [[nodiscard]] const std::vector<augment::Object>& labels(
      std::size_t number) const {
    return labels_[number];
  }

  /// From now on keeps the pixels of every picture in a file of that folder,
  /// too. To be called before any other thread uses the store.
  void KeepOnDisk(const std::string& folder) { folder_ = folder; }

  /// Takes a picture with its labels, and drops the one used longest ago where
  /// there are too many.
  void Put(std::size_t number, augment::Picture picture);

  /// A picture, if it is there. Throws Error kWriteFailed, as Put() does, if
  /// the folder fails.
  std::optional<augment::Picture> Find(std::size_t number);

 private:
  void Remember(std::size_t number, augment::Picture picture);
  [[nodiscard]] std::string FileOf(std::size_t number) const;
  [[nodiscard]] std::optional<augment::Picture> ReadFile(
      std::size_t number) const;

  struct Kept {
    augment::Picture picture;
    std::list<std::size_t>::iterator use;
  };

  std::vector<std::vector<augment::Object>> labels_;
  std::size_t most_;
  Task task_;
  std::string folder_;  // empty: none
  std::mutex mutex_;
  std::list<std::size_t> uses_;  // the last used first
  std::unordered_map<std::size_t, Kept> kept_;
};

}  // namespace yolotorch::api

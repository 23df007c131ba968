// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/class_names.h"

#include <iterator>
#include <map>
#include <string>

#include "formats/wordnet.h"

namespace yolotorch::api {

void NameClasses(const formats::Checkpoint& checkpoint, int classes,
                 metadata::Metadata* metadata) {
  std::map<int, std::string>& names = metadata->names;
  names = checkpoint.names();
  const std::string file = "'" + checkpoint.label() + "'";
  if (names.empty()) {
    metadata->warnings.push_back(
        file + " names no classes; assumed class0, class1 ...");
  }
  if (formats::AreWordNetIds(names)) formats::NameWordNetIds(&names);
  const auto beyond =
      static_cast<int>(std::distance(names.lower_bound(classes), names.end()));
  names.erase(names.lower_bound(classes), names.end());
  const int missing = classes - static_cast<int>(names.size());
  const std::string count = "names another number of classes than the " +
                            std::to_string(classes) + " of its head: ";
  if (beyond > 0) {
    metadata->warnings.push_back(file + " " + count + std::to_string(beyond) +
                                 " names without a class were left out.");
  }
  if (names.empty() || missing == 0) return;
  int first = 0;
  while (names.count(first) != 0) ++first;
  for (int id = 0; id < classes; ++id) {
    names.try_emplace(id, "class" + std::to_string(id));
  }
  metadata->warnings.push_back(file + " " + count + std::to_string(missing) +
                               " of them got names such as class" +
                               std::to_string(first) + ".");
}

}  // namespace yolotorch::api

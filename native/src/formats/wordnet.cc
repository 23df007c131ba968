// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/wordnet.h"

#include <sstream>
#include <unordered_map>

namespace yolotorch::formats {
namespace {

// "id name" a line. WordNet 3.0, Copyright 2006 by Princeton University; see
// NOTICE. If two classes share a name, its meaning follows in parentheses.
constexpr char kNames[] =
#include "formats/wordnet_names.inc"
    ;

bool IsId(const std::string& name) {
  return name.size() == 9 && name[0] == 'n' &&
         name.find_first_not_of("0123456789", 1) == std::string::npos;
}

const std::unordered_map<std::string, std::string>& NamesById() {
  static const std::unordered_map<std::string, std::string> names = [] {
    std::unordered_map<std::string, std::string> table;
    std::istringstream lines(kNames);
    std::string id;
    std::string name;
    while (lines >> id >> name) table.emplace(id, name);
    return table;
  }();
  return names;
}

}  // namespace

bool AreWordNetIds(const std::map<int, std::string>& names) {
  return !names.empty() && IsId(names.begin()->second);
}

void NameWordNetIds(std::map<int, std::string>* names) {
  for (auto& [id, name] : *names) {
    const auto found = NamesById().find(name);
    if (found != NamesById().end()) name = found->second;
  }
}

}  // namespace yolotorch::formats

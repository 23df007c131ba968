// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/saved_module.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "graph/weight_budget.h"
#include "yolotorch/error.h"

namespace yolotorch::graph {
namespace {

// What training and profilers count, beside the weights.
constexpr std::array<std::string_view, 3> kCounters = {
    "num_batches_tracked", "total_ops", "total_params"};

std::string Joined(std::initializer_list<std::string_view> words) {
  std::string text;
  std::size_t left = words.size();
  for (const std::string_view word : words) {
    --left;
    text += std::string(text.empty() ? ""
                        : left == 0  ? " or "
                                     : ", ") +
            std::string(word);
  }
  return text;
}

}  // namespace

std::string_view SavedModule::kind() const {
  const std::string_view full = type;
  if (!full.starts_with("ultralytics.") && !full.starts_with("torch.nn.")) {
    return {};
  }
  return full.substr(full.rfind('.') + 1);
}

const SavedModule* SavedModule::Find(std::string_view child) const {
  const auto found = std::find_if(
      children.begin(), children.end(),
      [&](const SavedModule& candidate) { return candidate.name == child; });
  return found == children.end() ? nullptr : &*found;
}

const SavedModule& SavedModule::Child(std::string_view child) const {
  const SavedModule* found = Find(child);
  if (found == nullptr) Fail("lacks its part '" + std::string(child) + "'");
  return *found;
}

const SavedTensor* SavedModule::FindTensor(std::string_view tensor) const {
  const auto found = tensors.find(tensor);
  return found == tensors.end() ? nullptr : &found->second;
}

bool SavedModule::Has(std::string_view tensor) const {
  return FindTensor(tensor) != nullptr ||
         FindTensor(std::string(tensor) + "_orig") != nullptr;
}

const std::vector<std::int64_t>& SavedModule::Shape(
    std::string_view tensor, std::size_t dimensions) const {
  const SavedTensor* found = FindTensor(tensor);
  if (found == nullptr) found = FindTensor(std::string(tensor) + "_orig");
  if (found == nullptr) Fail("lacks its '" + std::string(tensor) + "'");
  const std::vector<std::int64_t>& shape = found->shape;
  if (shape.size() != dimensions ||
      std::any_of(shape.begin(), shape.end(),
                  [](std::int64_t size) { return size < 1; })) {
    std::ostringstream text;
    text << c10::IntArrayRef(shape);
    Fail("has a '" + std::string(tensor) + "' of shape " + text.str() +
         ", where " + std::to_string(dimensions) + " dimensions belong");
  }
  return shape;
}

at::Tensor SavedModule::Load(std::string_view tensor) const {
  const SavedTensor* found = FindTensor(tensor);
  if (found == nullptr) Fail("lacks its '" + std::string(tensor) + "'");
  double count = 1;
  for (const std::int64_t size : found->shape) {
    count *= static_cast<double>(size);
  }
  WeightBudget::Charge(count);
  taken_.emplace(tensor);
  return found->load();
}

at::Tensor SavedModule::Take(std::string_view tensor,
                             std::size_t dimensions) const {
  const std::vector<std::int64_t>& shape = Shape(tensor, dimensions);
  if (FindTensor(tensor) != nullptr) return Load(tensor);
  const at::Tensor values = Load(std::string(tensor) + "_orig");
  const at::Tensor mask = Load(std::string(tensor) + "_mask");
  if (mask.sizes() != c10::IntArrayRef(shape)) {
    Fail("has a mask of another shape than its '" + std::string(tensor) + "'");
  }
  return values * mask;
}

at::Tensor SavedModule::TakeVector(std::string_view tensor,
                                   std::int64_t size) const {
  const std::int64_t actual = Shape(tensor, 1)[0];
  if (actual != size) {
    Fail("has " + std::to_string(actual) + " values in its '" +
         std::string(tensor) + "', but its weight gives " +
         std::to_string(size) + " channels");
  }
  return Take(tensor, 1);
}

std::vector<std::string> SavedModule::Unused() const {
  std::vector<std::string> names;
  for (const auto& [own, tensor] : tensors) {
    if (taken_.count(own) == 0 &&
        std::find(kCounters.begin(), kCounters.end(), own) == kCounters.end()) {
      names.push_back(path.empty() ? own : path + "." + own);
    }
  }
  for (const SavedModule& child : children) {
    const std::vector<std::string> below = child.Unused();
    names.insert(names.end(), below.begin(), below.end());
  }
  return names;
}

void SavedModule::Drop() const {
  for (const auto& [own, tensor] : tensors) taken_.insert(own);
  for (const SavedModule& child : children) child.Drop();
}

std::int64_t SavedModule::Whole(std::string_view attribute,
                                std::int64_t fallback, std::int64_t low,
                                std::int64_t high) const {
  const auto found = numbers.find(attribute);
  if (found == numbers.end()) return fallback;
  const double number = found->second.size() == 1 ? found->second[0] : NAN;
  // Written so that NaN fails, too.
  if (!(number >= static_cast<double>(low) &&
        number <= static_cast<double>(high)) ||
      number != std::floor(number)) {
    Fail("has a '" + std::string(attribute) + "' that is no whole number in [" +
         std::to_string(low) + ", " + std::to_string(high) + "]");
  }
  return static_cast<std::int64_t>(number);
}

std::array<std::int64_t, 2> SavedModule::Pair(std::string_view attribute,
                                              std::int64_t fallback,
                                              std::int64_t low,
                                              std::int64_t high) const {
  const auto found = numbers.find(attribute);
  if (found == numbers.end()) {
    if (texts.count(attribute) != 0) {
      Fail("has a '" + std::string(attribute) + "' that is not supported: '" +
           std::string(Text(attribute, "")) + "'");
    }
    return {fallback, fallback};
  }
  const std::vector<double>& values = found->second;
  if (values.size() == 1) {
    const std::int64_t both = Whole(attribute, fallback, low, high);
    return {both, both};
  }
  std::array<std::int64_t, 2> pair{};
  for (std::size_t i = 0; i < pair.size(); ++i) {
    const double value = values.size() == 2 ? values[i] : NAN;
    if (!(value >= static_cast<double>(low) &&
          value <= static_cast<double>(high)) ||
        value != std::floor(value)) {
      Fail("has a '" + std::string(attribute) +
           "' that is no pair of whole numbers in [" + std::to_string(low) +
           ", " + std::to_string(high) + "]");
    }
    pair[i] = static_cast<std::int64_t>(value);
  }
  return pair;
}

double SavedModule::Real(std::string_view attribute, double fallback) const {
  const auto found = numbers.find(attribute);
  if (found == numbers.end() || found->second.size() != 1) return fallback;
  return std::isfinite(found->second[0]) ? found->second[0] : fallback;
}

bool SavedModule::Flag(std::string_view attribute, bool fallback) const {
  return Real(attribute, fallback ? 1 : 0) != 0;
}

std::string_view SavedModule::Text(std::string_view attribute,
                                   std::string_view fallback) const {
  const auto found = texts.find(attribute);
  return found == texts.end() ? fallback : std::string_view(found->second);
}

void SavedModule::Expect(std::initializer_list<std::string_view> wanted) const {
  if (std::find(wanted.begin(), wanted.end(), kind()) == wanted.end()) {
    Fail("is of a kind that is not built in here; expected " + Joined(wanted));
  }
}

void SavedModule::ExpectForward(
    std::initializer_list<std::string_view> allowed) const {
  const std::string_view own = Text("forward", "forward");
  if (own != "forward" &&
      std::find(allowed.begin(), allowed.end(), own) == allowed.end()) {
    Fail("runs '" + std::string(own) +
         "' instead of its class's forward, which is not supported");
  }
}

void SavedModule::Fail(const std::string& what) const {
  throw Error(Code::kUnsupportedModel,
              "'" + file + "' cannot be built: '" +
                  (path.empty() ? "the network" : path) + "' (" + type + ") " +
                  what + ".");
}

}  // namespace yolotorch::graph

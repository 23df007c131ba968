// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/saved_modules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "formats/scalars.h"
#include "train/stored_tensors.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

using formats::Checkpoint;
using formats::TensorView;
using formats::Value;
using graph::SavedModule;

constexpr std::size_t kMaxList = 64;
constexpr std::size_t kMaxText = 200;

// Bytes of all attributes that are kept: values that modules share count for
// each of them.
constexpr std::size_t kMaxAttributes = 16 << 20;

// The attributes that decide what a module computes, in order.
constexpr auto kAttributes = std::to_array<std::string_view>({
    "add",         "alpha",
    "approximate", "beta",
    "c",           "d",
    "dilation",    "eps",
    "f",           "groups",
    "head_dim",    "kernel_size",
    "key_dim",     "kpt_shape",
    "lambd",       "lower",
    "max_val",     "min_val",
    "mode",        "momentum",
    "n",           "negative_slope",
    "num_heads",   "output_padding",
    "padding",     "padding_mode",
    "scale",       "scale_factor",
    "size",        "stride",
    "threshold",   "upper",
    "value",
});

static_assert(std::is_sorted(kAttributes.begin(), kAttributes.end()));

// What the values of a file may take together: a few bytes can be shown many
// times, by many views or by one that repeats them.
class Allowance {
 public:
  explicit Allowance(const Checkpoint& checkpoint)
      : label_(checkpoint.label()),
        size_(checkpoint.size()),
        left_(2.0 * static_cast<double>(size_) + kLeast) {}

  // Before its values are copied. Counts a tensor once, however often a caller
  // builds a network of it.
  void Take(const TensorView& view) {
    if (!taken_.insert(&view).second) return;
    const auto count = static_cast<double>(view.numel());
    if (!view.contiguous()) CheckRepeats(view, count);
    left_ -= count;
    if (left_ < 0) Fail("shows its values more often than it stores them");
  }

  // Before attributes of that many bytes are kept.
  void TakeAttributes(std::size_t bytes) {
    attributes_ += bytes;
    if (attributes_ > kMaxAttributes) {
      Fail("holds more attributes than any model");
    }
  }

 private:
  // One that stores each value in one byte has as many values as bytes.
  static constexpr double kLeast = 100'000;

  void CheckRepeats(const TensorView& view, double count) const {
    const std::size_t stored = view.storage.size() / SizeOf(view.dtype);
    if (count > static_cast<double>(stored) + kLeast) {
      Fail("shows its values more often than it stores them");
    }
  }

  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(Code::kUnsafeModel,
                "'" + label_ + "' " + what + " (the file has " +
                    std::to_string(size_) + " bytes): do not use this file.");
  }

  std::string label_;
  std::size_t size_;
  double left_;  // values
  std::set<const TensorView*> taken_;
  std::size_t attributes_ = 0;
};

// "forward_fuse" of a method bound to an object, as pickles store it; the name
// of a function; else a word for what cannot be named.
std::string MethodOf(const Value& value) {
  if (value.Is(Value::Kind::kGlobal)) return value.text;
  const bool bound = value.ClassName().ends_with(".getattr") &&
                     value.arguments != nullptr &&
                     value.arguments->items.size() == 2;
  return bound ? value.arguments->items[1]->TextOr("an object") : "an object";
}

void ReadAttribute(const std::string& name, const Value& value,
                   Allowance* allowance, SavedModule* saved) {
  if (value.Is(Value::Kind::kString)) {
    allowance->TakeAttributes(kMaxText);
    saved->texts[name] = value.text.substr(0, kMaxText);
    return;
  }
  const bool is_list =
      value.Is(Value::Kind::kList) || value.Is(Value::Kind::kTuple);
  if (is_list && value.items.size() > kMaxList) return;
  allowance->TakeAttributes((1 + value.items.size()) * sizeof(double));
  std::vector<double> numbers;
  if (!is_list) numbers.push_back(formats::NumberIn(value).value_or(NAN));
  for (const Value* item : value.items) {
    if (is_list) numbers.push_back(formats::NumberIn(*item).value_or(NAN));
  }
  // Anything else, such as a head's tensor of strides, says nothing here.
  const bool known = std::none_of(numbers.begin(), numbers.end(),
                                  [](double x) { return std::isnan(x); });
  if (known) saved->numbers[name] = std::move(numbers);
}

SavedModule Describe(const Checkpoint& checkpoint,
                     const formats::Module& module,
                     const std::shared_ptr<Allowance>& allowance) {
  SavedModule saved;
  saved.file = checkpoint.label();
  saved.path = module.path;
  saved.name = module.path.substr(module.path.rfind('.') + 1);
  saved.type = module.type;
  const std::vector<const Value*>& items = module.attributes->items;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (!items[i]->Is(Value::Kind::kString)) continue;
    const std::string& name = items[i]->text;
    if (name == "forward") {
      saved.texts[name] = MethodOf(*items[i + 1]).substr(0, kMaxText);
    } else if (std::binary_search(kAttributes.begin(), kAttributes.end(),
                                  name)) {
      ReadAttribute(name, *items[i + 1], allowance.get(), &saved);
    }
  }
  for (std::size_t i = 0; i < module.tensor_count; ++i) {
    const auto& named = checkpoint.tensors()[module.first_tensor + i];
    const std::size_t own = module.path.empty() ? 0 : module.path.size() + 1;
    const TensorView& view = named.second;
    saved.tensors[named.first.substr(own)] = {
        view.shape, [&view, allowance] {
          allowance->Take(view);
          return train::ToTensor(view).to(at::kFloat);
        }};
  }
  return saved;
}

}  // namespace

// Modules come before what is within them, so the last is joined to its parent
// first.
SavedModule ToSavedModule(const Checkpoint& checkpoint) {
  const auto allowance = std::make_shared<Allowance>(checkpoint);
  std::vector<SavedModule> all;
  all.reserve(checkpoint.modules().size());
  for (const formats::Module& module : checkpoint.modules()) {
    all.push_back(Describe(checkpoint, module, allowance));
  }
  for (std::size_t i = all.size(); i-- > 1;) {
    std::reverse(all[i].children.begin(), all[i].children.end());
    all[checkpoint.modules()[i].parent].children.push_back(std::move(all[i]));
  }
  std::reverse(all[0].children.begin(), all[0].children.end());
  return std::move(all[0]);
}

}  // namespace yolotorch::api

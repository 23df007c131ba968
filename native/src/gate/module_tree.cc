// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/module_tree.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>

#include "yolotorch/error.h"

namespace yolotorch::gate {
namespace {

using formats::Value;
using ValueKind = Value::Kind;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxModules = 20'000;   // yolo11x has some 1,500
constexpr std::size_t kMaxItems = 4'000'000;  // of all modules together
constexpr std::size_t kMaxTensors = 50'000;
constexpr std::size_t kMaxName = 500;
constexpr std::size_t kMaxPath = 1'000;

bool IsModule(const Value& value) {
  return value.ClassName().starts_with("__torch__.");
}

class ModuleReader {
 public:
  explicit ModuleReader(const formats::TensorPlace& place) : place_(place) {}

  std::vector<ModuleFacts> Read(const Value& root) {
    if (!IsModule(root)) {
      throw Error(Code::kCorruptModel,
                  "'" + place_.label +
                      "' holds no module (its data.pkl is of another kind): "
                      "export the model again.");
    }
    Add(root, "", 0);
    return std::move(modules_);
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(Code::kUnsafeModel,
                "'" + place_.label + "' " + what + ": do not use this file.");
  }

  void Add(const Value& module, const std::string& path, int depth) {
    if (depth > kMaxDepth || modules_.size() >= kMaxModules) {
      Fail("nests modules deeper than any model does");
    }
    const std::size_t index = modules_.size();
    modules_.push_back({path, "", "", {}});
    Name(module.ClassName(), &modules_.back());
    if (module.state == nullptr || !module.state->Is(ValueKind::kDict)) return;
    const std::vector<const Value*>& items = module.state->items;
    // Shared values count once per module, so that few bytes cannot describe
    // many modules.
    items_ += items.size();
    if (items_ > kMaxItems) Fail("holds absurdly many attributes");
    std::set<std::string_view> names;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      if (!items[i]->Is(ValueKind::kString)) continue;
      const std::string& name = items[i]->text;
      if (name.size() > kMaxName) Fail("has an attribute of absurd length");
      if (!names.insert(name).second) Fail("names an attribute twice");
      const Value& value = *items[i + 1];
      const std::string full = path.empty() ? name : path + "." + name;
      if (full.size() > kMaxPath) Fail("has a path of absurd length");
      if (IsModule(value)) {
        Add(value, full, depth + 1);
      } else if (value.ClassName() == "torch._utils._rebuild_tensor_v2") {
        if (++tensors_ > kMaxTensors) Fail("holds absurdly many tensors");
        modules_[index].tensors.emplace_back(
            name, formats::ReadTensor(value, place_, full));
      }
    }
  }

  // "__torch__.torch.nn.modules.conv.___torch_mangle_6.Conv2d" is a Conv2d of
  // torch.nn.modules.conv.
  static void Name(std::string_view name, ModuleFacts* facts) {
    name.remove_prefix(std::string_view("__torch__.").size());
    const std::size_t dot = name.rfind('.');
    facts->type = name.substr(dot == std::string_view::npos ? 0 : dot + 1);
    std::string_view owner =
        dot == std::string_view::npos ? "" : name.substr(0, dot);
    if (const std::size_t mangle = owner.rfind(".___torch_mangle_");
        mangle != std::string_view::npos) {
      owner = owner.substr(0, mangle);
    }
    facts->owner = owner;
    // Classes of ours that are alike but not the same: "Chain4".
    if (owner == "yolotorch" || owner.starts_with("yolotorch.")) {
      while (facts->type.size() > 1 && std::isdigit(static_cast<unsigned char>(
                                           facts->type.back())) != 0) {
        facts->type.pop_back();
      }
    }
  }

  const formats::TensorPlace& place_;
  std::vector<ModuleFacts> modules_;
  std::size_t items_ = 0;
  std::size_t tensors_ = 0;
};

}  // namespace

int LayerOf(std::string_view path) {
  constexpr std::string_view kPrefix = "model.";
  if (!path.starts_with(kPrefix)) return -1;
  path.remove_prefix(kPrefix.size());
  if (path.empty() || std::isdigit(static_cast<unsigned char>(path[0])) == 0) {
    return -1;
  }
  int layer = -1;
  std::from_chars(path.data(), path.data() + path.size(), layer);
  return layer;
}

std::vector<ModuleFacts> ReadModuleTree(const formats::Pickle& pickle,
                                        const formats::TensorPlace& place) {
  std::vector<ModuleFacts> modules = ModuleReader(place).Read(pickle.root());
  for (ModuleFacts& module : modules) {
    for (const std::string_view wrapper : {"model.", "network."}) {
      if (module.path.starts_with(wrapper) &&
          LayerOf(std::string_view(module.path).substr(wrapper.size())) >= 0) {
        module.path.erase(0, wrapper.size());
        break;
      }
    }
  }
  return modules;
}

}  // namespace yolotorch::gate

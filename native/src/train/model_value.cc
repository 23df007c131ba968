// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/model_value.h"

#include <utility>
#include <vector>

#include "graph/task_table.h"
#include "train/saved_rows.h"
#include "train/yaml_value.h"

namespace yolotorch::train {
namespace {

using formats::PickleValues;
using formats::Value;
using graph::SavedModule;
using nlohmann::ordered_json;

class ModelMaker {
 public:
  ModelMaker(const std::map<int, std::string>& names,
             const ordered_json& arguments, ModuleValues* modules,
             PickleValues* values)
      : names_(names),
        arguments_(arguments),
        modules_(*modules),
        values_(*values) {}

  const Value* Make(const graph::Network& network) {
    const SavedModule saved = network.Save();
    const graph::Architecture architecture =
        WithArguments(network.architecture(), saved);
    const SavedModule& list = saved.Child("model");
    const SavedModule& head = list.children.back();
    const Task task = *graph::TaskOfHead(head.kind());
    items_ =
        modules_.Common({}, {}, {values_.Text("model"), modules_.Make(list)},
                        /*training=*/false);
    Add("yaml", YamlValue(architecture, &values_));
    Add("save", Wholes(SavedLayers(architecture)));
    if (task == Task::kClassify) {
      AddOfClassifier();
    } else {
      AddOfDetector(architecture.classes, head.numbers.find("stride")->second);
    }
    Add("task", values_.Text(graph::TraitsOf(task).name));
    if (task == Task::kPose) {
      Add("kpt_shape",
          Wholes({architecture.keypoints, architecture.keypoint_values}));
    }
    return values_.Object(saved.type, values_.Dict(std::move(items_)));
  }

 private:
  void Add(std::string_view name, const Value* value) {
    items_.push_back(values_.Text(name));
    items_.push_back(value);
  }

  const Value* Wholes(const std::vector<int>& numbers) {
    PickleValues::Items items;
    for (const int number : numbers) items.push_back(values_.Int(number));
    return values_.List(std::move(items));
  }

  void AddNames() {
    PickleValues::Items items;
    for (const auto& [id, name] : names_) {
      items.push_back(values_.Int(id));
      items.push_back(values_.Text(name));
    }
    Add("names", values_.Dict(std::move(items)));
  }

  void AddOfDetector(int classes, const std::vector<double>& strides) {
    AddNames();
    Add("inplace", values_.Bool(true));
    Add("end2end", values_.Bool(false));
    Add("stride", modules_.Tensor(strides, at::kFloat));
    Add("nc", values_.Int(classes));
    Add("args", JsonValue(arguments_, &values_));
    Add("criterion", values_.None());
  }

  void AddOfClassifier() {
    Add("stride", modules_.Tensor({1}, at::kFloat));
    AddNames();
    Add("transforms", Transforms());
    Add("criterion", values_.None());
    Add("args", JsonValue(arguments_, &values_));
  }

  [[nodiscard]] int Side() const {
    const auto found = arguments_.find("imgsz");
    if (found != arguments_.end()) {
      const ordered_json& first =
          found->is_array() && !found->empty() ? found->front() : *found;
      if (first.is_number()) return first.get<int>();
    }
    return graph::TraitsOf(Task::kClassify).imgsz;
  }

  // How pictures are prepared, which Ultralytics takes from the model: the
  // shorter side resized, the middle cut out, in [0, 1].
  const Value* Transforms() {
    const std::string package = "torchvision.transforms.";
    const Value* side = values_.Int(Side());
    const auto make = [&](std::string_view name, PickleValues::Items own) {
      PickleValues::Items all = modules_.Common({}, {}, {}, /*training=*/true);
      all.insert(all.end(), own.begin(), own.end());
      return values_.Object(package + "transforms." + std::string(name),
                            values_.Dict(std::move(all)));
    };
    const Value* bilinear =
        values_.Call("__builtin__.getattr",
                     {values_.Global(package + "functional.InterpolationMode"),
                      values_.Text("BILINEAR")});
    const PickleValues::Items steps = {
        make("Resize", {values_.Text("size"), side, values_.Text("max_size"),
                        values_.None(), values_.Text("interpolation"), bilinear,
                        values_.Text("antialias"), values_.Bool(true)}),
        make("CenterCrop", {values_.Text("size"), values_.Tuple({side, side})}),
        values_.Object(package + "transforms.ToTensor", nullptr),
        make("Normalize",
             {values_.Text("mean"), modules_.Tensor({0, 0, 0}, at::kFloat),
              values_.Text("std"), modules_.Tensor({1, 1, 1}, at::kFloat),
              values_.Text("inplace"), values_.Bool(false)})};
    return values_.Object(
        package + "transforms.Compose",
        values_.Dict({values_.Text("transforms"), values_.List(steps)}));
  }

  const std::map<int, std::string>& names_;
  const ordered_json& arguments_;
  ModuleValues& modules_;
  PickleValues& values_;
  PickleValues::Items items_;
};

}  // namespace

const Value* JsonValue(const ordered_json& json, PickleValues* values) {
  PickleValues::Items items;
  switch (json.type()) {
    case ordered_json::value_t::boolean:
      return values->Bool(json.get<bool>());
    case ordered_json::value_t::number_integer:
    case ordered_json::value_t::number_unsigned:
      return values->Int(json.get<std::int64_t>());
    case ordered_json::value_t::number_float:
      return values->Float(json.get<double>());
    case ordered_json::value_t::string:
      return values->Text(json.get_ref<const std::string&>());
    case ordered_json::value_t::array:
      for (const ordered_json& item : json) {
        items.push_back(JsonValue(item, values));
      }
      return values->List(std::move(items));
    case ordered_json::value_t::object:
      for (const auto& [key, item] : json.items()) {
        items.push_back(values->Text(key));
        items.push_back(JsonValue(item, values));
      }
      return values->Dict(std::move(items));
    default:
      return values->None();
  }
}

const Value* ModelValue(const graph::Network& network,
                        const std::map<int, std::string>& names,
                        const ordered_json& arguments, ModuleValues* modules,
                        PickleValues* values) {
  return ModelMaker(names, arguments, modules, values).Make(network);
}

}  // namespace yolotorch::train

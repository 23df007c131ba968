// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/network.h"
#include "graph/saving.h"
#include "graph/task_table.h"

namespace yolotorch::graph {
namespace {

// An activation that convolutions share counts once.
double CountLearned(const torch::nn::Module& layer) {
  double count = 0;
  std::set<const void*> counted;
  for (const Tensor& parameter : layer.parameters()) {
    if (counted.insert(parameter.unsafeGetTensorImpl()).second) {
      count += static_cast<double>(parameter.numel());
    }
  }
  return count;
}

// What the pickle says of every layer: its inputs, number of parameters, and
// class; of repeated modules the class of one.
void LabelLayer(const Row& row, double parameters, SavedModule* layer) {
  const bool repeated =
      layer->kind() == "Sequential" && !layer->children.empty();
  layer->numbers["np"] = {parameters};
  layer->numbers["i"] = {std::stod(layer->name)};
  layer->numbers["f"] = {row.from.begin(), row.from.end()};
  layer->texts["type"] = repeated ? layer->children[0].type : layer->type;
}

void SetPaths(const std::string& path, SavedModule* saved) {
  saved->file = "the network";
  saved->path = path;
  for (SavedModule& child : saved->children) {
    SetPaths(path.empty() ? child.name : path + "." + child.name, &child);
  }
}

}  // namespace

SavedModule Network::Save() const {
  const std::vector<Row>& rows = architecture_.rows;
  SavedModule list = MakeSaved("model", "Sequential");
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const std::string name = std::to_string(i);
    const std::shared_ptr<Block>& block = layers_[i].block;
    SavedModule layer =
        block == nullptr ? MakeSaved(name, "Concat") : SaveBlock(name, *block);
    LabelLayer(rows[i], block == nullptr ? 0 : CountLearned(*block), &layer);
    list.children.push_back(std::move(layer));
  }
  SavedModule head;
  head.name = std::to_string(layers_.size());
  head_->Save(&head);
  LabelLayer(rows.back(), CountLearned(*head_), &head);
  list.children.push_back(std::move(head));

  SavedModule root;
  const Task task = *TaskOfHead(list.children.back().kind());
  root.type = "ultralytics.nn.tasks." + std::string(TraitsOf(task).model);
  root.children.push_back(std::move(list));
  SetPaths("", &root);
  return root;
}

}  // namespace yolotorch::graph

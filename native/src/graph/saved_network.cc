// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "graph/network.h"
#include "graph/saved_blocks.h"
#include "graph/saved_heads.h"
#include "graph/saved_module.h"
#include "graph/task_table.h"
#include "graph/weight_budget.h"
#include "libtorch/errors.h"

namespace yolotorch::graph {
namespace {

// Side of the input that every layer is tried with: a multiple of the largest
// stride.
constexpr std::int64_t kProbeSide = 128;

// The name that a yaml has for a layer: "Conv", "nn.Upsample".
std::string RowName(const SavedModule& saved) {
  const bool plain = saved.type.starts_with("torch.nn.");
  return (plain ? "nn." : "") + std::string(saved.kind());
}

// The first convolution says how many channels a picture has.
const SavedModule* FirstConvolution(const SavedModule& saved) {
  if (saved.kind() == "Conv2d") return &saved;
  for (const SavedModule& child : saved.children) {
    const SavedModule* found = FirstConvolution(child);
    if (found != nullptr) return found;
  }
  return nullptr;
}

// Runs a part on small feature maps and says in one sentence why it cannot.
template <typename Work>
auto Try(const SavedModule& saved, const Work& work) {
  try {
    return work();
  } catch (const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    if (libtorch::TellsOfMemory(text)) throw;
    saved.Fail("does not fit the layers before it: " + libtorch::CauseIn(text));
  }
}

std::vector<int> InputsOf(const SavedModule& saved) {
  const auto found = saved.numbers.find("f");
  if (found == saved.numbers.end()) return {-1};
  std::vector<int> from;
  for (const double number : found->second) {
    if (!(std::abs(number) <= 1000) || number != std::floor(number)) {
      saved.Fail("takes its input from no layer");
    }
    from.push_back(static_cast<int>(number));
  }
  if (from.empty()) saved.Fail("has no input");
  return from;
}

}  // namespace

Network::Network(const SavedModule& saved, Architecture architecture)
    : architecture_(std::move(architecture)) {
  const at::NoGradGuard no_grad;
  const WeightBudget budget;
  saved.ExpectForward({});
  const SavedModule& list = saved.Child("model");
  list.ExpectForward({});
  if (list.children.empty()) list.Fail("has no layers");
  if (const SavedModule* first = FirstConvolution(list.children[0])) {
    const std::int64_t groups = first->Whole("groups", 1, 1, 65'536);
    const std::int64_t channels = first->Shape("weight", 4)[1] * groups;
    if (channels > 1'024) first->Fail("takes more than 1024 channels");
    architecture_.channels = static_cast<int>(channels);
  }
  std::vector<Row> told = std::move(architecture_.rows);
  architecture_.rows.clear();
  model_ = register_module("model", std::make_shared<torch::nn::Module>());
  const Tensor picture =
      at::zeros({1, architecture_.channels, kProbeSide, kProbeSide});
  std::vector<Tensor> outputs;
  for (const SavedModule& layer : list.children) {
    if (head_ != nullptr) layer.Fail("comes after the head");
    AddSaved(layer, picture, &outputs);
  }
  if (head_ == nullptr) {
    list.children.back().Fail(
        "is no head; expected Detect, Segment, Pose, OBB or Classify");
  }
  RecallRows(std::move(told), std::exchange(architecture_.backbone, 0));
  MarkSaved();
  for (Tensor& parameter : parameters()) parameter.requires_grad_(false);
  eval();
}

void Network::RecallRows(std::vector<Row> told, std::size_t backbone) {
  const std::vector<Row>& rows = architecture_.rows;
  const bool same = std::equal(
      rows.begin(), rows.end(), told.begin(), told.end(),
      [](const Row& row, const Row& other) {
        const bool repeated = row.module == "nn.Sequential";
        return row.from == other.from &&
               (row.module == other.module || (repeated && other.repeats > 1));
      });
  if (!same) return;
  architecture_.rows = std::move(told);
  architecture_.backbone = backbone;
}

void Network::AddSaved(const SavedModule& saved, const Tensor& picture,
                       std::vector<Tensor>* outputs) {
  const int index = static_cast<int>(layers_.size());
  Row row;
  row.from = InputsOf(saved);
  row.module = RowName(saved);
  Layer layer;
  std::vector<Tensor> inputs;
  for (const int relative : row.from) {
    const int from = relative < 0 ? index + relative : relative;
    if (from < -1 || from >= index || (from == -1 && index > 0)) {
      saved.Fail("takes its input from layer " + std::to_string(relative) +
                 ", which is not before it");
    }
    layer.from.push_back(from);
    inputs.push_back(from < 0 ? picture
                              : (*outputs)[static_cast<std::size_t>(from)]);
  }
  architecture_.rows.push_back(std::move(row));
  const std::string name = std::to_string(index);
  if (TaskOfHead(saved.kind())) {
    head_ = model_->register_module(name, BuildHead(saved, inputs));
    head_from_ = layer.from;
    Try(saved, [&] { return head_->Forward(inputs); });
    return;
  }
  Tensor output;
  if (saved.kind() == "Concat") {
    if (saved.Whole("d", 1, 0, 3) != 1) saved.Fail("joins along no channels");
    double values = 0;
    for (const Tensor& input : inputs) {
      values += static_cast<double>(input.numel());
    }
    WeightBudget::ChargeRun(values, 0);
    output = Try(saved, [&] { return at::cat(inputs, 1); });
  } else {
    if (inputs.size() != 1) saved.Fail("takes one input only");
    layer.block = model_->register_module(name, BuildBlock(saved));
    output = Try(saved, [&] { return layer.block->Forward(inputs[0]); });
  }
  layer.output.channels = output.size(1);
  layer.output.stride =
      static_cast<double>(kProbeSide) / static_cast<double>(output.size(2));
  layers_.push_back(std::move(layer));
  outputs->push_back(std::move(output));
}

std::shared_ptr<Head> Network::BuildHead(const SavedModule& saved,
                                         const std::vector<Tensor>& maps) {
  architecture_.classes = SavedClasses(saved);
  if (saved.kind() == "Classify") {
    if (maps.size() != 1) saved.Fail("takes one feature map");
    return std::make_shared<Classify>(saved);
  }
  HeadOptions options;
  options.classes = architecture_.classes;
  for (const Tensor& map : maps) {
    if (kProbeSide % map.size(2) != 0 || map.size(2) != map.size(3)) {
      saved.Fail("needs feature maps that the input's size is a multiple of");
    }
    options.strides.push_back(static_cast<double>(kProbeSide / map.size(2)));
  }
  if (saved.kind() == "Segment") {
    return std::make_shared<Segment>(saved, options);
  }
  if (saved.kind() == "Pose") {
    const auto shape = saved.numbers.find("kpt_shape");
    if (shape != saved.numbers.end()) {
      const auto both = saved.Pair("kpt_shape", 0, 1, 1'000);
      architecture_.keypoints = static_cast<int>(both[0]);
      architecture_.keypoint_values = static_cast<int>(both[1]);
    }
    options.keypoints = architecture_.keypoints;
    options.keypoint_values = architecture_.keypoint_values;
    if (options.keypoint_values != 2 && options.keypoint_values != 3) {
      saved.Fail("needs a kpt_shape of 2 or 3 values a keypoint, but it has " +
                 std::to_string(options.keypoint_values));
    }
    return std::make_shared<Pose>(saved, options);
  }
  if (saved.kind() == "OBB") return std::make_shared<Obb>(saved, options);
  return std::make_shared<Detect>(saved, options);
}

}  // namespace yolotorch::graph

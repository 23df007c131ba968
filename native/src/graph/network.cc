// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/network.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "graph/task_table.h"
#include "graph/weight_budget.h"
#include "yolotorch/error.h"

namespace yolotorch::graph {
namespace {

// PyTorch's initialisers draw from the process-wide generator: a scope seeds it
// and restores its state.
class SeedScope {
 public:
  explicit SeedScope(std::uint64_t seed)
      : turn_(Turn()), generator_(at::detail::getDefaultCPUGenerator()) {
    const std::lock_guard<std::mutex> lock(generator_.mutex());
    state_ = generator_.get_state();
    generator_.set_current_seed(seed);
  }
  ~SeedScope() {
    const std::lock_guard<std::mutex> lock(generator_.mutex());
    generator_.set_state(state_);
  }
  SeedScope(const SeedScope&) = delete;
  SeedScope& operator=(const SeedScope&) = delete;

 private:
  // Two networks that are built at the same time would share the sequence of
  // numbers.
  static std::mutex& Turn() {
    static auto* turn = new std::mutex;
    return *turn;
  }

  std::lock_guard<std::mutex> turn_;
  at::Generator generator_;
  Tensor state_;
};

std::int64_t IntAt(const Row& row, std::size_t index, std::int64_t fallback) {
  if (index >= row.arguments.size()) return fallback;
  const auto* value = std::get_if<std::int64_t>(&row.arguments[index]);
  return value == nullptr ? fallback : *value;
}

double NumberAt(const Row& row, std::size_t index, double fallback) {
  if (index >= row.arguments.size()) return fallback;
  if (const auto* value = std::get_if<double>(&row.arguments[index])) {
    return *value;
  }
  return static_cast<double>(IntAt(row, index, 0)) > 0
             ? static_cast<double>(IntAt(row, index, 0))
             : fallback;
}

bool FlagAt(const Row& row, std::size_t index, bool fallback) {
  if (index >= row.arguments.size()) return fallback;
  const auto* value = std::get_if<bool>(&row.arguments[index]);
  return value == nullptr ? fallback : *value;
}

}  // namespace

Network::Network(const Architecture& architecture, std::uint64_t seed)
    : architecture_(architecture) {
  const at::NoGradGuard no_grad;
  const SeedScope seeded(seed);
  const WeightBudget budget;
  model_ = register_module("model", std::make_shared<torch::nn::Module>());
  legacy_ = std::none_of(architecture_.rows.begin(), architecture_.rows.end(),
                         [](const Row& row) { return row.module == "C3k2"; });
  std::vector<Output> outputs;
  for (const Row& row : architecture_.rows) {
    if (head_ != nullptr) FailRow(row, "comes after the head");
    AddRow(row, &outputs);
  }
  if (head_ == nullptr) {
    throw Error(Code::kUnsupportedModel,
                "The model has no head; expected a last row such as Detect.");
  }
  MarkSaved();
  head_->InitializeBias();
  // PyTorch's default, which training a classifier keeps.
  if (architecture_.rows.back().module == "Classify") {
    ForEachConv([](const std::string&, Conv& conv) { conv.set_epsilon(1e-5); });
  }
  for (Tensor& parameter : parameters()) parameter.requires_grad_(false);
  eval();
}

void Network::MarkSaved() {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    for (const int from : layers_[i].from) {
      if (from >= 0 && static_cast<std::size_t>(from) + 1 != i) {
        layers_[static_cast<std::size_t>(from)].saved = true;
      }
    }
  }
  for (const int from : head_from_) {
    layers_[static_cast<std::size_t>(from)].saved = true;
  }
}

void Network::FailRow(const Row& row, const std::string& why) const {
  throw Error(Code::kUnsupportedModel, "Row " + std::to_string(layers_.size()) +
                                           " of the model (" + row.module +
                                           ") " + why + ".");
}

std::int64_t Network::ScaleChannels(std::int64_t channels) const {
  if (channels == architecture_.classes) return channels;
  const auto capped = static_cast<double>(
      std::min<std::int64_t>(channels, architecture_.max_channels));
  return static_cast<std::int64_t>(
             std::ceil(capped * architecture_.width / 8)) *
         8;
}

void Network::AddRow(const Row& row, std::vector<Output>* outputs) {
  const int index = static_cast<int>(layers_.size());
  Layer layer;
  std::vector<Output> inputs;
  for (const int relative : row.from) {
    const int from = relative < 0 ? index + relative : relative;
    if (from < -1 || from >= index || (from == -1 && index > 0)) {
      FailRow(row, "takes its input from row " + std::to_string(relative) +
                       ", which is not before it");
    }
    layer.from.push_back(from);
    inputs.push_back(from < 0 ? Output{architecture_.channels, 1}
                              : (*outputs)[static_cast<std::size_t>(from)]);
  }
  if (inputs.empty()) FailRow(row, "has no input");
  const std::string name = std::to_string(index);
  if (TaskOfHead(row.module)) {
    head_ = model_->register_module(name, MakeHead(row, inputs));
    head_from_ = layer.from;
    return;
  }
  Output out = inputs[0];
  if (row.module == "Concat") {
    out.channels = 0;
    for (const Output& input : inputs) {
      if (input.stride != out.stride) {
        FailRow(row, "joins feature maps of different sizes");
      }
      out.channels += input.channels;
    }
  } else {
    if (inputs.size() != 1) FailRow(row, "takes one input only");
    layer.block = MakeBlock(row, inputs[0].channels, &out.channels);
    model_->register_module(name, layer.block);
    if (row.module == "nn.Upsample") out.stride /= 2;
    if (row.module == "Conv") {
      out.stride *= static_cast<double>(IntAt(row, 2, 1));
    }
  }
  layer.output = out;
  layers_.push_back(std::move(layer));
  outputs->push_back(out);
}

std::shared_ptr<Head> Network::MakeHead(const Row& row,
                                        const std::vector<Output>& maps) const {
  if (row.module == "Classify") {
    if (maps.size() != 1) FailRow(row, "takes one feature map");
    return std::make_shared<Classify>(architecture_.classes, maps[0].channels);
  }
  if (maps.size() != 3) FailRow(row, "needs three feature maps");
  std::vector<std::int64_t> inputs;
  double stride = 8;
  for (const Output& map : maps) {
    if (map.stride != stride) {
      FailRow(row, "needs feature maps of strides 8, 16 and 32");
    }
    inputs.push_back(map.channels);
    stride *= 2;
  }
  HeadOptions options;
  options.classes = architecture_.classes;
  options.legacy = legacy_;
  if (row.module == "Segment") {
    options.mask_coefficients = IntAt(row, 1, 32);
    const std::int64_t width = IntAt(row, 2, 256);
    if (options.mask_coefficients < 1 || options.mask_coefficients > 1024 ||
        width < 1 || width > 65'536) {
      FailRow(row, "asks for a number of masks that makes no sense");
    }
    options.prototype_width = ScaleChannels(width);
    return std::make_shared<Segment>(options, inputs);
  }
  if (row.module == "Pose") {
    options.keypoints = architecture_.keypoints;
    options.keypoint_values = architecture_.keypoint_values;
    if (options.keypoints < 1 || options.keypoints > 1000 ||
        (options.keypoint_values != 2 && options.keypoint_values != 3)) {
      FailRow(row,
              "needs a kpt_shape of [1 to 1000 keypoints, 2 or 3 values], but "
              "it is [" +
                  std::to_string(options.keypoints) + ", " +
                  std::to_string(options.keypoint_values) + "]");
    }
    return std::make_shared<Pose>(options, inputs);
  }
  if (row.module == "OBB") return std::make_shared<Obb>(options, inputs);
  return std::make_shared<Detect>(options, inputs);
}

std::shared_ptr<Block> Network::MakeBlock(const Row& row, std::int64_t in,
                                          std::int64_t* out) const {
  if (row.module == "nn.Upsample") {
    if (IntAt(row, 1, 2) != 2)
      FailRow(row, "enlarges by another factor than 2");
    return std::make_shared<Upsample>();
  }
  const std::int64_t wanted = IntAt(row, 0, 0);
  if (wanted < 1 || wanted > 65'536) {
    FailRow(row, "does not say its number of channels");
  }
  *out = ScaleChannels(wanted);
  // Python rounds half to even, as nearbyint does.
  const int repeats = row.repeats > 1
                          ? std::max(1, static_cast<int>(std::nearbyint(
                                            row.repeats * architecture_.depth)))
                          : 1;
  if (row.module == "C3k2" || row.module == "C2f") {
    C2f::Options options{.repeats = repeats};
    if (row.module == "C3k2") {
      const bool large = architecture_.scale == 'm' ||
                         architecture_.scale == 'l' ||
                         architecture_.scale == 'x';
      options.inner = large || FlagAt(row, 1, false)
                          ? C2f::Inner::kC3k
                          : C2f::Inner::kSlimBottleneck;
      options.expansion = NumberAt(row, 2, 0.5);
    } else {
      options.shortcut = FlagAt(row, 1, false);
    }
    return std::make_shared<C2f>(in, *out, options);
  }
  if (row.module == "C2PSA") {
    if (in != *out) FailRow(row, "must not change the number of channels");
    return std::make_shared<C2psa>(in, repeats);
  }
  if (repeats != 1) FailRow(row, "cannot be repeated");
  if (row.module == "Conv") {
    return std::make_shared<Conv>(
        in, *out,
        Conv::Options{.kernel = IntAt(row, 1, 1), .stride = IntAt(row, 2, 1)});
  }
  if (row.module == "SPPF") {
    return std::make_shared<Sppf>(in, *out, IntAt(row, 1, 5));
  }
  FailRow(row,
          "is of a kind that is not built in; expected Conv, C3k2, C2f, SPPF, "
          "C2PSA, nn.Upsample, Concat, Detect, Segment, Pose, OBB or Classify");
}

void Network::ForEachConv(
    const std::function<void(const std::string&, Conv&)>& visit) {
  for (const auto& item : named_modules("", /*include_self=*/false)) {
    if (auto* conv = dynamic_cast<Conv*>(item.value().get())) {
      visit(item.key(), *conv);
    }
  }
}

void Network::Fuse() {
  const at::NoGradGuard no_grad;
  ForEachConv([](const std::string&, Conv& conv) { conv.Fuse(); });
  for (Tensor& parameter : parameters()) parameter.requires_grad_(false);
}

void Network::FixSize(std::int64_t height, std::int64_t width) {
  const at::NoGradGuard no_grad;
  head_->FixSize({{height / 8, width / 8},
                  {height / 16, width / 16},
                  {height / 32, width / 32}});
}

void Network::FreeSize() { head_->FixSize({}); }

std::vector<Tensor> Network::Forward(const Tensor& x) {
  return ForwardPart(x, 0, static_cast<int>(layers_.size()));
}

std::vector<Tensor> Network::ForwardPart(const Tensor& x, int first, int last) {
  std::vector<Tensor> outputs(layers_.size());
  Tensor previous = x;  // the output of layer i - 1
  const auto input = [&](int from, std::size_t i) {
    return from == static_cast<int>(i) - 1
               ? previous
               : outputs[static_cast<std::size_t>(from)];
  };
  const auto count = static_cast<int>(layers_.size());
  for (int i = first; i <= std::min(last, count - 1); ++i) {
    const auto index = static_cast<std::size_t>(i);
    const Layer& layer = layers_[index];
    if (layer.block != nullptr) {
      previous = layer.block->Forward(input(layer.from[0], index));
    } else {
      std::vector<Tensor> parts;
      for (const int from : layer.from) parts.push_back(input(from, index));
      previous = at::cat(parts, 1);
    }
    if (layer.saved) outputs[index] = previous;
  }
  if (last < count) return {previous};
  std::vector<Tensor> maps;
  for (const int from : head_from_) maps.push_back(input(from, layers_.size()));
  return head_->Forward(maps);
}

void Network::CheckPart(int first, int last) const {
  const auto count = static_cast<int>(layers_.size());
  if (first < 0 || first > last || last > count) {
    throw Error(Code::kInvalidArgument,
                "layers must be FIRST-LAST with 0 <= FIRST <= LAST <= " +
                    std::to_string(count) + ", but is " +
                    std::to_string(first) + "-" + std::to_string(last) + ".");
  }
  for (int i = first; i <= last; ++i) {
    const std::vector<int>& sources =
        i < count ? layers_[static_cast<std::size_t>(i)].from : head_from_;
    for (const int from : sources) {
      if (from < first - 1 || (i > first && from < first)) {
        throw Error(Code::kInvalidArgument,
                    "layers=" + std::to_string(first) + "-" +
                        std::to_string(last) + " cannot stand alone: layer " +
                        std::to_string(i) + " needs layer " +
                        std::to_string(from) + "; begin there or earlier.");
      }
    }
  }
}

std::pair<std::int64_t, std::int64_t> Network::PartInput(int first) const {
  if (first == 0) return {architecture_.channels, 1};
  const Output& output = layers_[static_cast<std::size_t>(first) - 1].output;
  return {output.channels, static_cast<std::int64_t>(output.stride)};
}

std::int64_t Network::CountParameters() const {
  std::int64_t count = 0;
  for (const Tensor& parameter : parameters()) count += parameter.numel();
  return count;
}

}  // namespace yolotorch::graph

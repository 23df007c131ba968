// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/network.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <set>

#include "graph/row_builder.h"
#include "graph/task_table.h"
#include "graph/weight_budget.h"
#include "libtorch/errors.h"
#include "yolotorch/error.h"

namespace yolotorch::graph {
namespace {

// Side of the input for which the sizes of feature maps are computed: strides
// up to it divide it.
constexpr std::int64_t kMeasuredSide = 256;
constexpr std::int64_t kMaxMeasured = 4 * kMeasuredSide;
// Ultralytics rounds sizes to this even if all feature maps are finer.
constexpr double kLeastStride = 32;

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

// Input pixels per cell of a feature map of `side` cells.
double StrideOf(std::int64_t side) {
  return static_cast<double>(kMeasuredSide) / static_cast<double>(side);
}

// Makes a layer and says in one sentence why LibTorch refuses its sizes.
template <typename Work>
auto MakePart(const RowBuilder& builder, const Work& make) {
  try {
    return make();
  } catch (const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    if (libtorch::TellsOfMemory(text)) throw;
    builder.Fail("cannot be built: " + libtorch::CauseIn(text));
  }
}

}  // namespace

Network::Network(const Architecture& architecture, std::uint64_t seed)
    : architecture_(architecture) {
  const at::NoGradGuard no_grad;
  const SeedScope seeded(seed);
  const WeightBudget budget;
  model_ = register_module("model", std::make_shared<torch::nn::Module>());
  std::vector<Output> outputs;
  for (const Row& row : architecture_.rows) {
    if (head_ != nullptr) {
      RowBuilder(architecture_, row, static_cast<int>(layers_.size()))
          .Fail("comes after the head");
    };
    AddRow(row, &outputs);
  }
  if (head_ == nullptr) {
    throw Error(Code::kUnsupportedModel,
                "The model has no head; expected a last row such as Detect.");
  }
  MarkSaved();
  head_->InitializeBias();
  UseActivation();
  // PyTorch's default, which training a classifier keeps.
  if (architecture_.rows.back().module == "Classify") {
    ForEachConv(
        [](const std::string&, Conv& conv) { conv.set_norm(1e-5, 0.1); });
  }
  for (Tensor& parameter : parameters()) parameter.requires_grad_(false);
  eval();
}

// One instance for all, as Ultralytics does it: what it learns counts once.
void Network::UseActivation() {
  if (architecture_.activation.name == ActivationChoice().name) return;
  const auto activation =
      std::make_shared<Activation>(architecture_.activation);
  ForEachConv(
      [&](const std::string&, Conv& conv) { conv.set_activation(activation); });
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

void Network::AddRow(const Row& row, std::vector<Output>* outputs) {
  const int index = static_cast<int>(layers_.size());
  const RowBuilder builder(architecture_, row, index);
  Layer layer;
  std::vector<Output> inputs;
  for (const int relative : row.from) {
    const int from = relative < 0 ? index + relative : relative;
    if (from < -1 || from >= index || (from == -1 && index > 0)) {
      builder.Fail("takes its input from row " + std::to_string(relative) +
                   ", which is not before it");
    }
    layer.from.push_back(from);
    inputs.push_back(from < 0 ? Output{architecture_.channels, 1, kMeasuredSide}
                              : (*outputs)[static_cast<std::size_t>(from)]);
  }
  if (inputs.empty()) builder.Fail("has no input");
  const std::string name = std::to_string(index);
  if (TaskOfHead(row.module)) {
    std::vector<std::int64_t> channels;
    std::vector<double> strides;
    for (const Output& input : inputs) {
      channels.push_back(input.channels);
      strides.push_back(input.stride);
    }
    head_ = model_->register_module(
        name,
        MakePart(builder, [&] { return builder.MakeHead(channels, strides); }));
    head_from_ = layer.from;
    return;
  }
  Output out = inputs[0];
  if (row.module == "Concat") {
    out.channels = 0;
    for (const Output& input : inputs) {
      if (input.side != out.side) {
        builder.Fail("joins feature maps of different sizes");
      }
      out.channels += input.channels;
    }
    builder.CheckConcat(out.channels);
  } else {
    if (inputs.size() != 1) builder.Fail("takes one input only");
    layer.block = MakePart(builder, [&] {
      return builder.MakeBlock(inputs[0].channels, &out.channels);
    });
    model_->register_module(name, layer.block);
    out.side = layer.block->OutputSide(out.side);
    if (out.side < 1 || out.side > kMaxMeasured) {
      builder.Fail("leaves no feature map of a sensible size");
    }
    out.stride = StrideOf(out.side);
  }
  layer.output = out;
  layers_.push_back(std::move(layer));
  outputs->push_back(out);
}

std::int64_t Network::stride() const {
  if (dynamic_cast<const Classify*>(head_.get()) != nullptr) return 1;
  double largest = kLeastStride;
  for (const Layer& layer : layers_) {
    largest = std::max(largest, layer.output.stride);
  }
  return static_cast<std::int64_t>(std::ceil(largest));
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
  std::vector<MapSize> sizes;
  for (const int from : head_from_) {
    const double stride = layers_[static_cast<std::size_t>(from)].output.stride;
    sizes.emplace_back(std::llround(static_cast<double>(height) / stride),
                       std::llround(static_cast<double>(width) / stride));
  }
  head_->FixSize(sizes);
}

void Network::FreeSize() { head_->FixSize({}); }

std::vector<Tensor> Network::Forward(const Tensor& x) {
  return ForwardPart(x, 0, static_cast<int>(layers_.size()));
}

std::vector<Tensor> Network::ForwardRaw(const Tensor& x) {
  std::vector<Tensor> outputs(layers_.size());
  const int last = static_cast<int>(layers_.size()) - 1;
  return head_->Raw(HeadInput(Run(x, 0, last, &outputs), outputs));
}

std::vector<Tensor> Network::ForwardPart(const Tensor& x, int first, int last) {
  std::vector<Tensor> outputs(layers_.size());
  const auto count = static_cast<int>(layers_.size());
  Tensor previous = Run(x, first, std::min(last, count - 1), &outputs);
  if (last < count) return {previous};
  return head_->Forward(HeadInput(previous, outputs));
}

Tensor Network::Run(const Tensor& x, int first, int last,
                    std::vector<Tensor>* outputs) {
  Tensor previous = x;  // the output of layer i - 1
  for (int i = first; i <= last; ++i) {
    const auto input = [&](int from) {
      return from == i - 1 ? previous
                           : (*outputs)[static_cast<std::size_t>(from)];
    };
    const Layer& layer = layers_[static_cast<std::size_t>(i)];
    if (layer.block != nullptr) {
      previous = layer.block->Forward(input(layer.from[0]));
    } else {
      std::vector<Tensor> parts;
      for (const int from : layer.from) parts.push_back(input(from));
      previous = at::cat(parts, 1);
    }
    if (layer.saved) (*outputs)[static_cast<std::size_t>(i)] = previous;
  }
  return previous;
}

std::vector<Tensor> Network::HeadInput(
    const Tensor& previous, const std::vector<Tensor>& outputs) const {
  std::vector<Tensor> maps;
  for (const int from : head_from_) {
    const bool last = from == static_cast<int>(layers_.size()) - 1;
    maps.push_back(last ? previous : outputs[static_cast<std::size_t>(from)]);
  }
  return maps;
}

std::vector<double> Network::LevelStrides() const {
  const auto* detect = dynamic_cast<const Detect*>(head_.get());
  return detect == nullptr ? std::vector<double>() : detect->level_strides();
}

void Network::set_dropout(double probability) {
  auto* classify = dynamic_cast<Classify*>(head_.get());
  if (classify != nullptr) classify->set_dropout(probability);
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

std::vector<std::int64_t> Network::PartInput(int first, std::int64_t height,
                                             std::int64_t width) const {
  if (first == 0) return {architecture_.channels, height, width};
  const Output& output = layers_[static_cast<std::size_t>(first) - 1].output;
  return {output.channels,
          std::llround(static_cast<double>(height) / output.stride),
          std::llround(static_cast<double>(width) / output.stride)};
}

std::int64_t Network::CountParameters() const {
  std::int64_t count = 0;
  std::set<const void*> counted;  // activations share what they learn
  for (const Tensor& parameter : parameters()) {
    if (counted.insert(parameter.unsafeGetTensorImpl()).second) {
      count += parameter.numel();
    }
  }
  return count;
}

}  // namespace yolotorch::graph

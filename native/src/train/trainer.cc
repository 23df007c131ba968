// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/trainer.h"

#include <ATen/autocast_mode.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/utils/clip_grad.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "yolotorch/error.h"

namespace yolotorch::train {
namespace {

constexpr double kLargestNorm = 10;  // of all gradients together
constexpr std::string_view kBins = ".dfl.";

constexpr std::string_view kAverage = "ema/";
constexpr std::string_view kValue = "model/";
constexpr std::string_view kGradient = "gradient/";
constexpr std::string_view kOptimizer = "optimizer/";
constexpr const char* kCounters = "counters";

// Convolutions and products run in bfloat16 within its scope.
class Autocast {
 public:
  Autocast(bool enabled, at::DeviceType device)
      : enabled_(enabled), device_(device) {
    if (!enabled_) return;
    before_ = at::autocast::is_autocast_enabled(device_);
    at::autocast::set_autocast_enabled(device_, true);
    at::autocast::set_autocast_dtype(device_, at::kBFloat16);
    at::autocast::increment_nesting();
  }
  ~Autocast() {
    if (!enabled_) return;
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(device_, before_);
  }
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  bool enabled_;
  bool before_ = false;
  at::DeviceType device_;
};

at::Device DeviceOf(const graph::Network& network) {
  return network.parameters()[0].device();
}

std::string Key(std::string_view kind, const std::string& name) {
  return std::string(kind) + name;
}

}  // namespace

AutomaticOptimizer ChooseOptimizer(std::int64_t pictures, int batch, int nbs,
                                   int epochs, int classes) {
  constexpr std::int64_t kManySteps = 10'000;
  const std::int64_t per_step = std::max(batch, nbs);
  const std::int64_t steps =
      (pictures + per_step - 1) / per_step * std::int64_t{epochs};
  if (steps > kManySteps) return {"SGD", 0.01, 0.9};
  const double lr = 0.002 * 5 / (4 + classes);
  return {"AdamW", std::round(lr * 1e6) / 1e6, 0.9};
}

Trainer::Trainer(std::shared_ptr<graph::Network> network,
                 std::shared_ptr<graph::Network> average,
                 const TrainerOptions& options)
    : options_(options),
      network_(std::move(network)),
      average_(std::move(average)),
      loss_(LossFunction::Make(options.task, options.gains,
                               network_->LevelStrides(),
                               network_->architecture().keypoints)),
      ema_(*network_, average_.get()) {
  network_->set_dropout(options_.dropout);
  network_->FreeSize();
  average_->FreeSize();
  average_->eval();
  Freeze();
  optimizer_ = MakeOptimizer();
  StartEpoch(0, options_.schedule.epochs);
}

// The bins of the distributions never learn.
void Trainer::Freeze() {
  for (auto& item : network_->named_parameters()) {
    const std::string& name = item.key();
    const bool frozen =
        name.find(kBins) != std::string::npos ||
        std::any_of(
            options_.freeze.begin(), options_.freeze.end(),
            [&](const std::string& start) { return name.starts_with(start); });
    item.value().requires_grad_(!frozen);
  }
}

// Biases, other weights, and weights of normalisations.
std::unique_ptr<Optimizer> Trainer::MakeOptimizer() {
  std::vector<ParameterGroup> groups(3);
  const ScheduleOptions& schedule = options_.schedule;
  groups[1].weight_decay = options_.weight_decay * schedule.batch *
                           static_cast<double>(Accumulation(schedule)) /
                           schedule.nbs;
  for (const auto& module :
       network_->named_modules("", /*include_self=*/false)) {
    const bool norm = dynamic_cast<torch::nn::BatchNorm2dImpl*>(
                          module.value().get()) != nullptr;
    for (const auto& item : module.value()->named_parameters(false)) {
      const std::string name = module.key() + "." + item.key();
      const bool bias = name.find("bias") != std::string::npos;
      groups[bias ? 0 : norm ? 2 : 1].parameters.push_back(item.value());
    }
  }
  std::ostringstream text;
  for (const ParameterGroup& group : groups) {
    text << group.parameters.size() << ' ';
  }
  text << groups[1].weight_decay;
  groups_ = text.str();
  return Optimizer::Make(options_.optimizer, std::move(groups), schedule.lr0,
                         schedule.momentum);
}

// A frozen normalisation keeps its statistics, too.
void Trainer::StartEpoch(int epoch, int epochs) {
  epoch_ = epoch;
  options_.schedule.epochs = epochs;
  network_->train();
  for (const auto& module : network_->named_modules()) {
    const std::string name = module.key() + ".";
    for (const std::string& start : options_.freeze) {
      if (name.starts_with(start)) module.value()->eval();
    }
  }
}

std::vector<double> Trainer::Learn(const Batch& batch, std::int64_t index) {
  rates_ = RatesAt(options_.schedule, epoch_, index);
  optimizer_->set_lr(0, rates_.bias_lr);
  optimizer_->set_lr(1, rates_.lr);
  optimizer_->set_lr(2, rates_.lr);
  optimizer_->set_momentum(rates_.momentum);
  const at::AutoGradMode gradients(true);
  Loss loss;
  {
    const Autocast autocast(options_.bfloat16, DeviceOf(*network_).type());
    // Products in bfloat16 are faster with the channels of a pixel together,
    // those in float32 are not.
    const Tensor images =
        options_.bfloat16
            ? batch.images.contiguous(at::MemoryFormat::ChannelsLast)
            : batch.images;
    loss = (*loss_)(network_->ForwardRaw(images), batch);
  }
  const std::vector<double> items = Items(loss);
  for (const double item : items) {
    if (!std::isfinite(item)) return items;
  }
  loss.total.backward();
  const std::int64_t done = index + options_.schedule.batches * epoch_;
  if (done - last_step_ >= rates_.accumulate) {
    Step();
    last_step_ = done;
  }
  return items;
}

void Trainer::Step() {
  gradient_norm_ =
      torch::nn::utils::clip_grad_norm_(network_->parameters(), kLargestNorm);
  optimizer_->Step();
  network_->zero_grad(/*set_to_none=*/true);
  ema_.Update();
}

std::vector<double> Trainer::Evaluate(const Batch& batch) {
  const at::NoGradGuard no_grad;
  return Items((*loss_)(average_->ForwardRaw(batch.images), batch));
}

std::vector<double> Trainer::Items(const Loss& loss) const {
  const Tensor items = loss.items.to(at::kCPU, at::kDouble).contiguous();
  const auto* values = items.const_data_ptr<double>();
  return {values, values + items.numel()};
}

std::map<std::string, Tensor> Trainer::State() const {
  std::map<std::string, Tensor> state;
  for (const auto& [name, tensor] : StateOf(*network_)) {
    state[Key(kValue, name)] = tensor.detach();
    const Tensor& gradient = tensor.grad();
    if (gradient.defined()) state[Key(kGradient, name)] = gradient;
  }
  for (const auto& [name, tensor] : StateOf(*average_)) {
    state[Key(kAverage, name)] = tensor.detach();
  }
  for (const auto& [name, tensor] : optimizer_->State()) {
    state[Key(kOptimizer, name)] = tensor;
  }
  state[kCounters] = at::tensor({ema_.updates(), last_step_}, at::kLong);
  return state;
}

void Trainer::Restore(const std::map<std::string, Tensor>& state) {
  const at::NoGradGuard no_grad;
  const auto need = [&](const std::string& name, at::IntArrayRef sizes) {
    const auto found = state.find(name);
    if (found == state.end() || found->second.sizes() != sizes) {
      throw Error(Code::kCorruptModel,
                  "The state of a training must hold '" + name +
                      "' of the network's size, but does not; resume from the "
                      "last.pt that this training wrote.");
    }
    return found->second;
  };
  for (const auto& [name, tensor] : StateOf(*network_)) {
    tensor.copy_(need(Key(kValue, name), tensor.sizes()));
  }
  for (const auto& [name, tensor] : StateOf(*average_)) {
    tensor.copy_(need(Key(kAverage, name), tensor.sizes()));
  }
  std::map<std::string, Tensor> remembered;
  for (const auto& [name, tensor] : state) {
    if (name.starts_with(kOptimizer)) {
      remembered[name.substr(kOptimizer.size())] = tensor;
    }
  }
  optimizer_->Restore(remembered);
  for (auto& item : network_->named_parameters()) {
    const std::string name = Key(kGradient, item.key());
    if (state.count(name) == 0) continue;
    item.value().mutable_grad() =
        need(name, item.value().sizes()).to(item.value().device()).clone();
  }
  const Tensor counters = need(kCounters, {2});
  ema_.set_updates(counters[0].item<std::int64_t>());
  last_step_ = counters[1].item<std::int64_t>();
}

}  // namespace yolotorch::train

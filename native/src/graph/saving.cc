// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/saving.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "graph/prototypes.h"

namespace yolotorch::graph {
namespace {

// Where pickles find the kinds of modules that are no activations.
constexpr auto kPickledTypes =
    std::to_array<std::pair<std::string_view, std::string_view>>({
        {"AdaptiveAvgPool2d", "torch.nn.modules.pooling"},
        {"Attention", "ultralytics.nn.modules.block"},
        {"BatchNorm2d", "torch.nn.modules.batchnorm"},
        {"Bottleneck", "ultralytics.nn.modules.block"},
        {"C2PSA", "ultralytics.nn.modules.block"},
        {"C2f", "ultralytics.nn.modules.block"},
        {"C3k", "ultralytics.nn.modules.block"},
        {"C3k2", "ultralytics.nn.modules.block"},
        {"Classify", "ultralytics.nn.modules.head"},
        {"Concat", "ultralytics.nn.modules.conv"},
        {"Conv", "ultralytics.nn.modules.conv"},
        {"Conv2d", "torch.nn.modules.conv"},
        {"ConvTranspose2d", "torch.nn.modules.conv"},
        {"DFL", "ultralytics.nn.modules.block"},
        {"DWConv", "ultralytics.nn.modules.conv"},
        {"Detect", "ultralytics.nn.modules.head"},
        {"Dropout", "torch.nn.modules.dropout"},
        {"Identity", "torch.nn.modules.linear"},
        {"Linear", "torch.nn.modules.linear"},
        {"MaxPool2d", "torch.nn.modules.pooling"},
        {"ModuleList", "torch.nn.modules.container"},
        {"OBB", "ultralytics.nn.modules.head"},
        {"PSABlock", "ultralytics.nn.modules.block"},
        {"Pose", "ultralytics.nn.modules.head"},
        {"Proto", "ultralytics.nn.modules.block"},
        {"SPPF", "ultralytics.nn.modules.block"},
        {"Segment", "ultralytics.nn.modules.head"},
        {"Sequential", "torch.nn.modules.container"},
        {"Upsample", "torch.nn.modules.upsampling"},
    });

std::vector<double> NumbersOf(c10::IntArrayRef numbers) {
  return {numbers.begin(), numbers.end()};
}

SavedModule SaveNorm(const torch::nn::BatchNorm2d& norm) {
  // A convolution with a folded normalisation keeps its place.
  if (norm.is_empty()) return MakeSaved("bn", "Identity");
  SavedModule saved = MakeSaved("bn", "BatchNorm2d");
  saved.numbers["num_features"] = {static_cast<double>(norm->weight.size(0))};
  saved.numbers["eps"] = {norm->options.eps()};
  if (norm->options.momentum()) {
    saved.numbers["momentum"] = {*norm->options.momentum()};
  }
  SaveTensor(&saved, "weight", norm->weight);
  SaveTensor(&saved, "bias", norm->bias);
  SaveTensor(&saved, "running_mean", norm->running_mean);
  SaveTensor(&saved, "running_var", norm->running_var);
  SaveTensor(&saved, "num_batches_tracked", norm->num_batches_tracked);
  return saved;
}

// A chain that its owner runs block by block.
SavedModule SaveList(std::string_view name, const Chain& chain) {
  SavedModule saved = SaveBlock(name, chain);
  saved.type = TypeOfKind("ModuleList");
  return saved;
}

}  // namespace

std::string TypeOfKind(std::string_view kind) {
  const auto* found =
      std::find_if(kPickledTypes.begin(), kPickledTypes.end(),
                   [&](const auto& type) { return type.first == kind; });
  if (found == kPickledTypes.end()) throw std::out_of_range(std::string(kind));
  return std::string(found->second) + "." + std::string(kind);
}

SavedModule MakeSaved(std::string_view name, std::string_view kind) {
  SavedModule saved;
  saved.name = name;
  saved.type = TypeOfKind(kind);
  return saved;
}

SavedModule SaveBlock(std::string_view name, const Block& block) {
  SavedModule saved;
  saved.name = name;
  block.Save(&saved);
  return saved;
}

void SaveTensor(SavedModule* saved, const std::string& name,
                const Tensor& tensor) {
  if (!tensor.defined()) return;
  saved->tensors[name] = {tensor.sizes().vec(),
                          [tensor] {
                            return tensor.detach()
                                .to(at::kFloat)
                                .clone(at::MemoryFormat::Contiguous);
                          },
                          tensor.unsafeGetTensorImpl()};
}

SavedModule SaveConvolution(std::string_view name, const Tensor& weight,
                            const Tensor& bias, const Steps& steps,
                            bool transposed) {
  SavedModule saved =
      MakeSaved(name, transposed ? "ConvTranspose2d" : "Conv2d");
  const auto groups = static_cast<double>(steps.groups);
  auto first = static_cast<double>(weight.size(0));
  double second = static_cast<double>(weight.size(1)) * groups;
  saved.numbers["in_channels"] = {transposed ? first : second};
  saved.numbers["out_channels"] = {transposed ? second : first};
  saved.numbers["kernel_size"] = NumbersOf(weight.sizes().slice(2));
  saved.numbers["stride"] = NumbersOf(steps.stride);
  saved.numbers["padding"] = NumbersOf(steps.padding);
  saved.numbers["dilation"] = NumbersOf(steps.dilation);
  saved.numbers["groups"] = {groups};
  SaveTensor(&saved, "weight", weight);
  SaveTensor(&saved, "bias", bias);
  return saved;
}

void Conv::Save(SavedModule* saved) const {
  saved->type = TypeOfKind(depthwise_ ? "DWConv" : "Conv");
  saved->children = {SaveConvolution("conv", weight_, bias_, steps_),
                     SaveNorm(norm_), MakeSaved("act", "Identity")};
  if (activation_ != nullptr) activation_->Save(&saved->children.back());
}

void Chain::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("Sequential");
  const std::vector<std::string> names = named_children().keys();
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    saved->children.push_back(SaveBlock(names[i], *blocks_[i]));
  }
}

void Projection::Save(SavedModule* saved) const {
  *saved = SaveConvolution(saved->name, weight_, bias_, steps_);
}

void Bottleneck::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("Bottleneck");
  saved->numbers["add"] = {add_ ? 1.0 : 0.0};
  saved->children = {SaveBlock("cv1", *cv1_), SaveBlock("cv2", *cv2_)};
}

void C3k::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("C3k");
  saved->children = {SaveBlock("cv1", *cv1_), SaveBlock("cv2", *cv2_),
                     SaveBlock("cv3", *cv3_), SaveBlock("m", *m_)};
}

void C2f::Save(SavedModule* saved) const {
  saved->type = TypeOfKind(c3k2_ ? "C3k2" : "C2f");
  saved->numbers["c"] = {static_cast<double>(hidden_)};
  saved->children = {SaveBlock("cv1", *cv1_), SaveBlock("cv2", *cv2_),
                     SaveList("m", *m_)};
}

void Sppf::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("SPPF");
  // Attributes that only later versions of the class have.
  if (pools_ != 3) saved->numbers["n"] = {static_cast<double>(pools_)};
  if (add_) saved->numbers["add"] = {1};
  SavedModule pool = MakeSaved("m", "MaxPool2d");
  pool.numbers["kernel_size"] = {static_cast<double>(kernel_)};
  pool.numbers["stride"] = {1};
  pool.numbers["padding"] = {static_cast<double>(kernel_ / 2)};
  saved->children = {SaveBlock("cv1", *cv1_), SaveBlock("cv2", *cv2_),
                     std::move(pool)};
}

void Attention::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("Attention");
  saved->numbers["num_heads"] = {static_cast<double>(heads_)};
  saved->numbers["head_dim"] = {static_cast<double>(head_dim_)};
  saved->numbers["key_dim"] = {static_cast<double>(key_dim_)};
  saved->numbers["scale"] = {scale_};
  saved->children = {SaveBlock("qkv", *qkv_), SaveBlock("proj", *proj_),
                     SaveBlock("pe", *pe_)};
}

void PsaBlock::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("PSABlock");
  saved->numbers["add"] = {add_ ? 1.0 : 0.0};
  saved->children = {SaveBlock("attn", *attention_), SaveBlock("ffn", *ffn_)};
}

void C2psa::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("C2PSA");
  saved->numbers["c"] = {static_cast<double>(hidden_)};
  saved->children = {SaveBlock("cv1", *cv1_), SaveBlock("cv2", *cv2_),
                     SaveBlock("m", *m_)};
}

void Upsample::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("Upsample");
  saved->numbers["scale_factor"] = {static_cast<double>(factor_)};
}

void Prototypes::Save(SavedModule* saved) const {
  saved->type = TypeOfKind("Proto");
  saved->children = {SaveBlock("cv1", *cv1_),
                     SaveConvolution("upsample", weight_, bias_,
                                     {.stride = {2, 2}}, /*transposed=*/true),
                     SaveBlock("cv2", *cv2_), SaveBlock("cv3", *cv3_)};
}

}  // namespace yolotorch::graph

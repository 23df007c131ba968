// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/saved_rows.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace yolotorch::train {
namespace {

using graph::Argument;
using graph::SavedModule;

Argument WholeArgument(double number) {
  return static_cast<std::int64_t>(number);
}

double SavedNumber(const SavedModule& saved, std::string_view name,
                   std::size_t index = 0) {
  return saved.numbers.find(name)->second[index];
}

Argument SavedChannels(const SavedModule& block, std::string_view conv) {
  const SavedModule& inner = block.Child(conv).Child("conv");
  return WholeArgument(SavedNumber(inner, "out_channels"));
}

std::vector<Argument> ArgumentsOfConv(const SavedModule& saved) {
  const SavedModule& conv = saved.Child("conv");
  const auto first = [&](std::string_view name) {
    return WholeArgument(SavedNumber(conv, name));
  };
  const bool activated = saved.Child("act").kind() != "Identity";
  if (saved.kind() == "DWConv") {
    return {first("out_channels"), first("kernel_size"), first("stride"),
            first("dilation"), activated};
  }
  return {first("out_channels"),
          first("kernel_size"),
          first("stride"),
          first("padding"),
          first("groups"),
          first("dilation"),
          activated};
}

std::vector<Argument> ArgumentsOfC2f(const SavedModule& saved) {
  const Argument out = SavedChannels(saved, "cv2");
  const double expansion = SavedNumber(saved, "c") /
                           static_cast<double>(std::get<std::int64_t>(out));
  const std::vector<SavedModule>& inner = saved.Child("m").children;
  const bool c3k = !inner.empty() && inner[0].kind() == "C3k";
  const bool shortcut = inner.empty() || inner[0].Flag("add", true);
  if (saved.kind() == "C2f")
    return {out, shortcut, WholeArgument(1), expansion};
  return {out, c3k, expansion, WholeArgument(1), shortcut};
}

std::vector<Argument> ArgumentsOf(const SavedModule& saved) {
  const std::string_view kind = saved.kind();
  const std::string nc = "nc";
  if (kind == "Conv" || kind == "DWConv") return ArgumentsOfConv(saved);
  if (kind == "C2f" || kind == "C3k2") return ArgumentsOfC2f(saved);
  if (kind == "C2PSA") return {SavedChannels(saved, "cv2")};
  if (kind == "SPPF") {
    return {SavedChannels(saved, "cv2"),
            WholeArgument(SavedNumber(saved.Child("m"), "kernel_size"))};
  }
  if (kind == "Upsample") {
    return {std::monostate(), WholeArgument(SavedNumber(saved, "scale_factor")),
            std::string("nearest")};
  }
  if (kind == "Concat") return {WholeArgument(1)};
  if (kind == "Detect" || kind == "Classify") return {nc};
  if (kind == "Segment") {
    return {nc, WholeArgument(SavedNumber(saved, "nm")),
            WholeArgument(SavedNumber(saved, "npr"))};
  }
  if (kind == "Pose") return {nc, std::string("kpt_shape")};
  if (kind == "OBB") return {nc, WholeArgument(1)};
  return {};
}

void DescribeRow(const SavedModule& layer, graph::Row* row) {
  const bool several = layer.kind() == "Sequential" && !layer.children.empty();
  const SavedModule& one = several ? layer.children[0] : layer;
  if (several) {
    row->module = one.kind();
    row->repeats = static_cast<int>(layer.children.size());
  }
  const std::string_view kind = one.kind();
  if (kind == "C2f" || kind == "C3k2" || kind == "C2PSA") {
    row->repeats = static_cast<int>(one.Child("m").children.size());
  }
  row->arguments = ArgumentsOf(one);
}

// The first activation that a convolution of the network has.
const SavedModule* FirstActivation(const SavedModule& saved) {
  if (saved.name == "act" && saved.kind() != "Identity") return &saved;
  for (const SavedModule& child : saved.children) {
    const SavedModule* found = FirstActivation(child);
    if (found != nullptr) return found;
  }
  return nullptr;
}

graph::ActivationChoice SavedChoice(const SavedModule& activation) {
  graph::ActivationChoice choice;
  choice.name = activation.kind();
  for (const auto& [name, numbers] : activation.numbers) {
    choice.named[name] = numbers[0];
  }
  for (const auto& [name, text] : activation.texts) choice.named[name] = text;
  return choice;
}

}  // namespace

graph::Architecture WithArguments(const graph::Architecture& architecture,
                                  const SavedModule& network) {
  const bool complete =
      std::any_of(architecture.rows.begin(), architecture.rows.end(),
                  [](const graph::Row& row) { return !row.arguments.empty(); });
  if (complete) return architecture;
  graph::Architecture made = architecture;
  made.depth = made.width = 1;
  made.max_channels = 1 << 20;
  const SavedModule& list = network.Child("model");
  for (std::size_t i = 0; i < made.rows.size(); ++i) {
    DescribeRow(list.children[i], &made.rows[i]);
  }
  const SavedModule* activation = FirstActivation(network);
  if (activation != nullptr) made.activation = SavedChoice(*activation);
  return made;
}

}  // namespace yolotorch::train

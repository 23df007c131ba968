// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graph/architecture.h"
#include "graph/blocks.h"
#include "graph/heads.h"

namespace yolotorch::graph {

/// A YOLO network with weights, built from an Architecture. Names of
/// parameters and buffers are those of an Ultralytics state dict
/// ("model.0.conv.weight"). On the CPU, in float32, without gradients.
///
/// Not thread-safe while it is built, loaded, fused or fixed to a size.
class Network : public torch::nn::Module {
 public:
  /// Builds the layers with PyTorch's default initialisation, drawn from
  /// `seed`; the process-wide generator is left as it was. Throws Error
  /// kUnsupportedModel naming the row that cannot be built.
  explicit Network(const Architecture& architecture, std::uint64_t seed = 0);

  /// Builds a network as it was saved: layers, sizes and weights are those of
  /// the modules, and `architecture` gives only what they cannot tell: its
  /// family, its scale and, if its rows are those of the modules, their
  /// arguments. Runs every layer once on a small input. Throws Error
  /// kUnsupportedModel naming the module that is not built in or does not fit.
  Network(const SavedModule& saved, Architecture architecture);

  /// The opposite: the modules that Ultralytics' network of these layers has,
  /// with the weights of this one.
  [[nodiscard]] SavedModule Save() const;

  /// Calls `visit` for every Conv with its path, such as "model.9.cv1".
  void ForEachConv(const std::function<void(const std::string&, Conv&)>& visit);

  /// Folds every normalisation into its convolution. Once done, a no-op.
  void Fuse();

  /// The sides of an input are multiples of this: the stride of the coarsest
  /// feature map, 32 at least; 1 for a classifier, which takes any.
  [[nodiscard]] std::int64_t stride() const;

  /// Fixes the network to an input of height x width, both multiples of
  /// stride().
  void FixSize(std::int64_t height, std::int64_t width);

  /// Frees the network for any multiple of stride().
  void FreeSize();

  /// `x`: (B, channels, H, W), RGB in [0, 1], of the size fixed before.
  /// Returns the head's tensors.
  std::vector<Tensor> Forward(const Tensor& x);

  /// As Forward(), but what the head computes its result from: Head::Raw(). A
  /// loss takes it, with gradients where parameters ask for them.
  std::vector<Tensor> ForwardRaw(const Tensor& x);

  /// Input pixels per cell of the feature maps that the head takes; none for a
  /// classifier.
  [[nodiscard]] std::vector<double> LevelStrides() const;

  /// The share of values that a classifier drops before its last layer while
  /// it is trained.
  void set_dropout(double probability);

  /// Runs layers first to last, the head being the layer behind all others, on
  /// what the layer before `first` gives.
  std::vector<Tensor> ForwardPart(const Tensor& x, int first, int last);

  /// Throws Error kInvalidArgument unless layers first to last stand on their
  /// own: in order, there, and using no layer before `first` but the last.
  void CheckPart(int first, int last) const;

  /// Channels, height and width of what layer `first` takes when the input is
  /// of this height and width.
  [[nodiscard]] std::vector<std::int64_t> PartInput(int first,
                                                    std::int64_t height,
                                                    std::int64_t width) const;

  /// Number of learned values; normalisations count until they are folded.
  [[nodiscard]] std::int64_t CountParameters() const;

  [[nodiscard]] const Architecture& architecture() const {
    return architecture_;
  }

 private:
  // The output of a layer: channels, input pixels per cell, and, while it is
  // built of rows, cells per side.
  struct Output {
    std::int64_t channels = 0;
    double stride = 1;
    std::int64_t side = 0;
  };
  struct Layer {
    std::vector<int> from;         // absolute indices; -1: the picture
    std::shared_ptr<Block> block;  // null: concatenate
    bool saved = false;            // used by a later layer than the next
    Output output;
  };

  // Layers first to last: the output of the last, and in `outputs` those that
  // later layers need. REQUIRES: none of them is the head.
  Tensor Run(const Tensor& x, int first, int last,
             std::vector<Tensor>* outputs);
  std::vector<Tensor> HeadInput(const Tensor& previous,
                                const std::vector<Tensor>& outputs) const;
  void AddRow(const Row& row, std::vector<Output>* outputs);
  std::shared_ptr<Head> BuildHead(const SavedModule& saved,
                                  const std::vector<Tensor>& maps);
  void AddSaved(const SavedModule& saved, const Tensor& picture,
                std::vector<Tensor>* outputs);
  void UseActivation();
  // Takes over the rows that a yaml told if they are of the same layers.
  void RecallRows(std::vector<Row> told, std::size_t backbone);
  // Notes which outputs later layers than the next need.
  void MarkSaved();

  Architecture architecture_;
  std::shared_ptr<torch::nn::Module> model_;
  std::vector<Layer> layers_;
  std::shared_ptr<Head> head_;
  std::vector<int> head_from_;
};

}  // namespace yolotorch::graph

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "graph/activation.h"

namespace yolotorch::graph {

using at::Tensor;

class SavedModule;

/// How a convolution goes over its input: down, then across.
struct Steps {
  std::array<std::int64_t, 2> stride = {1, 1};
  std::array<std::int64_t, 2> padding = {0, 0};
  std::array<std::int64_t, 2> dilation = {1, 1};
  std::int64_t groups = 1;
};

/// A part of the network with one input and one output, (B, C, H, W) both.
/// Children and parameters carry the names of an Ultralytics state dict, so
/// that weights are found by name. Forward() uses no size of its input as a
/// number, so that a trace of it holds for any batch, height and width.
///
/// A block is made of sizes, with random weights, or of a saved module with all
/// that it holds; then it throws Error kUnsupportedModel, which names the part
/// that does not fit.
class Block : public torch::nn::Module {
 public:
  virtual Tensor Forward(const Tensor& x) = 0;

  /// The opposite of being made of a saved module: fills `saved`, which has its
  /// name already, with the class, attributes, tensors and parts.
  virtual void Save(SavedModule* saved) const = 0;

  /// Height of the output for an input of that height; likewise the width.
  [[nodiscard]] virtual std::int64_t OutputSide(std::int64_t side) const {
    return side;
  }
};

/// Sums over values of each channel, in float64.
struct Moments {
  Tensor sum;
  Tensor squares;
  double count = 0;
};

/// Convolution without bias, batch normalisation, activation (SiLU as a rule,
/// or nothing).
class Conv : public Block {
 public:
  struct Options {
    std::int64_t kernel = 1;
    std::int64_t stride = 1;
    std::int64_t groups = 1;
    bool activation = true;
    std::int64_t padding = -1;  ///< -1: what keeps the size at stride 1
    std::int64_t dilation = 1;
    bool depthwise = false;  ///< named so, whatever its groups
  };

  Conv(std::int64_t in, std::int64_t out, Options options);
  Conv(std::int64_t in, std::int64_t out) : Conv(in, out, Options{}) {}
  /// With bias, normalisation, both or none, as saved.
  explicit Conv(const SavedModule& saved);

  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;
  [[nodiscard]] std::int64_t OutputSide(std::int64_t side) const override;

  /// Folds the normalisation into the convolution, in float32:
  /// W' = W * gamma / sqrt(var + eps), b' = beta - mean * gamma / sqrt(...).
  void Fuse();

  /// Takes another activation, unless this convolution goes without.
  void set_activation(const std::shared_ptr<Activation>& activation);
  /// Epsilon and momentum of the normalisation; part of the checkpoint, not of
  /// its weights.
  void set_norm(double epsilon, double momentum);

  /// Whether the normalisation was folded into the convolution: it is there,
  /// but its statistics are those of nothing (mean 0, variance 1). A network
  /// that is trained normalises by the statistics of its batches instead, and
  /// loses what it has learned.
  [[nodiscard]] bool HasFoldedNorm() const;
  /// From now on Forward() keeps sums of what the normalisation takes.
  void StartMeasuring();
  /// Takes the measured statistics, and changes the normalisation's factor and
  /// shift so that Forward() gives what it gave before. Without a measured
  /// value it changes nothing.
  void AdoptMeasured();

 private:
  Steps steps_;
  bool depthwise_ = false;
  std::shared_ptr<torch::nn::Module> conv_;  // holds weight, then bias
  Tensor weight_;
  Tensor bias_;
  torch::nn::BatchNorm2d norm_{nullptr};
  std::shared_ptr<Activation> activation_;  // null: none
  std::shared_ptr<Moments> measured_;       // null: does not measure
};

/// Depthwise (as far as in and out allow) Conv: groups = gcd(in, out).
std::shared_ptr<Conv> DepthwiseConv(std::int64_t in, std::int64_t out,
                                    std::int64_t kernel);

/// A sequence of blocks, named "0", "1" ...
class Chain : public Block {
 public:
  Chain() = default;
  explicit Chain(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;
  [[nodiscard]] std::int64_t OutputSide(std::int64_t side) const override;
  Chain& Add(const std::shared_ptr<Block>& block);
  [[nodiscard]] const std::vector<std::shared_ptr<Block>>& blocks() const {
    return blocks_;
  }

 private:
  std::vector<std::shared_ptr<Block>> blocks_;
};

/// A plain convolution with bias, as the heads end with.
class Projection : public Block {
 public:
  Projection(std::int64_t in, std::int64_t out);
  explicit Projection(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;
  [[nodiscard]] Tensor& bias() { return bias_; }

 private:
  Steps steps_;
  Tensor weight_;
  Tensor bias_;
};

/// Two 3x3 convolutions, with the input added when sizes allow.
class Bottleneck : public Block {
 public:
  Bottleneck(std::int64_t in, std::int64_t out, bool shortcut,
             double expansion);
  explicit Bottleneck(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;

 private:
  std::shared_ptr<Conv> cv1_;
  std::shared_ptr<Conv> cv2_;
  bool add_;
};

/// CSP block of `repeats` Bottlenecks beside a 1x1 path.
class C3k : public Block {
 public:
  C3k(std::int64_t in, std::int64_t out, int repeats);
  explicit C3k(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;

 private:
  std::shared_ptr<Conv> cv1_;
  std::shared_ptr<Conv> cv2_;
  std::shared_ptr<Conv> cv3_;
  std::shared_ptr<Chain> m_;
};

/// CSP block that concatenates the output of every inner block: C2f with plain
/// Bottlenecks of expansion 1 (YOLOv8), C3k2 with C3k or Bottlenecks of
/// expansion 0.5 (YOLO11).
class C2f : public Block {
 public:
  enum class Inner : std::uint8_t { kBottleneck, kSlimBottleneck, kC3k };
  struct Options {
    int repeats = 1;
    Inner inner = Inner::kBottleneck;
    bool shortcut = true;
    double expansion = 0.5;
  };

  C2f(std::int64_t in, std::int64_t out, Options options);
  explicit C2f(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;

 private:
  bool c3k2_ = false;        // the name of its class
  std::int64_t hidden_ = 0;  // channels of the first half of cv1's output
  std::int64_t both_ = 0;    // of both
  std::shared_ptr<Conv> cv1_;
  std::shared_ptr<Conv> cv2_;
  std::shared_ptr<Chain> m_;  // its blocks are run one by one
};

/// Spatial pyramid pooling: max poolings in a row, three as a rule, all
/// concatenated.
class Sppf : public Block {
 public:
  Sppf(std::int64_t in, std::int64_t out, std::int64_t kernel);
  explicit Sppf(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;

 private:
  std::int64_t kernel_ = 5;
  std::int64_t pools_ = 3;
  bool add_ = false;  // the input to the output
  std::shared_ptr<Conv> cv1_;
  std::shared_ptr<Conv> cv2_;
};

/// Multi-head self-attention over pixels, with a depthwise convolution of the
/// values as position encoding. Memory grows with (H W)^2.
class Attention : public Block {
 public:
  Attention(std::int64_t dim, std::int64_t heads);
  explicit Attention(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;

 private:
  std::int64_t heads_;
  std::int64_t head_dim_;
  std::int64_t key_dim_;
  double scale_;
  std::shared_ptr<Conv> qkv_;
  std::shared_ptr<Conv> proj_;
  std::shared_ptr<Conv> pe_;
};

/// Attention and a two-layer perceptron, each added to its input.
class PsaBlock : public Block {
 public:
  explicit PsaBlock(std::int64_t dim);
  explicit PsaBlock(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;

 private:
  bool add_ = true;  // the input to each output
  std::shared_ptr<Attention> attention_;
  std::shared_ptr<Chain> ffn_;
};

/// CSP block whose one half goes through PsaBlocks.
class C2psa : public Block {
 public:
  C2psa(std::int64_t channels, int repeats);
  explicit C2psa(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;

 private:
  std::int64_t hidden_ = 0;
  std::shared_ptr<Conv> cv1_;
  std::shared_ptr<Conv> cv2_;
  std::shared_ptr<Chain> m_;
};

/// Multiplies height and width by repeating pixels.
class Upsample : public Block {
 public:
  explicit Upsample(std::int64_t factor) : factor_(factor) {}
  explicit Upsample(const SavedModule& saved);
  Tensor Forward(const Tensor& x) override;
  void Save(SavedModule* saved) const override;
  [[nodiscard]] std::int64_t OutputSide(std::int64_t side) const override {
    return side * factor_;
  }

 private:
  std::int64_t factor_ = 2;
};

}  // namespace yolotorch::graph

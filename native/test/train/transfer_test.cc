// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/transfer.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "train/moving_average.h"

namespace yolotorch::train {
namespace transfer_test {
namespace {

// Modules within modules for a parameter named "model.0.conv.weight".
void Add(torch::nn::Module* module, const std::string& path,
         const at::Tensor& value, bool parameter = true) {
  const std::size_t dot = path.find('.');
  if (dot == std::string::npos) {
    if (parameter) {
      module->register_parameter(path, value);
    } else {
      module->register_buffer(path, value);
    }
    return;
  }
  const std::string name = path.substr(0, dot);
  for (const auto& child : module->named_children()) {
    if (child.key() == name) {
      Add(child.value().get(), path.substr(dot + 1), value, parameter);
      return;
    }
  }
  const auto child =
      module->register_module(name, std::make_shared<torch::nn::Module>());
  Add(child.get(), path.substr(dot + 1), value, parameter);
}

std::map<std::string, at::Tensor> ByName(const torch::nn::Module& module) {
  std::map<std::string, at::Tensor> state;
  for (const auto& [name, tensor] : StateOf(module)) state[name] = tensor;
  return state;
}

TEST(TransferTest, TakesWhatAgreesInNameAndShape) {
  torch::nn::Module from;
  Add(&from, "model.1.weight", at::ones({2, 3}));
  Add(&from, "model.1.mean", at::full({2}, 4.0), /*parameter=*/false);
  Add(&from, "model.2.weight", at::ones({80}));
  Add(&from, "model.3.weight", at::ones({1}));
  torch::nn::Module to;
  Add(&to, "model.1.weight", at::zeros({2, 3}));
  Add(&to, "model.1.mean", at::zeros({2}), /*parameter=*/false);
  Add(&to, "model.2.weight", at::zeros({7}));
  Add(&to, "model.4.weight", at::zeros({1}));
  const Transferred transferred = Transfer(from, &to);
  EXPECT_EQ(transferred.taken, 2);
  EXPECT_EQ(transferred.all, 4);
  const auto state = ByName(to);
  EXPECT_TRUE(state.at("model.1.weight").eq(1).all().item<bool>());
  EXPECT_TRUE(state.at("model.1.mean").eq(4).all().item<bool>());
  EXPECT_TRUE(state.at("model.2.weight").eq(0).all().item<bool>());
  EXPECT_TRUE(state.at("model.4.weight").eq(0).all().item<bool>());
  // Copies: what the source learns later stays there.
  const at::NoGradGuard no_grad;
  ByName(from).at("model.1.weight").fill_(9);
  EXPECT_TRUE(state.at("model.1.weight").eq(1).all().item<bool>());
}

void ExpectChannels(std::int64_t from_channels, std::int64_t to_channels,
                    std::int64_t both) {
  SCOPED_TRACE(from_channels);
  torch::nn::Module from;
  Add(&from, "model.0.conv.weight",
      at::arange(from_channels)
          .to(at::kFloat)
          .add(1)
          .view({1, -1, 1, 1})
          .expand({16, from_channels, 3, 3})
          .clone());
  torch::nn::Module to;
  Add(&to, "model.0.conv.weight", at::zeros({16, to_channels, 3, 3}));
  EXPECT_EQ(Transfer(from, &to).taken, 1);
  const at::Tensor weight = ByName(to).at("model.0.conv.weight");
  for (std::int64_t i = 0; i < to_channels; ++i) {
    const double expected = i < both ? static_cast<double>(i) + 1 : 0;
    EXPECT_TRUE(weight.select(1, i).eq(expected).all().item<bool>()) << i;
  }
}

TEST(TransferTest, OfAFirstConvolutionTheChannelsThatBothHave) {
  ExpectChannels(3, 5, 3);
  ExpectChannels(3, 1, 1);
}

TEST(TransferTest, OtherConvolutionsMustAgree) {
  torch::nn::Module from;
  Add(&from, "model.0.conv.weight", at::ones({16, 3, 3, 3}));
  Add(&from, "model.1.conv.weight", at::ones({16, 3, 3, 3}));
  torch::nn::Module to;
  Add(&to, "model.0.conv.weight", at::zeros({32, 3, 3, 3}));
  Add(&to, "model.1.conv.weight", at::zeros({16, 4, 3, 3}));
  EXPECT_EQ(Transfer(from, &to).taken, 0);
  for (const auto& [name, tensor] : StateOf(to)) {
    EXPECT_TRUE(tensor.eq(0).all().item<bool>()) << name;
  }
}

}  // namespace
}  // namespace transfer_test
}  // namespace yolotorch::train

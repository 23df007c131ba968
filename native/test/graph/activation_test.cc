// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/activation.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/nn/modules/activation.h>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "api/activation_text.h"
#include "graph/blocks.h"
#include "graph/saved_module.h"
#include "support.h"

namespace yolotorch::graph {
namespace {

namespace nn = torch::nn;

using test::ExpectError;

using Reference = std::function<Tensor(const Tensor&)>;
using Attributes = std::map<std::string, double>;

// A call as a yaml has it, the attributes as a pickle has them, and the layer
// of LibTorch that both stand for.
struct Case {
  std::string call;
  std::string kind;
  Attributes numbers;
  Reference reference;
};

template <typename Layer>
Reference Run(Layer layer) {
  layer->eval();
  return [layer](const Tensor& x) mutable { return layer->forward(x.clone()); };
}

std::vector<Case> Cases() {
  const auto gelu = [](const char* kind) {
    return Run(nn::GELU(nn::GELUOptions().approximate(kind)));
  };
  return {
      {"nn.SiLU()", "SiLU", {}, Run(nn::SiLU())},
      {"torch.nn.Identity()", "Identity", {}, Run(nn::Identity())},
      {"nn.ReLU(inplace=True)", "ReLU", {}, Run(nn::ReLU())},
      {"ReLU6()", "ReLU6", {{"min_val", 0}, {"max_val", 6}}, Run(nn::ReLU6())},
      {"torch.nn.LeakyReLU(0.1)",
       "LeakyReLU",
       {{"negative_slope", 0.1}},
       Run(nn::LeakyReLU(nn::LeakyReLUOptions().negative_slope(0.1)))},
      {"nn.PReLU()", "PReLU", {}, Run(nn::PReLU())},
      {"nn.RReLU(0.1, upper=0.5)",
       "RReLU",
       {{"lower", 0.1}, {"upper", 0.5}},
       Run(nn::RReLU(nn::RReLUOptions().lower(0.1).upper(0.5)))},
      {"nn.ELU(alpha=0.7)",
       "ELU",
       {{"alpha", 0.7}},
       Run(nn::ELU(nn::ELUOptions().alpha(0.7)))},
      {"nn.CELU(1.5)",
       "CELU",
       {{"alpha", 1.5}},
       Run(nn::CELU(nn::CELUOptions().alpha(1.5)))},
      {"nn.SELU(True)", "SELU", {}, Run(nn::SELU())},
      {"nn.GELU()", "GELU", {}, gelu("none")},
      {"nn.GELU(approximate='tanh')", "GELU", {}, gelu("tanh")},
      {"nn.Mish()", "Mish", {}, Run(nn::Mish())},
      {"nn.Hardswish()",
       "Hardswish",
       {},
       [](const Tensor& x) { return x * (x + 3).clamp(0, 6) / 6; }},
      {"nn.Hardsigmoid()",
       "Hardsigmoid",
       {},
       [](const Tensor& x) { return (x + 3).clamp(0, 6) / 6; }},
      {"nn.Hardtanh(-2, 0.5)",
       "Hardtanh",
       {{"min_val", -2}, {"max_val", 0.5}},
       Run(nn::Hardtanh(nn::HardtanhOptions().min_val(-2).max_val(0.5)))},
      {"nn.Sigmoid()", "Sigmoid", {}, Run(nn::Sigmoid())},
      {"nn.LogSigmoid()", "LogSigmoid", {}, Run(nn::LogSigmoid())},
      {"nn.Tanh()", "Tanh", {}, Run(nn::Tanh())},
      {"nn.Tanhshrink()", "Tanhshrink", {}, Run(nn::Tanhshrink())},
      {"nn.Softplus(2, 3)",
       "Softplus",
       {{"beta", 2}, {"threshold", 3}},
       Run(nn::Softplus(nn::SoftplusOptions().beta(2).threshold(3)))},
      {"nn.Softsign()", "Softsign", {}, Run(nn::Softsign())},
      {"nn.Softshrink(0.25)",
       "Softshrink",
       {{"lambd", 0.25}},
       Run(nn::Softshrink(0.25))},
      {"nn.Hardshrink(1.)",
       "Hardshrink",
       {{"lambd", 1}},
       Run(nn::Hardshrink(1))},
      {"nn.Threshold(0.2, -1)",
       "Threshold",
       {{"threshold", 0.2}, {"value", -1}},
       Run(nn::Threshold(0.2, -1))},
  };
}

SavedModule Saved(const Case& one) {
  SavedModule saved;
  saved.file = "model.pt";
  saved.path = "model.0.act";
  saved.name = "act";
  saved.type = "torch.nn.modules.activation." + one.kind;
  for (const auto& [name, value] : one.numbers) saved.numbers[name] = {value};
  if (one.call.find("tanh") != std::string::npos) {
    saved.texts["approximate"] = "tanh";
  }
  if (one.kind == "PReLU") {
    saved.tensors["weight"] = {{1}, [] { return at::full({1}, 0.25); }};
  }
  return saved;
}

TEST(ActivationTest, EqualsLibTorchFromYamlAndFromPickle) {
  const at::NoGradGuard no_grad;
  const Tensor x = at::linspace(-9, 9, 721);
  for (const Case& one : Cases()) {
    SCOPED_TRACE(one.call);
    const Tensor expected = one.reference(x);
    const auto choice = api::ReadActivation(one.call);
    ASSERT_TRUE(choice.has_value());
    EXPECT_EQ(choice->name, one.kind);
    const Tensor of_yaml = Activation(*choice).Forward(x.clone());
    EXPECT_LT((of_yaml - expected).abs().max().item<float>(), 2e-6F);
    const Tensor of_pickle = Activation(Saved(one)).Forward(x.clone());
    EXPECT_LT((of_pickle - expected).abs().max().item<float>(), 2e-6F);
    // No two are the same layer.
    if (one.kind != "SiLU") {
      EXPECT_GT((expected - at::silu(x)).abs().max().item<float>(), 1e-3F);
    }
  }
}

TEST(ActivationTest, FollowsAConvolution) {
  const at::NoGradGuard no_grad;
  const Tensor x = at::rand({1, 3, 8, 8}) - 0.5;
  for (const Case& one : Cases()) {
    SCOPED_TRACE(one.call);
    at::manual_seed(3);
    Conv bare(3, 4, {.kernel = 3, .activation = false});
    at::manual_seed(3);
    Conv conv(3, 4, {.kernel = 3});
    bare.eval();
    conv.eval();
    const auto activation =
        std::make_shared<Activation>(*api::ReadActivation(one.call));
    conv.set_activation(activation);
    bare.set_activation(activation);  // goes without for good
    EXPECT_TRUE(at::allclose(conv.Forward(x), one.reference(bare.Forward(x)),
                             1e-5, 1e-6));
    EXPECT_EQ(conv.named_parameters().contains("act.weight"),
              one.kind == "PReLU");
  }
}

TEST(ActivationTest, ALearnedOneHasAFactorPerChannel) {
  const at::NoGradGuard no_grad;
  SavedModule saved = Saved({"", "PReLU", {}, {}});
  const Tensor factors = at::tensor({0.5F, 0.F, -1.F, 2.F});
  saved.tensors["weight"] = {{4}, [=] { return factors.clone(); }};
  const Tensor x = at::rand({2, 4, 3, 3}) - 0.5;
  const Tensor expected = at::where(x > 0, x, x * factors.view({1, 4, 1, 1}));
  EXPECT_TRUE(at::equal(Activation(saved).Forward(x), expected));
}

TEST(ActivationTest, RefusesWhatIsNoSuchLayer) {
  const auto fault = [](const std::string& call) -> std::string {
    const auto choice = api::ReadActivation(call);
    if (!choice) return "is no call";
    try {
      const Activation built(*choice);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  for (const char* call :
       {"", "nn.ReLU", "nn.ReLU(", "os.system('rm')", "nn.ReLU()()",
        "nn.ELU(alpha=0.1, 2)", "nn.ELU(,)", "nn.ELU(x)", "lambda: 1"}) {
    EXPECT_EQ(fault(call), "is no call") << call;
  }
  EXPECT_NE(fault("nn.GLU()").find("expected SiLU, Identity, ReLU"),
            std::string::npos);
  EXPECT_NE(fault("nn.Threshold()").find("'threshold'"), std::string::npos);
  EXPECT_NE(fault("nn.ELU(size=3)").find("'size'"), std::string::npos);
  EXPECT_NE(fault("nn.CELU(0)").find("'alpha' of 0"), std::string::npos);
  EXPECT_NE(fault("nn.GELU('cos')").find("'approximate'"), std::string::npos);
  EXPECT_NE(fault("nn.PReLU(0)").find("num_parameters"), std::string::npos);
  EXPECT_NE(fault("nn.Hardtanh(1, 0)").find("min_val"), std::string::npos);
  EXPECT_EQ(fault("nn.ELU(1.0,)"), "");
}

TEST(ActivationTest, NamesTheModuleOfAnotherClass) {
  SavedModule saved = Saved({"", "GLU", {}, {}});
  ExpectError(Code::kUnsupportedModel,
              "'model.pt' cannot be built: 'model.0.act' "
              "(torch.nn.modules.activation.GLU) is an activation that is not "
              "built in; expected SiLU, Identity, ReLU",
              [&] { Activation built(saved); });
  saved.type = "ultralytics.nn.modules.activation.ReLU";
  ExpectError(Code::kUnsupportedModel, "of torch.nn",
              [&] { Activation built(saved); });
  ExpectError(Code::kUnsupportedModel, "'threshold'", [&] {
    Activation built(Saved({"", "Threshold", {{"value", 1}}, {}}));
  });
}

}  // namespace
}  // namespace yolotorch::graph

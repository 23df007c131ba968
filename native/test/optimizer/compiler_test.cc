// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/compiler.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/serialization/import.h>

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#if !defined(_WIN32)
#include <pthread.h>
#endif

#include "archive/torchvision_nms.h"
#include "kernels/kernel_choice.h"
#include "support.h"

namespace yolotorch::optimizer {
namespace {

// How a session runs programs: no gradients, and no profiling first runs.
struct PlainInference {
  c10::InferenceMode inference;
  torch::jit::GraphOptimizerEnabledGuard no_profiling{false};
};

using test::Asset;

TEST(CompilerTest, NetworksRunSideBySide) {
  REQUIRE_ASSETS();
  const PlainInference as_sessions_do;
  archive::RegisterTorchvisionNms();
  for (const char* name : {"yolo11n", "yolo11n-seg", "yolo11n-dynamic",
                           "yolo11n-nms", "shapes-obb-nms"}) {
    const torch::jit::Module module = torch::jit::load(
        Asset(std::string("exported/") + name + ".torchscript"));
    EXPECT_TRUE(Program(module, OptimizeLevel::kKernels).runs_side_by_side())
        << name;
  }
}

TEST(CompilerTest, ProgramsThatChangeWhatTheyShareDoNotRunSideBySide) {
  const PlainInference as_sessions_do;
  for (const auto& [code, side_by_side] : {
           std::pair("return torch.silu(x) * self.count", true),
           std::pair("return torch.silu(x).mul_(self.count)", true),
           std::pair("return self.count.add_(1) * x", false),
           std::pair("self.count = self.count + 1\n  return x * self.count",
                     false),
           std::pair("return x.add_(self.count)", false),
       }) {
    torch::jit::Module module("Counting");
    module.register_buffer("count", at::ones({1}));
    module.define(std::string("def forward(self, x: Tensor):\n  ") + code +
                  "\n");
    const Program program(module, OptimizeLevel::kKernels);
    EXPECT_EQ(program.runs_side_by_side(), side_by_side) << code;
  }
}

// A session frees its module once the weights are packed; the trace of an
// exception must not ask for the functions of that module.
TEST(CompilerTest, ExceptionsNeedNoModule) {
  const PlainInference as_sessions_do;
  std::unique_ptr<Program> program;
  {
    torch::jit::Module inner("Inner");
    inner.define("def forward(self, x: Tensor):\n  return torch.mm(x, x)\n");
    torch::jit::Module module("Outer");
    module.register_module("inner", inner);
    module.define(
        "def forward(self, x: Tensor):\n  return self.inner.forward(x)\n");
    program = std::make_unique<Program>(module, OptimizeLevel::kKernels);
    EXPECT_TRUE(program->ReleaseWeights());
  }
  for (int i = 0; i < 100; ++i) {
    std::string message;
    try {
      program->Run({at::ones({1, 3})});
    } catch (const std::exception& error) {
      message = error.what();
    }
    EXPECT_NE(message.find("in network"), std::string::npos) << message;
    EXPECT_EQ(message.find("Outer"), std::string::npos) << message;
  }
}

// A module of TorchScript source with one convolution.
torch::jit::Module Custom(const std::string& forward) {
  torch::jit::Module module("Custom");
  module.register_parameter("weight", at::rand({4, 3, 3, 3}), false);
  module.register_attribute("padding", c10::ListType::ofInts(),
                            std::vector<std::int64_t>{1, 1});
  module.define("def forward(self, x: Tensor):\n" + forward);
  return module;
}

std::size_t PackedIn(const std::string& forward) {
  return Program(Custom(forward), OptimizeLevel::kPacked).report().convolutions;
}

TEST(CompilerTest, PacksConstantConvolutionsOnly) {
  EXPECT_EQ(PackedIn("  return torch.conv2d(x, self.weight, None, [1, 1], "
                     "[1, 1])\n"),
            1U);
  EXPECT_EQ(PackedIn("  return torch.conv2d(x, self.weight * 2, None, [1, 1], "
                     "[1, 1])\n"),
            0U);
  EXPECT_EQ(PackedIn("  self.weight.mul_(2)\n  return torch.conv2d(x, "
                     "self.weight, None, [1, 1], [1, 1])\n"),
            0U);
  EXPECT_EQ(PackedIn("  self.weight[0].mul_(2)\n  return torch.conv2d(x, "
                     "self.weight, None, [1, 1], [1, 1])\n"),
            0U);
  EXPECT_EQ(PackedIn("  return torch.conv_transpose2d(x, self.weight, None, "
                     "[1, 1], [1, 1])\n"),
            0U);
}

TEST(CompilerTest, KeepsTheOrderOfReadingAndWriting) {
  const PlainInference as_sessions_do;
  const std::string conv = "torch.conv2d(x, self.weight, None, [1, 1], [1, 1])";
  for (const std::string& forward : std::vector<std::string>{
           // What is added is changed after the convolution.
           "  y = " + conv + "\n  z = " + conv +
               "\n  y.mul_(2)\n  return y + z\n",
           // A part of a concatenation is changed before and after it.
           "  y = " + conv + "\n  z = " + conv +
               "\n  y[0].mul_(2)\n  w = torch.cat([y, z], 1)\n"
               "  z.mul_(3)\n  return w + torch.cat([z, y], 1)\n",
           // A part is used twice.
           "  y = " + conv +
               "\n  w = torch.cat([y, y], 1)\n"
               "  return torch.cat([w, y], 1)\n",
           // One convolution is read by two additions.
           "  y = " + conv + "\n  return torch.cat([y + y, y], 1)\n",
           // What is added is changed between convolution and addition.
           "  o = x.sum(1, True) * 2\n  y = " + conv +
               "\n  o.add_(1)\n  return y + o.expand(-1, 4, -1, -1)\n",
           "  o = torch.cat([x, x], 1)[:, 0:4].clone()\n  y = " + conv +
               "\n  o[:, 0:3] = 0.\n  return y + o\n",
           // What a sigmoid is of is changed after it.
           "  o = x * 2\n  s = torch.sigmoid(o)\n  o.add_(100)\n"
           "  return torch.cat([s, o], 1)\n",
           // An operator that may give what it got.
           "  y = " + conv +
               "\n  z = torch.cat([y, y * 2], 1)\n"
               "  t = torch.dropout(y, 0.5, False)\n  t.add_(100)\n"
               "  return z\n",
           "  y = " + conv +
               "\n  z = torch.cat([y, y * 2], 1)\n"
               "  t = y.type_as(x)\n  t.add_(100)\n  return z\n",
           // One convolution, several activations in place.
           "  y = " + conv +
               "\n  z = y\n  for i in range(3):\n    z = torch.silu_(y)\n"
               "  return z\n",
           // What is added is made later, or is broadcast.
           "  y = " + conv +
               "\n  z = torch.relu(x).sum(1, True)\n"
               "  return y + z\n",
       }) {
    torch::jit::Module module = Custom(forward);
    Program program(module, OptimizeLevel::kKernels);
    for (const std::int64_t size : {16, 9, 16}) {
      const at::Tensor x = at::rand({2, 3, size, size});
      const at::Tensor expected = module.forward({x.clone()}).toTensor();
      EXPECT_TRUE(
          at::allclose(program.Run({x}).toTensor(), expected, 1e-5, 1e-5))
          << forward;
    }
  }
}

// What no network says is left to LibTorch, which refuses or computes it.
TEST(CompilerTest, LeavesImpossibleLayersToLibTorch) {
  const PlainInference as_sessions_do;
  struct Layer {
    std::vector<std::int64_t> weight;
    std::int64_t bias;
    std::string call;
  };
  for (const Layer& layer : std::vector<Layer>{
           {{4, 3, 3, 3}, 4, "conv2d(x, w, b, [0, 0])"},
           {{4, 3, 3, 3}, 4, "conv2d(x, w, b, [1, 1], [0, 0], [1, -2])"},
           {{4, 3, 3, 3}, 4, "conv2d(x, w, b, [1, 1], [3000, 0], [-3000, 1])"},
           {{4, 3, 3, 3},
            4,
            "conv2d(x, w, b, [1, 1], [9223372036854775807, 0])"},
           {{4, 3, 3, 3}, 1, "conv2d(x, w, b)"},
           {{4, 3, 3, 3}, 0, "conv2d(x, w, b)"},
           {{0, 3, 3, 3}, 0, "conv2d(x, w, b)"},
           {{4, 3, 0, 3}, 4, "conv2d(x, w, b)"},
           {{4, 3, 3, 3}, 4, "conv2d(x, w, b, [1, 1], [0, 0], [1, 1], 0)"},
           {{4, 3, 3, 3}, 4, "conv2d(x, w, b, [2, 2], [0, 0], [9, 9])"},
           {{3, 4, 2, 2}, 1, "conv_transpose2d(x, w, b, [2, 2])"},
           {{3, 0, 2, 2}, 0, "conv_transpose2d(x, w, b, [2, 2])"},
           {{3, 4, 2, 0}, 4, "conv_transpose2d(x, w, b, [2, 0])"},
           {{4, 3, 3, 3}, 4, "max_pool2d(x, [99, 99], [2, 2])"},
           {{4, 3, 3, 3}, 4, "max_pool2d(x, [3, 3], [0, 0])"},
           {{4, 3, 3, 3},
            4,
            "max_pool2d(x, [4611686018427387904, 1], [1, 1], "
            "[2305843009213693952, 0])"},
           {{4, 3, 3, 3}, 4, "upsample_nearest2d(x, None, [1e300, 1e300])"},
           // Sizes whose sum is more than 64 bits.
           {{4, 3, 3, 3},
            4,
            "cat([x.sum().view(1, 1, 1).expand(1, 1, 4611686018427387904)] * "
            "4, 2)"},
       }) {
    torch::jit::Module module("Impossible");
    module.register_parameter("w", at::rand(layer.weight), false);
    module.register_parameter("b", at::rand({layer.bias}), false);
    module.define(
        "def forward(self, x: Tensor):\n  w = self.w\n  b = self.b\n"
        "  return torch." +
        layer.call + "\n");
    Program program(module, OptimizeLevel::kKernels);
    const at::Tensor x = at::rand({1, 3, 16, 16});
    EXPECT_THROW(program.Run({x}), std::exception) << layer.call;
  }
}

// Each doubles what the one before gives.
TEST(CompilerTest, GraphsThatDoubleAreCompiledInNoTime) {
  const c10::InferenceMode inference;
  std::string joined =
      "  y = torch.conv2d(x, self.weight)\n  if bool(x.sum() > 1e9):\n";
  std::string nested =
      "  y = torch.conv2d(x, self.weight)\n  if bool(x.sum() > 1e9):\n";
  for (int i = 0; i < 60; ++i) {
    joined += "    y = torch.cat([y, y], 1)\n";
    nested += "    y = torch.cat(torch.chunk(torch.cat([y, y], 1), 2, 1), 1)\n";
  }
  for (const std::string& source : {joined, nested}) {
    Program program(
        Custom(source + "  return y\n"), OptimizeLevel::kKernels,
        kernels::ChosenKernels(kernels::Type::kBfloat16) != nullptr);
    EXPECT_EQ(program.Run({at::rand({1, 3, 8, 8})}).toTensor().size(1), 4);
  }
  const std::string chunks =
      "  y = torch.conv2d(x, self.weight)\n  a = torch.chunk(y, "
      "9223372036854775807, 1)\n  return torch.cat([a[0], a[1], y], 1)\n";
  Program program(Custom(chunks), OptimizeLevel::kKernels);
  EXPECT_THROW(program.Run({at::rand({1, 3, 8, 8})}), std::exception);
}

#if !defined(_WIN32)
// No pass follows a chain on the stack, of which there is little here.
TEST(CompilerTest, ChainsOfAnyLengthAreNotFollowedOnTheStack) {
  constexpr int kLength = 8'000;
  std::string source = "  y = torch.conv2d(x, self.weight)\n";
  for (int i = 0; i < kLength; ++i) {
    source += "  y = torch.max_pool2d(y, [1, 1], [1, 1])\n";
  }
  source += "  z = torch.max_pool2d(y, [1, 1], [1, 1])\n";
  for (int i = 0; i < kLength; ++i) {
    source += "  z = torch.slice(z, 1, 0, 4, 1)\n";
  }
  const torch::jit::Module module =
      Custom(source + "  return torch.cat([torch.cat([y, y], 1), z], 1)\n");
  const auto graph = module.get_method("forward").graph()->copy();
  EXPECT_EQ(PackConvolutions(module, graph.get()), 1U);
  EXPECT_EQ(UseOwnKernels(module, graph.get(), std::make_shared<MemoryPool>()),
            kLength + 4U);
  pthread_attr_t small;
  pthread_attr_init(&small);
  ASSERT_EQ(pthread_attr_setstacksize(&small, 512 << 10), 0);
  pthread_t thread{};
  const auto run = [](void* graph) -> void* {
    EXPECT_EQ(ElideConcatCopies(static_cast<torch::jit::Graph*>(graph)), 1U);
    // The result is read by somebody who may need float32.
    EXPECT_EQ(UseBfloat16(static_cast<torch::jit::Graph*>(graph)), 0U);
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &small, run, graph.get()), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&small);
}
#endif

// What is added in double precision makes the sum double.
TEST(CompilerTest, SumsKeepTheTypeThatLibTorchGives) {
  const PlainInference as_sessions_do;
  torch::jit::Module module = Custom(
      "  o = torch.cat([x, x], 1)[:, 0:4].to(7)\n"
      "  y = torch.conv2d(x, self.weight, None, [1, 1], [1, 1])\n"
      "  return y + o\n");
  Program program(module, OptimizeLevel::kKernels);
  EXPECT_EQ(program.report().additions, 1U);
  const at::Tensor x = at::rand({1, 3, 16, 16});
  const at::Tensor found = program.Run({x}).toTensor();
  EXPECT_EQ(found.scalar_type(), at::kDouble);
  EXPECT_TRUE(at::allclose(found, module.forward({x}).toTensor(), 1e-5, 1e-5));
}

// Attention is only known of four dimensions; a session that is told so takes
// LibTorch.
TEST(CompilerTest, AttentionOfFiveDimensionsIsNotGuessed) {
  const PlainInference as_sessions_do;
  torch::jit::Module module = Custom(
      "  q, k, v = torch.split_with_sizes(x, [2, 2, 3], 2)\n"
      "  a = torch.matmul(torch.transpose(q, -2, -1), k)\n"
      "  a = torch.softmax(torch.mul(a, 0.5), -1)\n"
      "  return torch.matmul(v, torch.transpose(a, -2, -1))\n");
  Program program(module, OptimizeLevel::kKernels);
  EXPECT_EQ(program.report().softmax, 1U);
  const at::Tensor four = at::rand({1, 2, 7, 5});
  EXPECT_TRUE(at::allclose(program.Run({four}).toTensor(),
                           module.forward({four}).toTensor(), 1e-5, 1e-5));
  EXPECT_THROW(program.Run({at::rand({1, 2, 7, 3, 3})}), std::exception);
}

TEST(CompilerTest, TransposedConvolutionsThatNeitherOverlapNorLeaveGaps) {
  const PlainInference as_sessions_do;
  for (const std::string stride : {"[2, 3]", "[2, 2]"}) {
    torch::jit::Module module("Transposed");
    module.register_parameter("weight", at::randn({10, 7, 2, 3}), false);
    module.register_parameter("bias", at::randn({7}), false);
    module.define(
        "def forward(self, x: Tensor):\n  return torch.conv_transpose2d(x, "
        "self.weight, self.bias, " +
        stride + ")\n");
    Program program(module, OptimizeLevel::kKernels);
    EXPECT_EQ(program.report().own_kernels, stride == "[2, 3]" ? 1U : 0U);
    for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
      const at::Tensor x = at::randn({3, 10, 5, 13}).to(type);
      const at::Tensor expected = module.forward({x.to(at::kFloat)}).toTensor();
      const double limit = type == at::kFloat ? 1e-5 : 0.1;
      EXPECT_TRUE(at::allclose(program.Run({x}).toTensor().to(at::kFloat),
                               expected, limit, limit));
      if (stride == "[2, 2]") break;
    }
  }
}

TEST(CompilerTest, LeavesASiluAloneWhoseInputIsReadAgain) {
  const PlainInference as_sessions_do;
  torch::jit::Module module = Custom(
      "  y = torch.conv2d(x, self.weight, None, [1, 1], [1, 1])\n"
      "  return torch.silu(y) + y\n");
  Program program(module, OptimizeLevel::kKernels);
  EXPECT_EQ(program.report().activations, 0U);
  const at::Tensor x = at::rand({1, 3, 16, 16});
  EXPECT_TRUE(at::allclose(program.Run({x}).toTensor(),
                           module.forward({x}).toTensor(), 1e-5, 1e-6));
}

}  // namespace
}  // namespace yolotorch::optimizer

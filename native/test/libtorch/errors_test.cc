// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "libtorch/errors.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/api/module.h>

#include <string>
#include <utility>
#include <vector>

namespace yolotorch::libtorch {
namespace {

// Texts as LibTorch 1.13 to 2.10 write them, and what is left of each.
const std::vector<std::pair<std::string, std::string>>& RealTexts() {
  static const auto* texts = new std::vector<
      std::pair<std::string, std::string>>{
      {"Sizes of tensors must match except in dimension 1. Expected size 20 "
       "but got size 21 for tensor number 1 in the list.",
       "Sizes of tensors must match except in dimension 1. Expected size 20 "
       "but got size 21 for tensor number 1 in the list"},
      {"The following operation failed in the TorchScript interpreter.\n"
       "Traceback of TorchScript, serialized code (most recent call last):\n"
       "  File \"code/__torch__/a.py\", line 5, in forward\n"
       "    return torch.add(x, y)\n"
       "           ~~~~~~~~~ <--- HERE\n"
       "RuntimeError: The size of tensor a (3) must match the size of tensor b "
       "(4) at non-singleton dimension 1\n",
       "The size of tensor a (3) must match the size of tensor b (4) at "
       "non-singleton dimension 1"},
      {"The following operation failed in the TorchScript interpreter.\n"
       "Traceback of TorchScript (most recent call last):\n"
       "RuntimeError: \n  something on a line of its own\n",
       "something on a line of its own"},
      {"dtype_ != ScalarType::Undefined INTERNAL ASSERT FAILED at "
       "\"/pytorch/aten/src/ATen/TensorIterator.cpp\":1567, please report a "
       "bug to PyTorch. ",
       "it does not say why"},
      {"isTensor() INTERNAL ASSERT FAILED at "
       "\"../aten/src/ATen/core/ivalue_inl.h\":139, please report a bug to "
       "PyTorch. Expected Tensor but got Int",
       "Expected Tensor but got Int"},
      {"false INTERNAL ASSERT FAILED at "
       "\"/opt/conda/conda-bld/pytorch_1724789560443/work/torch/csrc/jit/ir/"
       "ir.cpp\":542, please report a bug to PyTorch. We don't have an op for "
       "aten::add but it isn't a special case.  \nArgument types: Tensor, \n"
       "Candidates:\n\taten::add(Tensor a)",
       "We don't have an op for aten::add but it isn't a special case"},
      {"Unsupported TypeMeta in ATen: 3 (please report this error)",
       "Unsupported TypeMeta in ATen: 3"},
      {"Expected x.dim() == 4 to be true, but got false.  (Could this error "
       "message be improved?  If so, please report an enhancement request to "
       "PyTorch.)",
       "Expected x.dim() == 4 to be true, but got false"},
      {"Could not run 'aten::conv2d' with arguments from the 'Meta' backend. "
       "If you are a Facebook employee using PyTorch on mobile, please visit "
       "a page.",
       "Could not run 'aten::conv2d' with arguments from the 'Meta' backend. "
       "If you are a Facebook employee using PyTorch on mobile, please visit "
       "a page"},
      {"PytorchStreamReader failed locating file data.pkl: file not found\n"
       "Exception raised from valid at "
       "../caffe2/serialize/inline_container.cc:184 (most recent call first):\n"
       "frame #0: c10::Error::Error(c10::SourceLocation, std::string) + 0x57 "
       "(0x7f0a1b2c3d4e in /usr/lib/libc10.so)\n",
       "PytorchStreamReader failed locating file data.pkl: file not found"},
      {"\nUnknown builtin op: foo::bar.\nCould not find any similar ops to "
       "foo::bar. This op may not exist or may not be currently supported in "
       "TorchScript.\n:\n  File \"code/__torch__.py\", line 9\n",
       "Unknown builtin op: foo::bar"},
      {"[enforce fail at inline_container.cc:387] . unexpected pos 64 vs 0",
       "unexpected pos 64 vs 0"},
      {"invalid type\x1B[31m\r\nRuntimeError: at 0x7f0a1b2c3d4e\x07",
       "at an address?"},
      {"", "it does not say why"},
      {"\n \n", "it does not say why"},
  };
  return *texts;
}

TEST(LibTorchErrorsTest, KeepsTheCauseAlone) {
  for (const auto& [text, cause] : RealTexts()) {
    EXPECT_EQ(CauseIn(text), cause);
    const std::string in_interpreter =
        "The following operation failed in the TorchScript interpreter.\n"
        "Traceback of TorchScript (most recent call last):\n"
        "  File \"code/a.py\", line 5, in forward\n"
        "RuntimeError: " +
        text;
    const std::string shown = CauseIn(in_interpreter);
    for (const char* raw :
         {"report", "pytorch/", "aten/src", ".cpp", ".cc:", "INTERNAL",
          "frame #", "0x", "\n", "\x1B", "Traceback", "enforce fail"}) {
      EXPECT_EQ(shown.find(raw), std::string::npos) << raw << " in " << shown;
    }
  }
}

TEST(LibTorchErrorsTest, LongTextsStayShort) {
  for (const char* piece :
       {"a", "(", "please report ", "a/", "\"", "[enforce fail at ", ".cc:1",
        "Error: ", "INTERNAL ASSERT FAILED at \""}) {
    std::string text;
    while (text.size() < 200'000) text += piece;
    EXPECT_LE(CauseIn(text).size(), 310U) << piece;
  }
}

std::string TextOfRun(const char* source) {
  torch::jit::Module module("m");
  module.define(source);
  try {
    module.forward({at::ones({2})});
  } catch (const std::exception& error) {
    return TextOf(error);
  }
  return "";
}

TEST(LibTorchErrorsTest, MemoryIsToldFromOtherCauses) {
  // More than any machine has, as LibTorch itself says it.
  EXPECT_TRUE(TellsOfMemory(TextOfRun(
      "def forward(self, x):\n  return torch.zeros([1 << 45]) + x\n")));
  EXPECT_TRUE(TellsOfMemory(
      TextOfRun("def forward(self, x):\n  return len([0] * (1 << 58))\n")));
  EXPECT_TRUE(TellsOfMemory("RuntimeError: std::bad_alloc"));
  EXPECT_TRUE(TellsOfMemory(
      "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: "
      "can't allocate memory: you tried to allocate 34359738368 bytes. Error "
      "code 12 (Cannot allocate memory)"));
  EXPECT_TRUE(TellsOfMemory(
      "[enforce fail at alloc_cpu.cpp:80] data. DefaultCPUAllocator: not "
      "enough memory: you tried to allocate 34359738368 bytes."));
  EXPECT_TRUE(TellsOfMemory("CUDA out of memory. Tried to allocate 2.00 GiB"));
  EXPECT_TRUE(TellsOfMemory("could not create a primitive"));
  EXPECT_FALSE(
      TellsOfMemory("could not create a primitive descriptor for a "
                    "convolution forward propagation primitive"));
  const std::string other =
      TextOfRun("def forward(self, x):\n  return x + torch.zeros([3])\n");
  EXPECT_FALSE(TellsOfMemory(other));
  EXPECT_NE(CauseIn(other).find("must match the size of tensor"),
            std::string::npos)
      << CauseIn(other);
}

}  // namespace
}  // namespace yolotorch::libtorch

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/guard.h"

#include <c10/util/Exception.h>
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

#include "support.h"

namespace yolotorch::api {
namespace {

using test::ExpectError;

TEST(GuardTest, MemoryHasItsOwnCode) {
  const std::string trace =
      "The following operation failed in the TorchScript interpreter.\n"
      "Traceback of TorchScript, serialized code (most recent call last):\n"
      "  File \"code/__torch__/a.py\", line 5, in forward\n"
      "    y = torch.mul(x, x)\n"
      "RuntimeError: ";
  for (const char* cause :
       {"std::bad_alloc",
        "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: "
        "can't allocate memory: you tried to allocate 123 bytes. Error code "
        "12 (Cannot allocate memory)",
        "[enforce fail at alloc_cpu.cpp:80] . DefaultCPUAllocator: not enough "
        "memory: you tried to allocate 123 bytes."}) {
    ExpectError(Code::kOutOfMemory, "Native memory ran out", [&] {
      Guarded([&] { throw std::runtime_error(trace + cause + "\n"); });
    });
    ExpectError(Code::kOutOfMemory, "Native memory ran out",
                [&] { Guarded([&] { TORCH_CHECK(false, cause); }); });
  }
  ExpectError(Code::kOutOfMemory, "Native memory ran out",
              [] { Guarded([] { throw std::bad_array_new_length(); }); });
}

TEST(GuardTest, NothingOfLibTorchsOwnCodeIsShown) {
  ExpectError(Code::kInferenceFailed,
              "The network failed while running: it does not say why.",
              [] { Guarded([] { TORCH_INTERNAL_ASSERT(1 == 2); }); });
  ExpectError(
      Code::kInferenceFailed,
      "The network failed while running: no such luck 7.", [] {
        Guarded([] { TORCH_INTERNAL_ASSERT(1 == 2, "no such luck ", 7); });
      });
  ExpectError(Code::kInferenceFailed, "running: Unsupported TypeMeta: 9.", [] {
    Guarded([] {
      throw std::runtime_error(
          "Unsupported TypeMeta: 9 (please report this error)");
    });
  });
}

TEST(GuardTest, TooManyOpenFilesAreNoDefect) {
  ExpectError(Code::kNotFound, "may open no more files", [] {
    Guarded([] {
      throw std::system_error(
          std::make_error_code(std::errc::too_many_files_open));
    });
  });
}

}  // namespace
}  // namespace yolotorch::api

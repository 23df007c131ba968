// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/run_checks.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "runtime/session.h"
#include "runtime/threads.h"
#include "yolotorch/error.h"

namespace yolotorch::archive {
namespace {

using runtime::IsHealthy;
using runtime::RunOnWorker;
using runtime::Session;
using runtime::Stop;
using runtime::WakeStopped;

// Long enough for a run to begin on a busy machine, mostly; nothing depends on
// it.
constexpr std::int64_t kTimeoutMs = 200;

// What a call throws, with its message in `text`.
Code FailureOf(const std::function<void()>& call, std::string* text = nullptr) {
  try {
    call();
  } catch (const Error& error) {
    if (text != nullptr) *text = error.what();
    return error.code();
  }
  return {};
}

// A session of an archive whose forward has these statements before its end.
std::shared_ptr<Session> SessionOf(const std::string& statements, int level) {
  torch::jit::Module module("M");
  module.define("def forward(self, x):\n  y = torch.neg(x)\n" + statements +
                "\n  return y\n");
  AddRunChecks(module);
  metadata::Metadata metadata;
  metadata.imgsz = {32, 32};  // for which 1 GiB suffices
  auto session = std::make_shared<Session>(
      module, metadata, c10::Device(c10::kCPU), "model",
      static_cast<optimizer::OptimizeLevel>(level));
  session->LimitMemory();
  return session;
}

void RunOnce(const std::shared_ptr<Session>& session, const Stop* stop,
             std::int64_t timeout_ms) {
  RunOnWorker(
      2,
      [session] {
        static_cast<void>(session->RunUnchecked(at::ones({1, 3, 8, 8}), {}));
      },
      stop, timeout_ms);
}

void ExpectEnds(const std::string& statements, Code code,
                const std::string& part) {
  // Growth has the time it takes to reach its bound.
  const std::int64_t timeout_ms = code == Code::kTimeout ? kTimeoutMs : 0;
  for (const int level : {0, 3}) {
    const auto session = SessionOf(statements, level);
    std::string text;
    EXPECT_EQ(FailureOf([&] { RunOnce(session, nullptr, timeout_ms); }, &text),
              code)
        << statements << ": " << text;
    EXPECT_NE(text.find(part), std::string::npos) << text;
    EXPECT_TRUE(IsHealthy());
  }
  RunOnce(SessionOf("  y = y + 1", 3), nullptr, 0);
}

TEST(RunChecksTest, ALoopThatMakesTensorsEndsInTime) {
  ExpectEnds("  while True:\n    y = torch.neg(y)", Code::kTimeout, "0.2 s");
}

TEST(RunChecksTest, ALoopThatMakesNoneEndsInTime) {
  ExpectEnds("  i = 0\n  while True:\n    i = i + 1", Code::kTimeout, "0.2 s");
}

TEST(RunChecksTest, TensorsThatGrowWithoutEndAreRefused) {
  ExpectEnds("  while True:\n    y = torch.cat([y, y])", Code::kOutOfMemory,
             "MiB");
}

TEST(RunChecksTest, ListsThatGrowWithoutEndAreRefused) {
  ExpectEnds("  l = [1, 2]\n  while True:\n    l = l + l", Code::kOutOfMemory,
             "MiB");
  std::string doubled = "  l = [1, 2]\n";
  for (int i = 0; i < 40; ++i) doubled += "  l = l + l\n";
  ExpectEnds(doubled + "  y = y + len(l)", Code::kOutOfMemory, "MiB");
  ExpectEnds("  l = [1, 2, 3] * 1000000000\n  y = y + len(l)",
             Code::kOutOfMemory, "MiB");
  ExpectEnds("  s = \"ab\"\n  while True:\n    s = s + s", Code::kOutOfMemory,
             "MiB");
}

TEST(RunChecksTest, WhatIsWithinItsBoundsIsLeftAlone) {
  const auto session = SessionOf(
      "  l = [1, 2]\n  for i in range(10):\n    l = l + l\n  y = y + len(l)",
      3);
  for (int i = 0; i < 3; ++i) {
    RunOnWorker(1, [session] {
      EXPECT_EQ(session->RunUnchecked(at::ones({1, 3, 8, 8}), {})
                    .at(0)
                    .max()
                    .item<float>(),
                2047);
    });
  }
}

class Switch final : public Stop {
 public:
  [[nodiscard]] bool IsAsked() const override { return asked_; }

  void Ask() {
    asked_ = true;
    WakeStopped();
  }

 private:
  std::atomic<bool> asked_{false};
};

TEST(RunChecksTest, ACallerEndsALoop) {
  for (const char* statements : {"  while True:\n    y = torch.neg(y)",
                                 "  i = 0\n  while True:\n    i = i + 1"}) {
    const auto session = SessionOf(statements, 3);
    Switch caller;
    std::thread asking([&] { caller.Ask(); });
    EXPECT_EQ(FailureOf([&] { RunOnce(session, &caller, 0); }),
              Code::kCancelled);
    asking.join();
  }
}

}  // namespace
}  // namespace yolotorch::archive

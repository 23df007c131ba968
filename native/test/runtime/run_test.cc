// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/run.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "runtime/threads.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

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

// Something to wait for that outlives a test.
class Gate {
 public:
  void Open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  void Wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

TEST(RunTest, WorkThatCannotBeEndedIsLeftBehind) {
  const auto gate = std::make_shared<Gate>();
  const auto came_back = std::make_shared<std::atomic<bool>>(false);
  std::string text;
  EXPECT_EQ(FailureOf(
                [&] {
                  RunOnWorker(
                      1,
                      [gate, came_back] {
                        Run::Current()->Apart([&] { gate->Wait(); });
                        came_back->store(true);
                      },
                      nullptr, 1);
                },
                &text),
            Code::kTimeout);
  EXPECT_NE(text.find("0.001 s"), std::string::npos) << text;
  EXPECT_FALSE(IsHealthy());
  EXPECT_EQ(FailureOf([] { RunOnWorker(1, [] {}); }), Code::kUnhealthy);
  EXPECT_EQ(FailureOf([] { CheckHealthy(); }), Code::kUnhealthy);
  bool loaded = false;
  RunOnDeepStack([&] { loaded = true; });
  EXPECT_TRUE(loaded);
  gate->Open();
  while (!IsHealthy()) std::this_thread::yield();
  EXPECT_FALSE(came_back->load());
  RunOnWorker(1, [] {});
}

TEST(RunTest, CallsThatWaitAreToldOfLostWork) {
  const auto gate = std::make_shared<Gate>();
  const auto began = std::make_shared<Gate>();
  std::thread first([&] {
    EXPECT_EQ(FailureOf([&] {
                RunOnWorker(
                    1,
                    [gate, began] {
                      Run::Current()->Apart([&] {
                        began->Open();
                        gate->Wait();
                      });
                    },
                    nullptr, 1);
              }),
              Code::kTimeout);
  });
  began->Wait();
  bool ran = false;
  EXPECT_EQ(FailureOf([&] { RunOnWorker(1, [&] { ran = true; }); }),
            Code::kUnhealthy);
  EXPECT_FALSE(ran);
  first.join();
  gate->Open();
  while (!IsHealthy()) std::this_thread::yield();
}

TEST(RunTest, NobodyLeavesWorkThatUsesWhatItsCallerOwns) {
  bool ended = false;
  RunOnWorker(
      1,
      [&] {
        while (!Run::Current()->is_ended()) std::this_thread::yield();
        ended = true;
      },
      nullptr, 1);
  EXPECT_TRUE(ended);
  EXPECT_TRUE(IsHealthy());
}

}  // namespace
}  // namespace yolotorch::runtime

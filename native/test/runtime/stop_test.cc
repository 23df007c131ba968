// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/stop.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "runtime/threads.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

// Asked from the look on that has this number.
class Countdown final : public Stop {
 public:
  explicit Countdown(int looks) : left_(looks) {}

  [[nodiscard]] bool IsAsked() const override { return --left_ < 0; }

 private:
  mutable std::atomic<int> left_;
};

class Flag final : public Stop {
 public:
  [[nodiscard]] bool IsAsked() const override { return asked_; }

  void Ask() {
    asked_ = true;
    WakeStopped();
  }

 private:
  std::atomic<bool> asked_{false};
};

Code CodeOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return {};
}

TEST(StopTest, NothingStopsWithoutOne) {
  CheckStop(nullptr);
  const Countdown later(1);
  CheckStop(&later);
  EXPECT_EQ(CodeOf([&] { CheckStop(&later); }), Code::kCancelled);
}

TEST(StopTest, WorkThatIsToEndNeverBegins) {
  const Countdown at_once(0);
  bool began = false;
  EXPECT_EQ(CodeOf([&] {
              RunOnWorker(
                  1, [&] { began = true; }, &at_once);
            }),
            Code::kCancelled);
  RunOnWorker(1, [] {});
  EXPECT_FALSE(began);
}

TEST(StopTest, WaitingWorkEndsWhileTheWorkerIsBusy) {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_busy = false;
  bool may_end = false;
  std::thread busy([&] {
    RunOnWorker(1, [&] {
      std::unique_lock<std::mutex> lock(mutex);
      is_busy = true;
      changed.notify_all();
      changed.wait(lock, [&] { return may_end; });
    });
  });
  {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return is_busy; });
  }
  Flag flag;
  bool began = false;
  Code code{};
  std::thread waiting([&] {
    code = CodeOf([&] {
      RunOnWorker(
          1, [&] { began = true; }, &flag);
    });
  });
  flag.Ask();
  waiting.join();  // Hangs if only the worker could end it.
  EXPECT_EQ(code, Code::kCancelled);
  EXPECT_FALSE(began);
  {
    const std::lock_guard<std::mutex> lock(mutex);
    may_end = true;
    changed.notify_all();
  }
  busy.join();
  bool ran = false;
  Flag unused;
  RunOnWorker(
      1, [&] { ran = true; }, &unused);
  EXPECT_TRUE(ran);
}

}  // namespace
}  // namespace yolotorch::runtime

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/run.h"

#include <string>

#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

thread_local Run* current_run = nullptr;

// "30 s", "0.2 s".
std::string SecondsText(std::int64_t ms) {
  std::string text = std::to_string(ms / 1000);
  if (ms % 1000 != 0) {
    std::string rest = std::to_string(1000 + ms % 1000).substr(1);
    while (rest.back() == '0') rest.pop_back();
    text += "." + rest;
  }
  return text + " s";
}

}  // namespace

Run* Run::Current() { return current_run; }

Run::Scope::Scope(Run* run) : before_(std::exchange(current_run, run)) {}

Run::Scope::~Scope() { current_run = before_; }

void Run::Stop(End why) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (end_ == End::kNone) end_ = why;
  limit_.Stop();
}

bool Run::is_ended() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return end_ != End::kNone || limit_.is_exhausted();
}

void Run::CheckEnded() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (limit_.is_exhausted()) {
    throw Error(Code::kOutOfMemory,
                "The program of an archive may hold " +
                    std::to_string(limit_.bytes() >> 20) +
                    " MiB for an input of this size, but asked for more; do "
                    "not use it, or give it smaller pictures.");
  }
  switch (end_) {
    case End::kNone:
      return;
    case End::kTime:
      throw Error(Code::kTimeout,
                  "The program of an archive must be done within its timeout "
                  "of " +
                      SecondsText(timeout_ms_) +
                      ", but was not; load it with a longer one, or give it "
                      "fewer or smaller pictures.");
    case End::kCaller:
      throw Error(Code::kCancelled,
                  "A prediction was to run to its end, but its caller ended "
                  "it; call it again for the pictures that are left.");
    case End::kProcess:
      throw Error(Code::kCancelled,
                  "A prediction was to run to its end, but the process is "
                  "ending; let calls return before it exits.");
  }
}

bool Run::Abandon() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (users_ > 0) return false;
  is_abandoned_ = true;
  return true;
}

bool Run::is_abandoned() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return is_abandoned_;
}

void Run::Cross(int change) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (change > 0 && is_abandoned_) {
    throw Error(Code::kCancelled, "The caller of a prediction has left it.");
  }
  users_ += change;
}

}  // namespace yolotorch::runtime

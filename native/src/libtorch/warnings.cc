// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "yolotorch/warnings.h"

#include <memory>
#include <mutex>
#include <utility>

#include "base/text.h"
#include "libtorch/warnings.h"

namespace yolotorch {
namespace libtorch {
namespace {

constexpr std::size_t kLongest = 2'000;

// Not LibTorch's class of the same name.
using Handler = yolotorch::WarningHandler;

// Passes LibTorch's warnings to the user's handler. Never destroyed: threads
// may use it until the very end.
class Warnings : public c10::WarningHandler {
 public:
  static Warnings& Get() {
    static auto* warnings = new Warnings;
    return *warnings;
  }

  void Set(Handler handler) {
    auto next = std::make_shared<const Handler>(std::move(handler));
    const std::lock_guard<std::mutex> lock(mutex_);
    handler_.swap(next);
  }

  void process(const c10::Warning& warning) override {
    std::shared_ptr<const Handler> handler;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      handler = handler_;
    }
    if (handler == nullptr || !*handler) return;
    try {
      (*handler)(base::OneLine(warning.msg(), kLongest));
    } catch (...) {
      // LibTorch goes on; a warning is no reason to fail.
    }
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<const Handler> handler_;
};

}  // namespace

WarningScope::WarningScope() : guard_(&Warnings::Get()) {}

}  // namespace libtorch

void SetWarningHandler(WarningHandler handler) {
  libtorch::Warnings::Get().Set(std::move(handler));
}

}  // namespace yolotorch

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "libtorch/run_limit.h"

#include <c10/core/CPUAllocator.h>

#include <chrono>
#include <stdexcept>
#include <utility>

#include "base/memory.h"

namespace yolotorch::libtorch {
namespace {

thread_local RunLimit* current_limit = nullptr;

// To ask malloc takes microseconds.
constexpr std::int64_t kLookNanos = 5'000'000;
// Less than this is not worth to ask malloc.
constexpr std::int64_t kSmall = 1 << 20;

std::int64_t Nanos() {
  return std::chrono::steady_clock::now().time_since_epoch().count();
}

}  // namespace

// Asks the limit of the thread and then does what the allocator before it does.
class LimitedAllocator final : public c10::Allocator {
 public:
  explicit LimitedAllocator(c10::Allocator* next) : next_(next) {}

  c10::DataPtr allocate(std::size_t bytes) override {
    RunLimit* limit = current_limit;
    if (limit == nullptr) return next_->allocate(bytes);
    limit->Take(static_cast<std::int64_t>(bytes));
    if (limit->bytes_ == 0) return next_->allocate(bytes);
    auto counted = std::make_unique<Counted>();
    counted->memory = next_->allocate(bytes);
    counted->bytes = static_cast<std::int64_t>(bytes);
    counted->account = limit->account_;
    counted->account->fetch_add(counted->bytes);
    void* memory = counted->memory.get();
    return {memory, counted.release(),
            [](void* counted) { delete static_cast<Counted*>(counted); },
            c10::Device(c10::kCPU)};
  }

  [[nodiscard]] c10::DeleterFnPtr raw_deleter() const override {
    return next_->raw_deleter();
  }

  void copy_data(void* to, const void* from, std::size_t count) const override {
    next_->copy_data(to, from, count);
  }

 private:
  // Memory that an account holds until it is freed, wherever that is.
  struct Counted {
    c10::DataPtr memory;
    std::int64_t bytes = 0;
    std::shared_ptr<RunLimit::Account> account;
    Counted() = default;
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() {
      if (account != nullptr) account->fetch_sub(bytes);
    }
  };

  c10::Allocator* next_;
};

RunLimit::RunLimit() : account_(std::make_shared<Account>(0)) {}

void RunLimit::SetBytes(std::int64_t bytes) {
  bytes_ = bytes;
  in_use_before_ = base::BytesInUse();
}

void RunLimit::Fail(std::int64_t bytes) {
  exhausted_.store(true);
  throw std::runtime_error("out of memory: the run may not hold " +
                           std::to_string(bytes) + " bytes");
}

void RunLimit::Take(std::int64_t bytes) {
  if (stopped_.load()) throw std::runtime_error("the run is to end");
  if (bytes_ == 0) return;
  const std::int64_t held = account_->load();
  if (bytes > bytes_ - held) Fail(held);
}

void RunLimit::Check() {
  Take(0);
  if (bytes_ == 0) return;
  const std::int64_t now = Nanos();
  std::int64_t next = next_look_.load();
  if (now < next || !next_look_.compare_exchange_strong(next, now + kLookNanos))
    return;
  const std::int64_t held = base::BytesInUse() - in_use_before_;
  if (held > bytes_) Fail(held);
}

void RunLimit::CheckRoom(std::int64_t bytes) {
  Take(bytes);
  if (bytes_ == 0 || bytes < kSmall) return;
  const std::int64_t held = base::BytesInUse() - in_use_before_;
  if (bytes > bytes_ - held) Fail(held);
}

RunLimit* RunLimit::Current() { return current_limit; }

RunLimit::Scope::Scope(RunLimit* limit)
    : before_(std::exchange(current_limit, limit)) {}

RunLimit::Scope::~Scope() { current_limit = before_; }

void LimitAllocations() {
  // Never freed: tensors may live as long as the process.
  static auto* allocator = new LimitedAllocator(c10::GetCPUAllocator());
  constexpr std::uint8_t kAboveDefault = 1;
  c10::SetCPUAllocator(allocator, kAboveDefault);
}

}  // namespace yolotorch::libtorch

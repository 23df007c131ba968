// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "libtorch/run_limit.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/alignment.h>

#include <chrono>
#include <limits>
#include <new>
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

// Asks the limit of the thread, then does what the allocator before it does. In
// front of each piece of memory lies its account: LibTorch wants pieces that
// their own address frees.
class LimitedAllocator final : public c10::Allocator {
 public:
  explicit LimitedAllocator(c10::Allocator* next) : next_(next) {}

  c10::DataPtr allocate(std::size_t bytes) override {
    RunLimit* limit = current_limit;
    const auto signed_bytes = static_cast<std::int64_t>(bytes);
    if (limit != nullptr) limit->Take(signed_bytes);
    if (bytes == 0) return next_->allocate(bytes);
    if (bytes > std::numeric_limits<std::size_t>::max() - kHeader) {
      throw std::bad_alloc();
    }
    auto* const start =
        static_cast<char*>(next_->raw_allocate(bytes + kHeader));
    auto* const header = new (start) Header;
    if (limit != nullptr && limit->bytes_ != 0) {
      header->bytes = signed_bytes;
      header->account = limit->account_;
      header->account->fetch_add(signed_bytes);
    }
    char* const memory = start + kHeader;
    return {memory, memory, &Free, c10::Device(c10::kCPU)};
  }

  [[nodiscard]] c10::DeleterFnPtr raw_deleter() const override { return &Free; }

  void copy_data(void* to, const void* from, std::size_t count) const override {
    next_->copy_data(to, from, count);
  }

 private:
  // Of memory that an account holds until it is freed, wherever that is.
  struct Header {
    std::int64_t bytes = 0;
    std::shared_ptr<RunLimit::Account> account;
  };

  // Keeps what is behind it aligned as the allocator aligns.
  static constexpr std::size_t kHeader = c10::gAlignment;
  static_assert(sizeof(Header) <= kHeader);

  static void Free(void* memory);

  c10::Allocator* next_;
};

namespace {

// Never freed: tensors may live as long as the process.
LimitedAllocator* the_allocator = nullptr;

}  // namespace

void LimitedAllocator::Free(void* memory) {
  if (memory == nullptr) return;
  char* const start = static_cast<char*>(memory) - kHeader;
  auto* const header = reinterpret_cast<Header*>(start);
  if (header->account != nullptr) header->account->fetch_sub(header->bytes);
  header->~Header();
  the_allocator->next_->raw_deallocate(start);
}

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
  the_allocator = new LimitedAllocator(c10::GetCPUAllocator());
  constexpr std::uint8_t kAboveDefault = 1;
  c10::SetCPUAllocator(the_allocator, kAboveDefault);
}

}  // namespace yolotorch::libtorch

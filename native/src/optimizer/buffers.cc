// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/buffers.h"

#include <ATen/ATen.h>
#include <c10/core/CPUAllocator.h>

#include <mutex>
#include <new>
#include <optional>
#include <vector>

#include "base/preparation.h"

namespace yolotorch::optimizer {
namespace {

// The smallest page that systems have.
constexpr std::size_t kPageBytes = 4096;

// Numbers from one pixel to the next. Strides of single things mean nothing.
std::int64_t PixelStride(const at::Tensor& x) {
  for (const std::int64_t dimension : {3, 2, 0}) {
    if (x.size(dimension) > 1) return x.stride(dimension);
  }
  return x.size(1);
}

}  // namespace

// The free buffers. Lives as long as the last tensor of the pool.
class MemoryPool::FreeList : public std::enable_shared_from_this<FreeList> {
 public:
  c10::DataPtr Take(std::size_t bytes) {
    auto lease = std::make_unique<Lease>();
    lease->buffer = Find(bytes);
    if (!lease->buffer.memory) {
      lease->buffer = Allocate(bytes);
    }
    lease->owner = shared_from_this();
    void* memory = lease->buffer.memory.get();
    return {memory, lease.release(),
            [](void* lease) { delete static_cast<Lease*>(lease); },
            c10::Device(c10::kCPU)};
  }

  void Trim() {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::erase_if(free_, [&](const Buffer& buffer) {
      if (buffer.run == run_) return false;
      kept_ -= buffer.bytes;
      return true;
    });
    ++run_;
  }

 private:
  struct Buffer {
    c10::DataPtr memory;
    std::size_t bytes = 0;
    std::uint64_t run = 0;  // the last run that used it
  };
  // Returns its buffer to the pool when the tensor is destroyed.
  struct Lease {
    Buffer buffer;
    std::shared_ptr<FreeList> owner;
    Lease() = default;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() {
      if (owner != nullptr) owner->GiveBack(std::move(buffer));
    }
  };

  // A buffer from the system. The system provides a page when it is first
  // written to, which costs a first run more than its computation: all pages
  // are written to here, so that this counts as preparation.
  Buffer Allocate(std::size_t bytes) {
    std::optional<base::Preparation> preparation;
    if (IsFirstRun()) preparation.emplace();
    Buffer buffer;
    buffer.memory = c10::GetCPUAllocator()->allocate(bytes);
    buffer.bytes = bytes;
    auto* begin = static_cast<volatile char*>(buffer.memory.get());
    for (std::size_t i = 0; i < bytes; i += kPageBytes) begin[i] = 0;
    return buffer;
  }

  bool IsFirstRun() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return run_ == 0;
  }

  // The smallest free buffer that is large enough, unless that is far too
  // large; of equal ones the last used, which is still in the cache.
  Buffer Find(std::size_t bytes) {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto best = free_.end();
    for (auto buffer = free_.begin(); buffer != free_.end(); ++buffer) {
      if (buffer->bytes >= bytes && buffer->bytes <= 2 * bytes &&
          (best == free_.end() || buffer->bytes <= best->bytes)) {
        best = buffer;
      }
    }
    if (best == free_.end()) return {};
    Buffer found = std::move(*best);
    free_.erase(best);
    kept_ -= found.bytes;
    return found;
  }

  void GiveBack(Buffer buffer) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (kept_ + buffer.bytes > kMaxKept) return;  // back to the system
    buffer.run = run_;
    const std::size_t bytes = buffer.bytes;
    try {
      free_.push_back(std::move(buffer));
      kept_ += bytes;
    } catch (const std::bad_alloc&) {
      // Called from a destructor: the buffer is freed.
    }
  }

  std::mutex mutex_;
  std::vector<Buffer> free_;
  std::size_t kept_ = 0;  // bytes in free_
  std::uint64_t run_ = 0;
};

MemoryPool::MemoryPool() : free_list_(std::make_shared<FreeList>()) {}
MemoryPool::~MemoryPool() = default;

at::Tensor MemoryPool::Make(c10::IntArrayRef sizes, c10::IntArrayRef strides,
                            c10::ScalarType type) {
  const std::size_t bytes =
      static_cast<std::size_t>(c10::multiply_integers(sizes)) *
      c10::elementSize(type);
  c10::Storage storage(c10::Storage::use_byte_size_t(), bytes,
                       free_list_->Take(bytes), nullptr, /*resizable=*/false);
  return at::empty({0}, type).set_(storage, 0, sizes, strides);
}

at::Tensor MemoryPool::Pixels(std::int64_t batch, std::int64_t channels,
                              std::int64_t height, std::int64_t width,
                              c10::ScalarType type) {
  return Make({batch, channels, height, width},
              {height * width * channels, 1, width * channels, channels}, type);
}

at::Tensor MemoryPool::Contiguous(c10::IntArrayRef sizes,
                                  c10::ScalarType type) {
  return Make(sizes, c10::contiguous_strides(sizes), type);
}

void MemoryPool::Trim() { free_list_->Trim(); }

at::Tensor MakeOutput(MemoryPool* pool, const std::optional<ConcatSlice>& slice,
                      std::int64_t batch, std::int64_t channels,
                      std::int64_t height, std::int64_t width,
                      c10::ScalarType type) {
  if (!slice) return pool->Pixels(batch, channels, height, width, type);
  at::Tensor& buffer = slice->buffer->tensor();
  if (!buffer.defined() || buffer.scalar_type() != type ||
      buffer.size(0) != batch || buffer.size(2) != height ||
      buffer.size(3) != width) {
    buffer = pool->Pixels(batch, slice->buffer->channels, height, width, type);
  }
  return buffer.narrow(1, slice->channel, channels);
}

bool IsPixels(const at::Tensor& x) {
  if (!x.device().is_cpu() ||
      (x.scalar_type() != at::kFloat && x.scalar_type() != at::kBFloat16) ||
      x.layout() != at::kStrided || x.dim() != 4 || x.numel() == 0) {
    return false;
  }
  const std::int64_t pixel = PixelStride(x);
  return (x.size(1) == 1 || x.stride(1) == 1) && pixel >= x.size(1) &&
         (x.size(2) == 1 || x.stride(2) == x.size(3) * pixel) &&
         (x.size(0) == 1 || x.stride(0) == x.size(2) * x.size(3) * pixel);
}

kernels::Pixels AsPixels(const at::Tensor& x) {
  return {x.data_ptr(),
          x.scalar_type() == at::kFloat ? kernels::Type::kFloat
                                        : kernels::Type::kBfloat16,
          x.size(0),
          x.size(2),
          x.size(3),
          x.size(1),
          PixelStride(x)};
}

at::Tensor ToPixels(const at::Tensor& x, c10::ScalarType type) {
  if (x.scalar_type() == type && IsPixels(x)) return x;
  return x.to(type).contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace yolotorch::optimizer

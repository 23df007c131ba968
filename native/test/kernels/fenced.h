// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <new>
#include <random>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "base/rounding.h"
#include "kernels/pixels.h"

namespace yolotorch::kernels {

// Memory between pages that may not be touched. Sanitizers do not see what
// vector instructions with a mask read; the memory unit does.
class Fenced {
 public:
  explicit Fenced(std::size_t bytes) {
#if defined(__unix__) || defined(__APPLE__)
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t inner = base::RoundUp(bytes, page);
    size_ = inner + 2 * page;
    map_ = static_cast<char*>(
        mmap(nullptr, size_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    if (map_ == MAP_FAILED) throw std::bad_alloc();
    mprotect(map_ + page, inner, PROT_READ | PROT_WRITE);
    data_ = map_ + page + inner - bytes;
#else
    map_ = new char[bytes];
    data_ = map_;
#endif
  }
  ~Fenced() {
#if defined(__unix__) || defined(__APPLE__)
    munmap(map_, size_);
#else
    delete[] map_;
#endif
  }
  Fenced(const Fenced&) = delete;
  Fenced& operator=(const Fenced&) = delete;

  [[nodiscard]] void* data() const { return data_; }

 private:
  char* map_ = nullptr;
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

inline float ToFloat(std::uint16_t bfloat16) {
  return std::bit_cast<float>(std::uint32_t{bfloat16} << 16);
}

// Fenced numbers.
class Numbers {
 public:
  explicit Numbers(std::int64_t count, Type type = Type::kFloat)
      : count_(count),
        type_(type),
        memory_(std::make_unique<Fenced>(
            static_cast<std::size_t>(count * SizeOf(type)))) {}

  // Of numbers that bfloat16 holds as they are.
  Numbers& Fill(std::mt19937* random) {
    std::uniform_int_distribution<int> sixteenths(-32, 32);
    for (std::int64_t i = 0; i < count_; ++i) {
      const float value = static_cast<float>(sixteenths(*random)) / 16;
      if (type_ == Type::kFloat) {
        floats()[i] = value;
      } else {
        halves()[i] = static_cast<std::uint16_t>(
            std::bit_cast<std::uint32_t>(value) >> 16);
      }
    }
    return *this;
  }

  [[nodiscard]] float operator[](std::int64_t i) const {
    return type_ == Type::kFloat ? floats()[i] : ToFloat(halves()[i]);
  }
  [[nodiscard]] float* floats() const {
    return static_cast<float*>(memory_->data());
  }
  [[nodiscard]] std::uint16_t* halves() const {
    return static_cast<std::uint16_t*>(memory_->data());
  }
  [[nodiscard]] std::int64_t count() const { return count_; }
  [[nodiscard]] Type type() const { return type_; }

  [[nodiscard]] Pixels As(std::int64_t batch, std::int64_t height,
                          std::int64_t width, std::int64_t channels) const {
    EXPECT_EQ(batch * height * width * channels, count_);
    return {memory_->data(), type_, batch, height, width, channels, channels};
  }

 private:
  std::int64_t count_;
  Type type_;
  std::unique_ptr<Fenced> memory_;
};

}  // namespace yolotorch::kernels

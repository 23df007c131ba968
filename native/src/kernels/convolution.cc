// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/convolution.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/rounding.h"
#include "base/thread_pool.h"
#include "kernels/winograd.h"

namespace yolotorch::kernels {
namespace {

constexpr int kMaxTaps = 49;
// Windows so narrow are read row by row: their rows are one piece of memory.
constexpr std::int64_t kMaxJoinedWindow = 64;  // numbers
constexpr std::int64_t kMaxJoinedHeight = 3;
// Output pixels of a chunk are a multiple of every tile's.
constexpr std::int64_t kChunkUnit = 24;
constexpr std::int64_t kMaxChunk = 480;
constexpr std::int64_t kItemsPerThread = 8;
constexpr int kRowPixels = 16;

// Rounds to the nearest bfloat16, half to even.
std::uint16_t ToBfloat16(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  if (x != x) return static_cast<std::uint16_t>(bits >> 16 | 0x40);
  return static_cast<std::uint16_t>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

std::int64_t OutputSide(std::int64_t side, std::int64_t kernel,
                        std::int64_t stride, std::int64_t padding,
                        std::int64_t dilation) {
  const std::int64_t room = side + 2 * padding - dilation * (kernel - 1) - 1;
  return room < 0 ? 0 : room / stride + 1;
}

// Where the taps of output pixels lie in the input.
class Window {
 public:
  Window(const ConvolutionShape& shape, const Pixels& input,
         const Pixels& output, const void* zeros)
      : shape_(shape), input_(input), output_(output), zeros_(zeros) {
    joined_ = !shape.depthwise && shape.kernel_width > 1 &&
              shape.kernel_height <= kMaxJoinedHeight &&
              shape.dilation_x == 1 && input.stride == input.channels &&
              input.channels * shape.kernel_width <= kMaxJoinedWindow;
    pixel_ = input.stride * SizeOf(input.type);
    taps_x_ = joined_ ? 1 : shape.kernel_width;
    for (std::int64_t y = 0; y < shape.kernel_height; ++y) {
      for (std::int64_t x = 0; x < taps_x_; ++x) {
        offsets_[static_cast<std::size_t>(y * taps_x_ + x)] =
            (y * shape.dilation_y * input.width + x * shape.dilation_x) *
            pixel_;
      }
    }
  }

  [[nodiscard]] int tap_count() const {
    return static_cast<int>(shape_.kernel_height * taps_x_);
  }
  // Numbers behind each tap.
  [[nodiscard]] std::int64_t run() const {
    return joined_ ? input_.channels * shape_.kernel_width : input_.channels;
  }

  // Goes to output pixel `index`.
  void Seek(std::int64_t index) {
    index_ = index;
    x_ = index % output_.width;
    const std::int64_t rows = index / output_.width;
    y_ = rows % output_.height;
    picture_ = rows / output_.height;
  }

  // Pixels up to the end of the row.
  [[nodiscard]] std::int64_t left_in_row() const { return output_.width - x_; }

  // Goes on by so many pixels.
  void Advance(std::int64_t pixels) {
    index_ += pixels;
    x_ += pixels;
    while (x_ >= output_.width) {
      x_ -= output_.width;
      NextRow(&y_, &picture_);
    }
  }

  // Sets the taps of `pixels` output pixels from here on; those behind the last
  // pixel repeat it.
  void Fill(int pixels, const void** taps) {
    std::int64_t x = x_;
    std::int64_t y = y_;
    std::int64_t picture = picture_;
    const std::int64_t left = x * shape_.stride_x - shape_.padding_x;
    const std::int64_t right = left + (pixels - 1) * shape_.stride_x +
                               (shape_.kernel_width - 1) * shape_.dilation_x;
    const std::int64_t top = y * shape_.stride_y - shape_.padding_y;
    const std::int64_t bottom =
        top + (shape_.kernel_height - 1) * shape_.dilation_y;
    if (left >= 0 && right < input_.width && top >= 0 &&
        bottom < input_.height && x + pixels <= output_.width) {
      const char* base = Input(picture, top, left);
      const std::int64_t step = shape_.stride_x * pixel_;
      for (int tap = 0; tap < tap_count(); ++tap) {
        const char* start = base + offsets_[static_cast<std::size_t>(tap)];
        for (int m = 0; m < pixels; ++m) *taps++ = start + m * step;
      }
      return;
    }
    for (int m = 0; m < pixels; ++m) {
      FillOne(picture, y, x, m, pixels, taps + m);
      if (index_ + m + 1 >= output_.count()) continue;
      if (++x == output_.width) {
        x = 0;
        NextRow(&y, &picture);
      }
    }
  }

 private:
  void NextRow(std::int64_t* y, std::int64_t* picture) const {
    if (++*y == output_.height) {
      *y = 0;
      ++*picture;
    }
  }

  [[nodiscard]] const char* Input(std::int64_t picture, std::int64_t y,
                                  std::int64_t x) const {
    return static_cast<const char*>(input_.data) +
           ((picture * input_.height + y) * input_.width + x) * pixel_;
  }

  void FillOne(std::int64_t picture, std::int64_t out_y, std::int64_t out_x,
               int m, int pixels, const void** taps) {
    for (std::int64_t ky = 0; ky < shape_.kernel_height; ++ky) {
      const std::int64_t y =
          out_y * shape_.stride_y - shape_.padding_y + ky * shape_.dilation_y;
      const bool inside = y >= 0 && y < input_.height;
      const std::int64_t first_x = out_x * shape_.stride_x - shape_.padding_x;
      for (std::int64_t kx = 0; kx < taps_x_; ++kx, taps += pixels) {
        const std::int64_t x = first_x + kx * shape_.dilation_x;
        if (!inside) {
          *taps = zeros_;
        } else if (joined_) {
          *taps = Joined(picture, y, x, m, ky);
        } else {
          *taps = x >= 0 && x < input_.width ? Input(picture, y, x) : zeros_;
        }
      }
    }
  }

  // A row of a window, with zeros where it is outside.
  const void* Joined(std::int64_t picture, std::int64_t y, std::int64_t x,
                     int m, std::int64_t ky) {
    const std::int64_t width = shape_.kernel_width;
    if (x >= 0 && x + width <= input_.width) return Input(picture, y, x);
    auto& row = edges_[static_cast<std::size_t>(m * kMaxJoinedHeight + ky)];
    row.fill(0);
    const std::int64_t begin = std::max<std::int64_t>(0, -x);
    const std::int64_t end = std::min(width, input_.width - x);
    if (begin < end) {
      std::memcpy(reinterpret_cast<char*>(row.data()) + begin * pixel_,
                  Input(picture, y, x + begin),
                  static_cast<std::size_t>((end - begin) * pixel_));
    }
    return row.data();
  }

  const ConvolutionShape& shape_;
  const Pixels& input_;
  const Pixels& output_;
  const void* zeros_;
  bool joined_ = false;
  std::int64_t pixel_ = 0;  // bytes from pixel to pixel
  std::int64_t taps_x_ = 1;
  // The output pixel it is at: its number and its place.
  std::int64_t index_ = 0;
  std::int64_t x_ = 0;
  std::int64_t y_ = 0;
  std::int64_t picture_ = 0;
  std::array<std::int64_t, kMaxTaps> offsets_{};
  std::array<std::array<float, kMaxJoinedWindow>,
             static_cast<std::size_t>(kMaxTilePixels* kMaxJoinedHeight)>
      edges_;
};

// Numbers per word that a kernel multiplies.
std::int64_t PerWord(Type type) { return type == Type::kFloat ? 1 : 2; }

}  // namespace

bool Convolution::IsSupported(const ConvolutionShape& shape, Type type) {
  if (shape.kernel_height > kMaxTaps || shape.kernel_width > kMaxTaps ||
      shape.kernel_height * shape.kernel_width > kMaxTaps) {
    return false;
  }
  if (shape.depthwise) {
    return shape.in_channels == shape.out_channels &&
           shape.kernel_height * shape.kernel_width == kDepthwiseTaps;
  }
  return type == Type::kFloat || shape.in_channels % 2 == 0;
}

Convolution::Convolution(const KernelSet& kernels,
                         const ConvolutionShape& shape, Type type,
                         const float* weights, const float* bias, bool silu)
    : kernels_(&kernels),
      shape_(shape),
      type_(type),
      silu_(silu),
      zeros_(static_cast<std::size_t>(
          std::max(shape.in_channels, kMaxJoinedWindow))) {
  if (Winograd::Pays(shape, type)) {
    winograd_ = std::make_shared<const Winograd>(kernels, shape, weights);
    bias_.resize(static_cast<std::size_t>(shape.out_channels));
  } else {
    Pack(weights);
  }
  if (bias != nullptr) std::copy_n(bias, shape.out_channels, bias_.begin());
}

void Convolution::Pack(const float* weights) {
  const std::int64_t taps = shape_.kernel_height * shape_.kernel_width;
  if (shape_.depthwise) {
    bias_.resize(static_cast<std::size_t>(shape_.out_channels));
    weights_.resize(static_cast<std::size_t>(taps * shape_.out_channels));
    for (std::int64_t c = 0; c < shape_.out_channels; ++c) {
      for (std::int64_t tap = 0; tap < taps; ++tap) {
        weights_[static_cast<std::size_t>(tap * shape_.out_channels + c)] =
            std::bit_cast<std::int32_t>(weights[c * taps + tap]);
      }
    }
    return;
  }
  const std::int64_t per_word = PerWord(type_);
  const std::int64_t steps = shape_.in_channels / per_word;
  const Panels panels(*kernels_, shape_.out_channels);
  weights_.resize(static_cast<std::size_t>(panels.channels * taps * steps));
  bias_.resize(static_cast<std::size_t>(panels.channels));
  panels_ = panels.list;
  for (const Panel& panel : panels_) {
    const std::int64_t width = panel.kernel->channels;
    const std::int64_t count =
        std::min(width, shape_.out_channels - panel.channel);
    for (std::int64_t i = 0; i < taps * steps; ++i) {
      std::int32_t* words =
          weights_.data() + panel.channel * taps * steps + i * width;
      for (std::int64_t c = 0; c < count; ++c) {
        const std::int64_t tap = i / steps;
        const float* source =
            weights +
            ((panel.channel + c) * shape_.in_channels + i % steps * per_word) *
                taps +
            tap;
        if (type_ == Type::kFloat) {
          words[c] = std::bit_cast<std::int32_t>(*source);
        } else {
          words[c] = std::bit_cast<std::int32_t>(
              std::uint32_t{ToBfloat16(source[0])} |
              std::uint32_t{ToBfloat16(source[taps])} << 16);
        }
      }
    }
  }
}

std::int64_t Convolution::OutputHeight(std::int64_t height) const {
  return OutputSide(height, shape_.kernel_height, shape_.stride_y,
                    shape_.padding_y, shape_.dilation_y);
}

std::int64_t Convolution::OutputWidth(std::int64_t width) const {
  return OutputSide(width, shape_.kernel_width, shape_.stride_x,
                    shape_.padding_x, shape_.dilation_x);
}

void Convolution::Run(const Pixels& input, const Pixels* residual,
                      const Pixels& output, int threads) const {
  if (winograd_ != nullptr) {
    winograd_->Run(input, residual, output, bias_.data(), silu_, threads);
    return;
  }
  const std::int64_t pixels = output.count();
  const auto panels =
      std::max<std::int64_t>(1, static_cast<std::int64_t>(panels_.size()));
  const std::int64_t wanted =
      base::CeilDivide(pixels * panels, threads * kItemsPerThread);
  const std::int64_t chunk =
      std::min(kMaxChunk, base::RoundUp(wanted, kChunkUnit));
  const std::int64_t chunks = base::CeilDivide(pixels, chunk);
  base::ThreadPool::Get().Run(threads, chunks * panels, [&](std::int64_t item) {
    const std::int64_t begin = item / panels * chunk;
    const std::int64_t end = std::min(pixels, begin + chunk);
    if (shape_.depthwise) {
      RunRows(input, residual, output, begin, end);
    } else {
      RunTiles(input, residual, output,
               panels_[static_cast<std::size_t>(item % panels)], begin, end);
    }
  });
}

void Convolution::RunTiles(const Pixels& input, const Pixels* residual,
                           const Pixels& output, const Panel& panel,
                           std::int64_t begin, std::int64_t end) const {
  Window window(shape_, input, output, zeros_.data());
  std::array<const void*, static_cast<std::size_t>(kMaxTaps) * kMaxTilePixels>
      taps;
  const TileKernel& kernel = *panel.kernel;
  const std::int64_t number = SizeOf(output.type);
  Tile tile;
  tile.taps = taps.data();
  tile.tap_count = window.tap_count();
  tile.steps = window.run() / PerWord(type_);
  tile.weights = weights_.data() + panel.channel * tile.tap_count * tile.steps;
  tile.bias = bias_.data() + panel.channel;
  tile.silu = silu_;
  tile.output_type = output.type;
  tile.output_stride = output.stride;
  tile.channels = static_cast<int>(std::min<std::int64_t>(
      kernel.channels, shape_.out_channels - panel.channel));
  window.Seek(begin);
  for (std::int64_t first = begin; first < end; first += tile.pixels) {
    window.Fill(kernel.pixels, taps.data());
    std::int64_t pixels = std::min<std::int64_t>(kernel.pixels, end - first);
    if (output.row_gap != 0) pixels = std::min(pixels, window.left_in_row());
    window.Advance(pixels);
    tile.pixels = static_cast<int>(pixels);
    tile.output = output.at(first) + panel.channel * number;
    if (residual != nullptr) {
      tile.residual = residual->at(first) + panel.channel * number;
      tile.residual_stride = residual->stride;
    }
    kernel.run(tile);
  }
}

void Convolution::RunRows(const Pixels& input, const Pixels* residual,
                          const Pixels& output, std::int64_t begin,
                          std::int64_t end) const {
  Window window(shape_, input, output, zeros_.data());
  std::array<const void*, static_cast<std::size_t>(kMaxTaps) * kRowPixels> taps;
  DepthwiseRow row;
  row.taps = taps.data();
  row.type = input.type;
  row.weights = reinterpret_cast<const float*>(weights_.data());
  row.bias = bias_.data();
  row.silu = silu_;
  row.output_type = output.type;
  row.output_stride = output.stride;
  row.channels = shape_.out_channels;
  window.Seek(begin);
  for (std::int64_t first = begin; first < end; first += kRowPixels) {
    row.pixels =
        static_cast<int>(std::min<std::int64_t>(kRowPixels, end - first));
    window.Fill(row.pixels, taps.data());
    window.Advance(row.pixels);
    row.output = output.at(first);
    if (residual != nullptr) {
      row.residual = residual->at(first);
      row.residual_stride = residual->stride;
    }
    kernels_->depthwise(row);
  }
}

}  // namespace yolotorch::kernels

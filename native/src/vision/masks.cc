// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/masks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "vision/pixels.h"

namespace yolotorch::vision {
namespace {

// Half-open ranges of columns and rows.
struct Window {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;

  [[nodiscard]] bool empty() const { return left >= right || top >= bottom; }
};

// The box at another scale, rounded and kept inside width x height. A box that
// is no number gives an empty window.
Window RoundedWindow(const float* box, double scale_x, double scale_y,
                     int width, int height) {
  if (std::isnan(box[0] + box[1] + box[2] + box[3])) return {};
  const auto side = [](double value, int limit) {
    return RoundHalfEven(std::clamp(value, 0.0, static_cast<double>(limit)));
  };
  return {side(box[0] * scale_x, width), side(box[1] * scale_y, height),
          side(box[2] * scale_x, width), side(box[3] * scale_y, height)};
}

// Sums of prototypes inside a window, zero elsewhere.
class Logits {
 public:
  Logits(const Prototypes& prototypes, const std::vector<float>& coefficients,
         const Window& window)
      : window_(window),
        stride_(window.right - window.left),
        values_(static_cast<std::size_t>(stride_) *
                static_cast<std::size_t>(window.bottom - window.top)) {
    const std::ptrdiff_t plane =
        std::ptrdiff_t{prototypes.height} * prototypes.width;
    for (int k = 0; k < prototypes.count; ++k) {
      const float weight = coefficients[static_cast<std::size_t>(k)];
      float* out = values_.data();
      for (int y = window.top; y < window.bottom; ++y) {
        const float* row = prototypes.data + k * plane +
                           std::ptrdiff_t{y} * prototypes.width + window.left;
        for (int x = 0; x < stride_; ++x) out[x] += weight * row[x];
        out += stride_;
      }
    }
  }

  [[nodiscard]] float At(int x, int y) const {
    if (x < window_.left || x >= window_.right || y < window_.top ||
        y >= window_.bottom) {
      return 0;
    }
    return values_[static_cast<std::size_t>(y - window_.top) *
                       static_cast<std::size_t>(stride_) +
                   static_cast<std::size_t>(x - window_.left)];
  }

 private:
  Window window_;
  int stride_;
  std::vector<float> values_;
};

// Bilinear sampling as PyTorch and OpenCV do it: pixel centres, no wrapping.
struct Sample {
  int first;
  int second;
  float fraction;
};

Sample SampleAt(int index, double scale, int size) {
  const auto position =
      std::max(0.0F, static_cast<float>((index + 0.5) * scale - 0.5));
  const int first = std::min(static_cast<int>(position), size - 1);
  return {first, std::min(first + 1, size - 1),
          position - static_cast<float>(first)};
}

// Sets the pixels of `window` where the enlarged values exceed `threshold`.
// `value(x, y)` gives the source, `width` x `height`; the target frame is
// scale_x and scale_y source pixels a pixel.
template <typename Value>
BitRegion Enlarge(const Window& window, double scale_x, double scale_y,
                  int width, int height, float threshold, const Value& value) {
  BitRegion out(window.left, window.top, window.right - window.left,
                window.bottom - window.top);
  std::vector<Sample> columns;
  for (int x = window.left; x < window.right; ++x) {
    columns.push_back(SampleAt(x, scale_x, width));
  }
  for (int y = window.top; y < window.bottom; ++y) {
    const Sample row = SampleAt(y, scale_y, height);
    for (int x = window.left; x < window.right; ++x) {
      const Sample& column = columns[static_cast<std::size_t>(x - window.left)];
      const float upper =
          value(column.first, row.first) * (1 - column.fraction) +
          value(column.second, row.first) * column.fraction;
      const float lower =
          value(column.first, row.second) * (1 - column.fraction) +
          value(column.second, row.second) * column.fraction;
      if (upper * (1 - row.fraction) + lower * row.fraction > threshold) {
        out.Set(x, y);
      }
    }
  }
  return out;
}

// The part of a frame that values of a source window can reach.
Window Reach(const Window& window, double factor_x, double factor_y, int width,
             int height) {
  const auto low = [](int side, double factor) {
    return std::max(0, static_cast<int>(std::floor((side - 1) * factor)));
  };
  const auto high = [](int side, double factor, int limit) {
    return std::min(limit, static_cast<int>(std::ceil((side + 1) * factor)));
  };
  return {low(window.left, factor_x), low(window.top, factor_y),
          high(window.right, factor_x, width),
          high(window.bottom, factor_y, height)};
}

// Grey margins of the letterbox inside a frame of another scale.
Window Unpadded(const Letterbox& letterbox, int width, int height) {
  const double gain =
      std::min(static_cast<double>(height) / letterbox.image_height,
               static_cast<double>(width) / letterbox.image_width);
  const double pad_x = (width - letterbox.image_width * gain) / 2;
  const double pad_y = (height - letterbox.image_height * gain) / 2;
  Window window{RoundHalfEven(pad_x - 0.1), RoundHalfEven(pad_y - 0.1),
                width - RoundHalfEven(pad_x + 0.1),
                height - RoundHalfEven(pad_y + 0.1)};
  window.right = std::max(window.right, window.left + 1);
  window.bottom = std::max(window.bottom, window.top + 1);
  return window;
}

}  // namespace

BitRegion::BitRegion(int left, int top, int width, int height)
    : left_(left),
      top_(top),
      width_(std::max(width, 0)),
      height_(std::max(height, 0)),
      bits_(static_cast<std::size_t>((width_ + 7) / 8) *
            static_cast<std::size_t>(height_)) {}

bool BitRegion::Get(int x, int y) const {
  x -= left_;
  y -= top_;
  if (x < 0 || y < 0 || x >= width_ || y >= height_) return false;
  const std::size_t index =
      static_cast<std::size_t>(y) * static_cast<std::size_t>((width_ + 7) / 8) +
      static_cast<std::size_t>(x / 8);
  return ((bits_[index] >> (x % 8)) & 1) != 0;
}

void BitRegion::Set(int x, int y) {
  x -= left_;
  y -= top_;
  const std::size_t index =
      static_cast<std::size_t>(y) * static_cast<std::size_t>((width_ + 7) / 8) +
      static_cast<std::size_t>(x / 8);
  bits_[index] = static_cast<std::uint8_t>(bits_[index] | (1U << (x % 8)));
}

bool BitRegion::empty() const {
  return std::all_of(bits_.begin(), bits_.end(),
                     [](std::uint8_t byte) { return byte == 0; });
}

BitRegion BitRegion::Trimmed() const {
  int left = left_ + width_;
  int top = top_ + height_;
  int right = left_;
  int bottom = top_;
  for (int y = top_; y < top_ + height_; ++y) {
    for (int x = left_; x < left_ + width_; ++x) {
      if (!Get(x, y)) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = std::max(bottom, y + 1);
    }
  }
  BitRegion out(left, top, right - left, bottom - top);
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      if (Get(x, y)) out.Set(x, y);
    }
  }
  return out;
}

BitRegion NetworkMask(const Prototypes& prototypes,
                      const std::vector<float>& coefficients, const float* box,
                      int height, int width) {
  const double scale_x = static_cast<double>(prototypes.width) / width;
  const double scale_y = static_cast<double>(prototypes.height) / height;
  const Window crop =
      RoundedWindow(box, scale_x, scale_y, prototypes.width, prototypes.height);
  if (crop.empty()) return {};
  const Logits logits(prototypes, coefficients, crop);
  return Enlarge(Reach(crop, 1 / scale_x, 1 / scale_y, width, height), scale_x,
                 scale_y, prototypes.width, prototypes.height, 0,
                 [&](int x, int y) { return logits.At(x, y); })
      .Trimmed();
}

BitRegion RetinaMask(const Prototypes& prototypes,
                     const std::vector<float>& coefficients, const float* box,
                     const Letterbox& letterbox) {
  const Window inner = Unpadded(letterbox, prototypes.width, prototypes.height);
  const int width = inner.right - inner.left;
  const int height = inner.bottom - inner.top;
  const Window target =
      RoundedWindow(box, 1, 1, letterbox.image_width, letterbox.image_height);
  if (target.empty()) return {};
  const double scale_x = static_cast<double>(width) / letterbox.image_width;
  const double scale_y = static_cast<double>(height) / letterbox.image_height;
  Window needed = Reach(target, scale_x, scale_y, width, height);
  needed.left += inner.left;
  needed.right += inner.left;
  needed.top += inner.top;
  needed.bottom += inner.top;
  const Logits logits(prototypes, coefficients, needed);
  return Enlarge(target, scale_x, scale_y, width, height, 0,
                 [&](int x, int y) {
                   return logits.At(x + inner.left, y + inner.top);
                 })
      .Trimmed();
}

BitRegion ToPicture(const BitRegion& mask, const Letterbox& letterbox) {
  const Window inner =
      Unpadded(letterbox, letterbox.net_width, letterbox.net_height);
  const int width = inner.right - inner.left;
  const int height = inner.bottom - inner.top;
  const Window covered = {mask.left() - inner.left, mask.top() - inner.top,
                          mask.left() + mask.width() - inner.left,
                          mask.top() + mask.height() - inner.top};
  const double factor_x = static_cast<double>(letterbox.image_width) / width;
  const double factor_y = static_cast<double>(letterbox.image_height) / height;
  const Window target = Reach(covered, factor_x, factor_y,
                              letterbox.image_width, letterbox.image_height);
  if (target.empty()) return {};
  return Enlarge(target, 1 / factor_x, 1 / factor_y, width, height, 0.5F,
                 [&](int x, int y) {
                   return mask.Get(x + inner.left, y + inner.top) ? 1.0F : 0.0F;
                 })
      .Trimmed();
}

}  // namespace yolotorch::vision

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/masks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include "vision/mask_kernels.h"
#include "vision/pixels.h"

namespace yolotorch::vision {
namespace {

// Half-open ranges of columns and rows.
struct Window {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;

  [[nodiscard]] int width() const { return right - left; }
  [[nodiscard]] int height() const { return bottom - top; }
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

// Kernels for this machine.
const MaskKernels& Kernels() {
  static const MaskKernels& widest =
      MaskKernelsFor(base::ChosenInstructionSet());
  return widest;
}

// Values inside a window of a frame, zero elsewhere. A subclass knows how to
// write a row of them.
class Source {
 public:
  explicit Source(const Window& window) : window_(window) {}
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  [[nodiscard]] const Window& window() const { return window_; }
  // Writes the window's columns of row y, which is inside the window.
  virtual void Write(int y, float* out) const = 0;

 private:
  Window window_;
};

// Sums of prototypes; the window is moved by (`shift_x`, `shift_y`) from where
// it is in them.
class Logits final : public Source {
 public:
  Logits(const Prototypes& prototypes, const std::vector<float>& coefficients,
         const Window& window, int shift_x = 0, int shift_y = 0)
      : Source(window),
        prototypes_(prototypes),
        coefficients_(coefficients),
        shift_x_(shift_x),
        shift_y_(shift_y) {}

  void Write(int y, float* out) const override {
    const auto count = static_cast<std::size_t>(window().width());
    std::fill_n(out, count, 0.0F);
    const std::ptrdiff_t plane =
        std::ptrdiff_t{prototypes_.height} * prototypes_.width;
    const float* row = prototypes_.data +
                       std::ptrdiff_t{y + shift_y_} * prototypes_.width +
                       window().left + shift_x_;
    for (int k = 0; k < prototypes_.count; ++k) {
      Kernels().add(row + k * plane, coefficients_[static_cast<std::size_t>(k)],
                    count, out);
    }
  }

 private:
  const Prototypes& prototypes_;
  const std::vector<float>& coefficients_;
  int shift_x_;
  int shift_y_;
};

// Pixels of a mask as 0 and 1, its frame's origin moved to (x, y).
class Pixels final : public Source {
 public:
  Pixels(const BitRegion& mask, int x, int y)
      : Source({mask.left() - x, mask.top() - y, mask.left() - x + mask.width(),
                mask.top() - y + mask.height()}),
        mask_(mask),
        y_(y) {}

  void Write(int y, float* out) const override {
    const std::uint8_t* bits = mask_.Row(y + y_);
    for (int i = 0; i < mask_.width(); ++i) {
      out[i] = static_cast<float>((bits[i / 8] >> (i % 8)) & 1);
    }
  }

 private:
  const BitRegion& mask_;
  int y_;
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

// Rows of a source, interpolated horizontally; the last two are cached, since
// consecutive rows of an enlarged frame use them.
class MixedSource {
 public:
  MixedSource(const Source& source, MixedColumns columns)
      : source_(source),
        columns_(std::move(columns)),
        row_(static_cast<std::size_t>(source.window().width()) + 2) {
    for (Kept& kept : kept_) kept.values.resize(columns_.first.size());
  }

  // Row y, valid until the next but one call with another row.
  const float* Row(int y) {
    const Window& window = source_.window();
    // All rows outside of the window are equal.
    y = std::clamp(y, window.top - 1, window.bottom);
    if (kept_[0].y != y) std::swap(kept_[0], kept_[1]);
    Kept& kept = kept_[0];
    if (kept.y != y) {
      kept.y = y;
      if (y < window.top || y >= window.bottom) {
        std::fill(kept.values.begin(), kept.values.end(), 0.0F);
      } else {
        source_.Write(y, row_.data() + 1);
        Kernels().mix(row_.data(), columns_, kept.values.data());
      }
    }
    return kept.values.data();
  }

 private:
  struct Kept {
    int y = std::numeric_limits<int>::min();
    std::vector<float> values;
  };

  const Source& source_;
  MixedColumns columns_;
  std::vector<float> row_;  // a zero, the window's values, a zero
  std::array<Kept, 2> kept_;
};

// Sets the pixels of `target` where the enlarged values exceed `threshold`. The
// source's frame is `width` x `height`, the target's scale_x and scale_y source
// pixels per pixel.
BitRegion Enlarge(const Window& target, double scale_x, double scale_y,
                  int width, int height, float threshold,
                  const Source& source) {
  BitRegion out(target.left, target.top, target.width(), target.height());
  const auto count = static_cast<std::size_t>(target.width());
  const int left = source.window().left - 1;
  MixedColumns columns;
  for (int x = target.left; x < target.right; ++x) {
    const Sample sample = SampleAt(x, scale_x, width);
    const auto inside = [&](int column) {
      return std::clamp(column, left, source.window().right) - left;
    };
    columns.first.push_back(inside(sample.first));
    columns.second.push_back(inside(sample.second));
    columns.fraction.push_back(sample.fraction);
  }
  MixedSource mixed(source, std::move(columns));
  for (int y = target.top; y < target.bottom; ++y) {
    const Sample sample = SampleAt(y, scale_y, height);
    const float* upper = mixed.Row(sample.first);
    const float* lower = mixed.Row(sample.second);
    Kernels().above({upper, lower, sample.fraction}, threshold, count,
                    out.Row(y));
  }
  return out;
}

// The part of a frame that depends on a source window.
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
  double shown_x = letterbox.image_width * gain;
  double shown_y = letterbox.image_height * gain;
  if (letterbox.exact) {
    shown_x = static_cast<double>(letterbox.scaled_width) * width /
              letterbox.net_width;
    shown_y = static_cast<double>(letterbox.scaled_height) * height /
              letterbox.net_height;
  }
  const double pad_x = (width - shown_x) / 2;
  const double pad_y = (height - shown_y) / 2;
  Window window{RoundHalfEven(pad_x - 0.1), RoundHalfEven(pad_y - 0.1),
                width - RoundHalfEven(pad_x + 0.1),
                height - RoundHalfEven(pad_y + 0.1)};
  window.right = std::max(window.right, window.left + 1);
  window.bottom = std::max(window.bottom, window.top + 1);
  return window;
}

}  // namespace

BitRegion NetworkMask(const Prototypes& prototypes,
                      const std::vector<float>& coefficients, const float* box,
                      int height, int width) {
  if (prototypes.count < 1) return {};
  const double scale_x = static_cast<double>(prototypes.width) / width;
  const double scale_y = static_cast<double>(prototypes.height) / height;
  const Window crop =
      RoundedWindow(box, scale_x, scale_y, prototypes.width, prototypes.height);
  if (crop.empty()) return {};
  return Enlarge(Reach(crop, 1 / scale_x, 1 / scale_y, width, height), scale_x,
                 scale_y, prototypes.width, prototypes.height, 0,
                 Logits(prototypes, coefficients, crop))
      .Trimmed();
}

BitRegion RetinaMask(const Prototypes& prototypes,
                     const std::vector<float>& coefficients, const float* box,
                     const Letterbox& letterbox) {
  if (prototypes.count < 1 || prototypes.width < 1 || prototypes.height < 1) {
    return {};
  }
  const Window inner = Unpadded(letterbox, prototypes.width, prototypes.height);
  const int width = inner.width();
  const int height = inner.height();
  const Window target =
      RoundedWindow(box, 1, 1, letterbox.image_width, letterbox.image_height);
  if (target.empty()) return {};
  const double scale_x = static_cast<double>(width) / letterbox.image_width;
  const double scale_y = static_cast<double>(height) / letterbox.image_height;
  // What the pixels of the target mix; the box cuts the mask, not the values.
  const Window mixed = {
      SampleAt(target.left, scale_x, width).first,
      SampleAt(target.top, scale_y, height).first,
      SampleAt(target.right - 1, scale_x, width).second + 1,
      SampleAt(target.bottom - 1, scale_y, height).second + 1};
  return Enlarge(target, scale_x, scale_y, width, height, 0,
                 Logits(prototypes, coefficients, mixed, inner.left, inner.top))
      .Trimmed();
}

BitRegion ToPicture(const BitRegion& mask, const Letterbox& letterbox) {
  const Window inner =
      Unpadded(letterbox, letterbox.net_width, letterbox.net_height);
  const int width = inner.width();
  const int height = inner.height();
  const Window covered = {mask.left() - inner.left, mask.top() - inner.top,
                          mask.left() + mask.width() - inner.left,
                          mask.top() + mask.height() - inner.top};
  const double factor_x = static_cast<double>(letterbox.image_width) / width;
  const double factor_y = static_cast<double>(letterbox.image_height) / height;
  const Window target = Reach(covered, factor_x, factor_y,
                              letterbox.image_width, letterbox.image_height);
  if (target.empty()) return {};
  return Enlarge(target, 1 / factor_x, 1 / factor_y, width, height, 0.5F,
                 Pixels(mask, inner.left, inner.top))
      .Trimmed();
}

BitRegion FromPicture(const BitRegion& mask, const Letterbox& letterbox,
                      int step) {
  const Window inner = Unpadded(letterbox, letterbox.net_width / step,
                                letterbox.net_height / step);
  const int width = letterbox.image_width;
  const int height = letterbox.image_height;
  const double factor_x = static_cast<double>(inner.width()) / width;
  const double factor_y = static_cast<double>(inner.height()) / height;
  const Window covered = {mask.left(), mask.top(), mask.left() + mask.width(),
                          mask.top() + mask.height()};
  const Window target =
      Reach(covered, factor_x, factor_y, inner.width(), inner.height());
  if (target.empty()) return {};
  const BitRegion unpadded = Enlarge(target, 1 / factor_x, 1 / factor_y, width,
                                     height, 0.5F, Pixels(mask, 0, 0))
                                 .Trimmed();
  if (unpadded.empty()) return {};
  BitRegion moved(unpadded.left() + inner.left, unpadded.top() + inner.top,
                  unpadded.width(), unpadded.height());
  for (int y = 0; y < moved.height(); ++y) {
    std::copy_n(unpadded.Row(unpadded.top() + y), moved.stride(),
                moved.Row(moved.top() + y));
  }
  return moved;
}

}  // namespace yolotorch::vision

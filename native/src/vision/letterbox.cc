// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/letterbox.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "vision/pixels.h"

namespace yolotorch::vision {
namespace {

constexpr std::uint8_t kGrey = 114;
constexpr int kWeightOne = 2048;  // OpenCV's fixed point: 11 bits a weight

// The two source indices and weights of one output index.
struct Tap {
  int first;
  int second;
  int weight_first;
  int weight_second;
};

// OpenCV's INTER_LINEAR for bytes. Along a row the weights are clamped at the
// borders; along a column only the indices are: the bytes depend on it.
std::vector<Tap> MakeTaps(int source, int target, bool clamp_weights) {
  const double scale = static_cast<double>(source) / target;
  std::vector<Tap> taps(static_cast<std::size_t>(target));
  for (int i = 0; i < target; ++i) {
    auto fraction = static_cast<float>((i + 0.5) * scale - 0.5);
    int index = static_cast<int>(std::floor(fraction));
    fraction -= static_cast<float>(index);
    if (clamp_weights && index < 0) {
      index = 0;
      fraction = 0;
    }
    if (clamp_weights && index >= source - 1) {
      index = source - 1;
      fraction = 0;
    }
    Tap& tap = taps[static_cast<std::size_t>(i)];
    tap.first = std::clamp(index, 0, source - 1);
    tap.second = std::clamp(index + 1, 0, source - 1);
    tap.weight_first = RoundHalfEven((1.0F - fraction) * kWeightOne);
    tap.weight_second = RoundHalfEven(fraction * kWeightOne);
  }
  return taps;
}

// Gives the scaled picture row by row, as interleaved RGB bytes.
class RowScaler {
 public:
  RowScaler(const ImageView& image, const Letterbox& box)
      : image_(image),
        box_(box),
        channels_(ChannelsOf(image.format)),
        stride_(RowBytes(image)),
        row_(static_cast<std::size_t>(box.scaled_width) * 3) {
    if (!Resizes()) return;
    columns_ = MakeTaps(image.width, box.scaled_width, true);
    rows_ = MakeTaps(image.height, box.scaled_height, false);
    for (std::vector<int>& buffer : buffers_) buffer.resize(row_.size());
  }

  const std::uint8_t* Row(int y) {
    if (!Resizes()) {
      CopyRow(y);
      return row_.data();
    }
    const Tap& tap = rows_[static_cast<std::size_t>(y)];
    // Rows come in order, so that a row's second source row is often the next
    // one's first.
    if (buffered_[0] != tap.first && buffered_[1] == tap.first) {
      std::swap(buffers_[0], buffers_[1]);
      std::swap(buffered_[0], buffered_[1]);
    }
    Fill(0, tap.first);
    Fill(1, tap.second);
    const int* upper = buffers_[0].data();
    const int* lower = buffers_[1].data();
    for (std::size_t i = 0; i < row_.size(); ++i) {
      row_[i] = static_cast<std::uint8_t>(
          (((tap.weight_first * (upper[i] >> 4)) >> 16) +
           ((tap.weight_second * (lower[i] >> 4)) >> 16) + 2) >>
          2);
    }
    return row_.data();
  }

 private:
  [[nodiscard]] bool Resizes() const {
    return image_.width != box_.scaled_width ||
           image_.height != box_.scaled_height;
  }

  [[nodiscard]] const std::uint8_t* Source(int y) const {
    return image_.pixels + y * stride_;
  }

  void CopyRow(int y) {
    const std::uint8_t* source = Source(y);
    for (int x = 0; x < image_.width; ++x, source += channels_.pixel_bytes) {
      for (std::size_t c = 0; c < 3; ++c) {
        row_[static_cast<std::size_t>(x) * 3 + c] = source[channels_.offset[c]];
      }
    }
  }

  void Fill(std::size_t slot, int y) {
    if (buffered_[slot] == y) return;
    buffered_[slot] = y;
    const std::uint8_t* source = Source(y);
    int* out = buffers_[slot].data();
    for (const Tap& tap : columns_) {
      const std::uint8_t* first =
          source + std::ptrdiff_t{tap.first} * channels_.pixel_bytes;
      const std::uint8_t* second =
          source + std::ptrdiff_t{tap.second} * channels_.pixel_bytes;
      for (const int offset : channels_.offset) {
        *out++ = first[offset] * tap.weight_first +
                 second[offset] * tap.weight_second;
      }
    }
  }

  const ImageView& image_;
  const Letterbox& box_;
  Channels channels_;
  std::int64_t stride_;
  std::vector<std::uint8_t> row_;
  std::vector<Tap> columns_;
  std::vector<Tap> rows_;
  std::array<std::vector<int>, 2> buffers_;
  std::array<int, 2> buffered_ = {-1, -1};
};

float ScaleX(const Letterbox& box) {
  return static_cast<float>(box.scaled_width) /
         static_cast<float>(box.image_width);
}

float ScaleY(const Letterbox& box) {
  return static_cast<float>(box.scaled_height) /
         static_cast<float>(box.image_height);
}

// A point by the margins and the scales that the picture really has.
void UnletterboxExactly(const Letterbox& box, float* xy) {
  xy[0] = (xy[0] - static_cast<float>(box.left)) / ScaleX(box);
  xy[1] = (xy[1] - static_cast<float>(box.top)) / ScaleY(box);
}

}  // namespace

Letterbox FitLetterbox(int image_height, int image_width, int net_height,
                       int net_width, bool exact) {
  const double ratio = std::min(static_cast<double>(net_height) / image_height,
                                static_cast<double>(net_width) / image_width);
  Letterbox box;
  box.image_height = image_height;
  box.image_width = image_width;
  box.net_height = net_height;
  box.net_width = net_width;
  box.exact = exact;
  if (exact) {
    box.scaled_height =
        std::min(net_height, static_cast<int>(std::ceil(image_height * ratio)));
    box.scaled_width =
        std::min(net_width, static_cast<int>(std::ceil(image_width * ratio)));
  } else {
    box.scaled_height = std::max(1, RoundHalfEven(image_height * ratio));
    box.scaled_width = std::max(1, RoundHalfEven(image_width * ratio));
  }
  box.top = RoundHalfEven((net_height - box.scaled_height) / 2.0 - 0.1);
  box.left = RoundHalfEven((net_width - box.scaled_width) / 2.0 - 0.1);
  return box;
}

void LetterboxToRgb(const ImageView& image, const Letterbox& box,
                    std::uint8_t* out) {
  std::memset(out, kGrey,
              std::size_t{3} * static_cast<std::size_t>(box.net_height) *
                  static_cast<std::size_t>(box.net_width));
  RowScaler scaler(image, box);
  for (int y = 0; y < box.scaled_height; ++y) {
    const std::uint8_t* row = scaler.Row(y);
    std::uint8_t* target =
        out + (std::ptrdiff_t{box.top + y} * box.net_width + box.left) * 3;
    std::copy_n(row, std::ptrdiff_t{box.scaled_width} * 3, target);
  }
}

void LetterboxToPlanes(const ImageView& image, const Letterbox& box,
                       float* out) {
  const std::array<float, 256>& unit = UnitValues();
  const std::ptrdiff_t plane = std::ptrdiff_t{box.net_height} * box.net_width;
  RowScaler scaler(image, box);
  for (int y = 0; y < box.net_height; ++y) {
    const int inner = y - box.top;
    const bool filled = inner >= 0 && inner < box.scaled_height;
    const std::uint8_t* row = filled ? scaler.Row(inner) : nullptr;
    const int begin = filled ? box.left : box.net_width;
    const int end = filled ? box.left + box.scaled_width : box.net_width;
    for (std::ptrdiff_t c = 0; c < 3; ++c) {
      float* target = out + c * plane + std::ptrdiff_t{y} * box.net_width;
      std::fill(target, target + begin, unit[kGrey]);
      for (int x = begin; x < end; ++x) {
        target[x] = unit[row[std::ptrdiff_t{x - begin} * 3 + c]];
      }
      std::fill(target + end, target + box.net_width, unit[kGrey]);
    }
  }
}

void LetterboxToPixels(const ImageView& image, const Letterbox& box,
                       float* out) {
  const std::array<float, 256>& unit = UnitValues();
  const std::ptrdiff_t net_row = std::ptrdiff_t{box.net_width} * 3;
  const std::ptrdiff_t begin = std::ptrdiff_t{box.left} * 3;
  const std::ptrdiff_t end = begin + std::ptrdiff_t{box.scaled_width} * 3;
  RowScaler scaler(image, box);
  for (int y = 0; y < box.net_height; ++y, out += net_row) {
    const int inner = y - box.top;
    if (inner < 0 || inner >= box.scaled_height) {
      std::fill(out, out + net_row, unit[kGrey]);
      continue;
    }
    const std::uint8_t* row = scaler.Row(inner);
    std::fill(out, out + begin, unit[kGrey]);
    for (std::ptrdiff_t i = begin; i < end; ++i) out[i] = unit[row[i - begin]];
    std::fill(out + end, out + net_row, unit[kGrey]);
  }
}

double Gain(const Letterbox& box) {
  return std::min(static_cast<double>(box.net_height) / box.image_height,
                  static_cast<double>(box.net_width) / box.image_width);
}

Padding RoundedPadding(const Letterbox& box) {
  const double gain = Gain(box);
  return {RoundHalfEven((box.net_width - box.image_width * gain) / 2 - 0.1),
          RoundHalfEven((box.net_height - box.image_height * gain) / 2 - 0.1)};
}

void UnletterboxBox(const Letterbox& box, float* xyxy) {
  if (box.exact) {
    UnletterboxExactly(box, xyxy);
    UnletterboxExactly(box, xyxy + 2);
    return;
  }
  const Padding padding = RoundedPadding(box);
  const auto pad_x = static_cast<float>(padding.x);
  const auto pad_y = static_cast<float>(padding.y);
  const auto divisor = static_cast<float>(Gain(box));
  const auto width = static_cast<float>(box.image_width);
  const auto height = static_cast<float>(box.image_height);
  xyxy[0] = std::clamp((xyxy[0] - pad_x) / divisor, 0.0F, width);
  xyxy[1] = std::clamp((xyxy[1] - pad_y) / divisor, 0.0F, height);
  xyxy[2] = std::clamp((xyxy[2] - pad_x) / divisor, 0.0F, width);
  xyxy[3] = std::clamp((xyxy[3] - pad_y) / divisor, 0.0F, height);
}

void UnletterboxRotated(const Letterbox& box, float* xywh) {
  if (box.exact) {
    UnletterboxExactly(box, xywh);
    xywh[2] /= ScaleX(box);
    xywh[3] /= ScaleY(box);
    return;
  }
  const Padding padding = RoundedPadding(box);
  const auto divisor = static_cast<float>(Gain(box));
  xywh[0] = (xywh[0] - static_cast<float>(padding.x)) / divisor;
  xywh[1] = (xywh[1] - static_cast<float>(padding.y)) / divisor;
  xywh[2] /= divisor;
  xywh[3] /= divisor;
}

void UnletterboxPoint(const Letterbox& box, float* xy) {
  if (box.exact) {
    UnletterboxExactly(box, xy);
    return;
  }
  const double gain = Gain(box);
  const auto divisor = static_cast<float>(gain);
  const auto pad_x =
      static_cast<float>((box.net_width - box.image_width * gain) / 2);
  const auto pad_y =
      static_cast<float>((box.net_height - box.image_height * gain) / 2);
  xy[0] = std::clamp((xy[0] - pad_x) / divisor, 0.0F,
                     static_cast<float>(box.image_width));
  xy[1] = std::clamp((xy[1] - pad_y) / divisor, 0.0F,
                     static_cast<float>(box.image_height));
}

}  // namespace yolotorch::vision

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/letterbox.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "base/rounding.h"
#include "vision/pixels.h"
#include "vision/row_kernels.h"
#include "vision/taps.h"

namespace yolotorch::vision {
namespace {

constexpr std::uint8_t kGrey = 114;

const RowKernels& kernels() {
  static const RowKernels& widest = RowKernelsFor(base::ChosenInstructionSet());
  return widest;
}

// Whether a row of the network's input shows the picture.
bool IsFilled(const Letterbox& box, int y) {
  return y >= box.top && y < box.top + box.scaled_height;
}

Columns MakeColumns(int source, int target, int pixel_bytes) {
  constexpr int kWideBytes = 8;
  Columns columns;
  for (int i = 0; i < target; ++i) {
    const Tap tap = TapOf(i, source, target, true);
    columns.left.push_back(std::int64_t{tap.first} * pixel_bytes);
    columns.weights.push_back(WeightOf(1.0F - tap.fraction) |
                              WeightOf(tap.fraction) << 16);
    if (columns.left.back() + kWideBytes <=
        std::int64_t{source} * pixel_bytes) {
      ++columns.wide;
    }
  }
  return columns;
}

// Computes rows of the scaled picture, top to bottom.
class RowScaler {
 public:
  RowScaler(const ImageView& image, const Letterbox& box, int channels)
      : image_(image),
        box_(box),
        rows_(image, channels),
        columns_(MakeColumns(image.width, box.scaled_width,
                             rows_.channels().pixel_bytes)) {
    for (MixedRow& row : mixed_) row.resize(values() + kMixedSlack);
  }

  // Values of a row, those of a pixel in turn.
  [[nodiscard]] std::size_t values() const {
    return static_cast<std::size_t>(box_.scaled_width) *
           static_cast<std::size_t>(rows_.channels().count);
  }

  RowPair Row(int y) {
    const Tap tap = TapOf(y, image_.height, box_.scaled_height, false);
    RowPair pair{nullptr, nullptr, WeightOf(1.0F - tap.fraction),
                 WeightOf(tap.fraction)};
    // The lower source row of a row is often the upper one of the next.
    if (source_[0] != tap.first && source_[1] == tap.first) {
      std::swap(mixed_[0], mixed_[1]);
      std::swap(source_[0], source_[1]);
    }
    pair.upper = Mixed(0, tap.first);
    pair.lower = pair.lower_weight != 0 ? Mixed(1, tap.second) : pair.upper;
    return pair;
  }

 private:
  const std::int16_t* Mixed(std::size_t slot, int y) {
    if (source_[slot] != y) {
      source_[slot] = y;
      kernels().mix(rows_.Row(y), rows_.channels(), columns_,
                    mixed_[slot].data());
    }
    return mixed_[slot].data();
  }

  const ImageView& image_;
  const Letterbox& box_;
  SourceRows rows_;
  Columns columns_;
  std::array<MixedRow, 2> mixed_;
  std::array<int, 2> source_ = {-1, -1};
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

double Ratio(int image_height, int image_width, int height, int width) {
  return std::min(static_cast<double>(height) / image_height,
                  static_cast<double>(width) / image_width);
}

Letterbox Centred(Letterbox box) {
  box.top = RoundHalfEven((box.net_height - box.scaled_height) / 2.0 - 0.1);
  box.left = RoundHalfEven((box.net_width - box.scaled_width) / 2.0 - 0.1);
  return box;
}

}  // namespace

Letterbox FitLetterbox(int image_height, int image_width, int net_height,
                       int net_width) {
  const double ratio = Ratio(image_height, image_width, net_height, net_width);
  return Centred({image_height, image_width, net_height, net_width,
                  std::max(1, RoundHalfEven(image_height * ratio)),
                  std::max(1, RoundHalfEven(image_width * ratio))});
}

std::array<int, 2> SmallestInput(int image_height, int image_width,
                                 int net_height, int net_width, int stride) {
  const Letterbox box =
      FitLetterbox(image_height, image_width, net_height, net_width);
  return {base::RoundUp(box.scaled_height, stride),
          base::RoundUp(box.scaled_width, stride)};
}

Letterbox FitValLetterbox(int image_height, int image_width, int net_height,
                          int net_width, int side) {
  const int height = side == 0 ? net_height : std::min(side, net_height);
  const int width = side == 0 ? net_width : std::min(side, net_width);
  const double ratio = Ratio(image_height, image_width, height, width);
  Letterbox box = Centred(
      {image_height, image_width, net_height, net_width,
       std::min(height, static_cast<int>(std::ceil(image_height * ratio))),
       std::min(width, static_cast<int>(std::ceil(image_width * ratio)))});
  box.exact = true;
  return box;
}

void LetterboxToRgb(const ImageView& image, const Letterbox& box,
                    std::uint8_t* out) {
  std::memset(out, kGrey,
              std::size_t{3} * static_cast<std::size_t>(box.net_height) *
                  static_cast<std::size_t>(box.net_width));
  RowScaler scaler(image, box, 3);
  for (int y = 0; y < box.scaled_height; ++y) {
    kernels().to_bytes(
        scaler.Row(y), scaler.values(),
        out + (std::ptrdiff_t{box.top + y} * box.net_width + box.left) * 3);
  }
}

void LetterboxToPlanes(const ImageView& image, const Letterbox& box,
                       RowRange rows, float* out, int channels) {
  const std::array<float, 256>& unit = UnitValues();
  const std::ptrdiff_t plane = std::ptrdiff_t{box.net_height} * box.net_width;
  RowScaler scaler(image, box, channels);
  std::vector<std::uint8_t> row(scaler.values());
  for (int y = rows.begin; y < rows.end; ++y) {
    const bool filled = IsFilled(box, y);
    if (filled) {
      kernels().to_bytes(scaler.Row(y - box.top), row.size(), row.data());
    }
    const int begin = filled ? box.left : box.net_width;
    const int end = filled ? box.left + box.scaled_width : box.net_width;
    for (std::ptrdiff_t c = 0; c < channels; ++c) {
      float* target = out + c * plane + std::ptrdiff_t{y} * box.net_width;
      std::fill(target, target + begin, unit[kGrey]);
      for (int x = begin; x < end; ++x) {
        target[x] =
            unit[row[static_cast<std::size_t>((x - begin) * channels + c)]];
      }
      std::fill(target + end, target + box.net_width, unit[kGrey]);
    }
  }
}

void LetterboxToPixels(const ImageView& image, const Letterbox& box,
                       RowRange rows, float* out, int channels) {
  const float grey = UnitValues()[kGrey];
  const std::ptrdiff_t net_row = std::ptrdiff_t{box.net_width} * channels;
  RowScaler scaler(image, box, channels);
  for (int y = rows.begin; y < rows.end; ++y) {
    float* target = out + y * net_row;
    float* const end = target + net_row;
    if (IsFilled(box, y)) {
      target = std::fill_n(target, std::ptrdiff_t{box.left} * channels, grey);
      kernels().to_units(scaler.Row(y - box.top), scaler.values(), target);
      target += scaler.values();
    }
    std::fill(target, end, grey);
  }
}

double Gain(const Letterbox& box) {
  return Ratio(box.image_height, box.image_width, box.net_height,
               box.net_width);
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

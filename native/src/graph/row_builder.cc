// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/row_builder.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "yolotorch/error.h"

namespace yolotorch::graph {
namespace {

constexpr std::int64_t kMaxRowChannels = 65'536;
constexpr std::int64_t kMaxRowKernel = 65'536;  // the WeightBudget is stricter
constexpr std::int64_t kMaxJoined = 1'000'000;
constexpr std::int64_t kMaxRowStep = 64;  // of strides, paddings, dilations

constexpr char kBuiltIn[] =
    "Conv, DWConv, C3k2, C2f, SPPF, C2PSA, nn.Upsample, Concat, Detect, "
    "Segment, Pose, OBB or Classify";

}  // namespace

void RowBuilder::Fail(const std::string& why) const {
  throw Error(Code::kUnsupportedModel, "Row " + std::to_string(index_) +
                                           " of the model (" + row_.module +
                                           ") " + why + ".");
}

bool RowBuilder::Has(std::size_t index) const {
  return index < row_.arguments.size() &&
         !std::holds_alternative<std::monostate>(row_.arguments[index]);
}

std::int64_t RowBuilder::Whole(std::size_t index, std::int64_t fallback,
                               std::int64_t low, std::int64_t high) const {
  const double number = Number(index, static_cast<double>(fallback));
  // Written so that NaN fails, too.
  if (!(number >= static_cast<double>(low) &&
        number <= static_cast<double>(high)) ||
      number != std::floor(number)) {
    Fail("has an argument " + std::to_string(index + 1) +
         " that is no whole number in [" + std::to_string(low) + ", " +
         std::to_string(high) + "]");
  }
  return static_cast<std::int64_t>(number);
}

double RowBuilder::Number(std::size_t index, double fallback) const {
  if (!Has(index)) return fallback;
  const Argument& argument = row_.arguments[index];
  if (const auto* real = std::get_if<double>(&argument)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&argument)) {
    return static_cast<double>(*whole);
  }
  Fail("has an argument " + std::to_string(index + 1) + " that is no number");
}

bool RowBuilder::Flag(std::size_t index, bool fallback) const {
  if (!Has(index)) return fallback;
  const auto* value = std::get_if<bool>(&row_.arguments[index]);
  if (value == nullptr) {
    Fail("has an argument " + std::to_string(index + 1) +
         " that is neither True nor False");
  }
  return *value;
}

std::int64_t RowBuilder::Scaled(std::int64_t channels) const {
  const auto capped = static_cast<double>(
      std::min<std::int64_t>(channels, architecture_.max_channels));
  return static_cast<std::int64_t>(
             std::ceil(capped * architecture_.width / 8)) *
         8;
}

// Python rounds half to even, as nearbyint does.
int RowBuilder::Repeats() const {
  return row_.repeats > 1
             ? std::max(1, static_cast<int>(std::nearbyint(
                               row_.repeats * architecture_.depth)))
             : 1;
}

void RowBuilder::CheckConcat(std::int64_t channels) const {
  if (Whole(0, 1, -4, 3) != 1) Fail("joins along another dimension than 1");
  if (channels > kMaxJoined) {
    Fail("joins more than " + std::to_string(kMaxJoined) + " channels");
  }
}

std::shared_ptr<Block> RowBuilder::MakeBlock(std::int64_t in,
                                             std::int64_t* out) const {
  if (row_.module == "nn.Upsample") return MakeUpsample();
  const bool is_conv = row_.module == "Conv" || row_.module == "DWConv";
  const bool is_c2f = row_.module == "C3k2" || row_.module == "C2f";
  if (!is_conv && !is_c2f && row_.module != "SPPF" && row_.module != "C2PSA") {
    Fail(std::string("is of a kind that is not built in; expected ") +
         kBuiltIn);
  }
  if (!Has(0) || std::holds_alternative<std::string>(row_.arguments[0])) {
    Fail("does not say its number of channels");
  }
  const std::int64_t wanted = Whole(0, 1, 1, kMaxRowChannels);
  *out = wanted == architecture_.classes ? wanted : Scaled(wanted);
  if (is_c2f) return MakeC2f(in, *out);
  if (row_.module == "C2PSA") {
    if (in != *out) Fail("must not change the number of channels");
    // Attention heads share half of them, 64 each or somewhat more.
    const std::int64_t half = in / 2;
    if (half < 64 || half % (half / 64) != 0) {
      Fail("cannot share " + std::to_string(half) +
           " channels among heads of at least 64");
    }
    return std::make_shared<C2psa>(in, Repeats());
  }
  const auto make = [&]() -> std::shared_ptr<Block> {
    if (is_conv) return MakeConv(in, *out);
    if (in < 2) Fail("takes half of its channels, but there is only one");
    return std::make_shared<Sppf>(in, *out, Whole(1, 5, 1, kMaxRowStep));
  };
  const int repeats = Repeats();
  if (repeats == 1) return make();
  if (in != *out) Fail("is repeated, so it must not change its channels");
  auto chain = std::make_shared<Chain>();
  for (int i = 0; i < repeats; ++i) chain->Add(make());
  return chain;
}

std::shared_ptr<Block> RowBuilder::MakeUpsample() const {
  const auto* mode = row_.arguments.size() > 2
                         ? std::get_if<std::string>(&row_.arguments[2])
                         : nullptr;
  if (Has(0) || (mode != nullptr && *mode != "nearest")) {
    Fail("enlarges in another way than [None, FACTOR, nearest]");
  }
  return std::make_shared<Upsample>(Whole(1, 2, 1, kMaxRowStep));
}

std::shared_ptr<Block> RowBuilder::MakeConv(std::int64_t in,
                                            std::int64_t out) const {
  Conv::Options options;
  options.kernel = Whole(1, 1, 1, kMaxRowKernel);
  options.stride = Whole(2, 1, 1, kMaxRowStep);
  // DWConv: channels, kernel, stride, dilation, activation.
  if (row_.module == "DWConv") {
    options.groups = std::gcd(in, out);
    options.depthwise = true;
    options.dilation = Whole(3, 1, 1, kMaxRowStep);
    options.activation = Flag(4, true);
    return std::make_shared<Conv>(in, out, options);
  }
  options.padding = Has(3) ? Whole(3, 0, 0, kMaxRowStep) : -1;
  options.groups = Whole(4, 1, 1, kMaxRowChannels);
  options.dilation = Whole(5, 1, 1, kMaxRowStep);
  options.activation = Flag(6, true);
  if (in % options.groups != 0 || out % options.groups != 0) {
    Fail("has " + std::to_string(options.groups) +
         " groups, which do not divide its channels");
  }
  return std::make_shared<Conv>(in, out, options);
}

std::shared_ptr<Block> RowBuilder::MakeC2f(std::int64_t in,
                                           std::int64_t out) const {
  C2f::Options options{.repeats = Repeats()};
  std::int64_t groups = 1;
  if (row_.module == "C2f") {
    options.shortcut = Flag(1, false);
    groups = Whole(2, 1, 1, kMaxRowChannels);
    options.expansion = Number(3, 0.5);
  } else {
    const std::string& scale = architecture_.scale;
    const bool large = scale == "m" || scale == "l" || scale == "x";
    options.inner = large || Flag(1, false) ? C2f::Inner::kC3k
                                            : C2f::Inner::kSlimBottleneck;
    options.expansion = Number(2, 0.5);
    groups = Whole(3, 1, 1, kMaxRowChannels);
    options.shortcut = Flag(4, true);
    if (!options.shortcut && options.inner == C2f::Inner::kC3k) {
      Fail("leaves out the shortcuts of its C3k, which is not built in");
    }
  }
  if (groups != 1) Fail("convolves in groups, which is not built in");
  // Inner blocks take half of them.
  if (!(options.expansion * static_cast<double>(out) >= 2 &&
        options.expansion <= 16)) {
    Fail("expands its channels by a factor that makes no sense");
  }
  return std::make_shared<C2f>(in, out, options);
}

HeadOptions RowBuilder::OptionsOfHead(
    const std::vector<double>& strides) const {
  for (const double stride : strides) {
    if (stride < 1 || stride != std::floor(stride)) {
      Fail("needs feature maps that the input's size is a multiple of");
    }
  }
  HeadOptions options;
  options.classes = architecture_.classes;
  options.strides = strides;
  options.legacy =
      std::none_of(architecture_.rows.begin(), architecture_.rows.end(),
                   [](const Row& row) { return row.module == "C3k2"; });
  options.keypoints = architecture_.keypoints;
  options.keypoint_values = architecture_.keypoint_values;
  return options;
}

std::shared_ptr<Head> RowBuilder::MakeHead(
    const std::vector<std::int64_t>& channels,
    const std::vector<double>& strides) const {
  if (row_.module == "Classify") {
    if (channels.size() != 1) Fail("takes one feature map");
    return std::make_shared<Classify>(architecture_.classes, channels[0]);
  }
  HeadOptions options = OptionsOfHead(strides);
  if (row_.module == "Segment") {
    options.mask_coefficients = Whole(1, 32, 1, 1024);
    options.prototype_width = Scaled(Whole(2, 256, 1, kMaxRowChannels));
    return std::make_shared<Segment>(options, channels);
  }
  if (row_.module == "Pose") {
    if (options.keypoints < 1 || options.keypoints > 1000 ||
        (options.keypoint_values != 2 && options.keypoint_values != 3)) {
      Fail(
          "needs a kpt_shape of [1 to 1000 keypoints, 2 or 3 values], but it "
          "is [" +
          std::to_string(options.keypoints) + ", " +
          std::to_string(options.keypoint_values) + "]");
    }
    return std::make_shared<Pose>(options, channels);
  }
  if (row_.module == "OBB") return std::make_shared<Obb>(options, channels);
  return std::make_shared<Detect>(options, channels);
}

}  // namespace yolotorch::graph

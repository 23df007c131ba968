// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/operators.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>

namespace yolotorch::gate {
namespace {

// Taken from exports of all tasks and options, ours and those of Ultralytics,
// and extended by similar operators, which older and newer exporters use. None
// accesses files, processes or uninitialised memory, or ends a process by its
// arguments.
constexpr std::array kAten = std::to_array<OperatorRule>({
    {"Bool", Effect::kNumber},
    {"Float", Effect::kNumber},
    {"FloatImplicit", Effect::kNumber},
    {"Int", Effect::kNumber},
    {"IntImplicit", Effect::kNumber},
    {"ScalarImplicit", Effect::kNumber},
    {"__and__", Effect::kNumber},
    {"__contains__", Effect::kNumber},
    {"__is__", Effect::kNumber},
    {"__isnot__", Effect::kNumber},
    {"__not__", Effect::kNumber},
    {"__or__", Effect::kNumber},
    {"_convolution", Effect::kNew},
    {"_shape_as_tensor", Effect::kNew},
    {"_softmax", Effect::kNew},
    {"_unsafe_view", Effect::kNew},
    {"_upsample_bilinear2d_aa", Effect::kNew},
    {"abs", Effect::kArithmetic},
    {"adaptive_avg_pool2d", Effect::kNew},
    {"adaptive_max_pool2d", Effect::kNew},
    {"add", Effect::kArithmetic},
    {"add_", Effect::kWrite},
    {"addmm", Effect::kNew},
    {"alias", Effect::kView},
    {"all", Effect::kNew},
    {"amax", Effect::kNew},
    {"amin", Effect::kNew},
    {"any", Effect::kNew},
    {"append", Effect::kScript},
    {"arange", Effect::kNew},
    {"argmax", Effect::kNew},
    {"argmin", Effect::kNew},
    {"argsort", Effect::kNew},
    {"atan", Effect::kNew},
    {"atan2", Effect::kNew},
    {"avg_pool2d", Effect::kNew},
    {"baddbmm", Effect::kNew},
    {"batch_norm", Effect::kNew, 9, 0, 5},
    {"bitwise_and", Effect::kNew},
    {"bitwise_not", Effect::kNew},
    {"bitwise_or", Effect::kNew},
    {"bmm", Effect::kNew},
    {"broadcast_tensors", Effect::kViews},
    {"cat", Effect::kNew},
    {"ceil", Effect::kArithmetic},
    {"celu", Effect::kNew},
    {"celu_", Effect::kWrite},
    {"chunk", Effect::kViews},
    {"clamp", Effect::kNew},
    {"clamp_", Effect::kWrite},
    {"clamp_max", Effect::kNew},
    {"clamp_min", Effect::kNew},
    {"clone", Effect::kNew},
    {"concat", Effect::kNew},
    {"constant_pad_nd", Effect::kNew},
    {"contiguous", Effect::kView},
    {"conv1d", Effect::kNew},
    {"conv2d", Effect::kNew},
    {"conv_transpose2d", Effect::kNew},
    {"copy_", Effect::kWrite},
    {"cos", Effect::kNew},
    {"cumsum", Effect::kNew},
    {"detach", Effect::kView},
    {"device", Effect::kDevice},
    {"dim", Effect::kNumber},
    {"div", Effect::kArithmetic, 2},
    {"div_", Effect::kWrite, 2},
    {"dropout", Effect::kView, 3, 0, 2},
    {"dropout_", Effect::kWrite, 3, 0, 2},
    {"elu", Effect::kNew},
    {"elu_", Effect::kWrite},
    {"eq", Effect::kNew},
    {"erf", Effect::kNew},
    {"exp", Effect::kNew},
    {"exp_", Effect::kWrite},
    {"expand", Effect::kView},
    {"expand_as", Effect::kView},
    {"feature_dropout", Effect::kView, 3, 0, 2},
    {"fill_", Effect::kWrite},
    {"flatten", Effect::kView},
    {"flip", Effect::kNew},
    {"floor", Effect::kArithmetic},
    {"format", Effect::kScript},
    {"full", Effect::kNew},
    {"full_like", Effect::kNew},
    {"gather", Effect::kNew},
    {"ge", Effect::kNew},
    {"gelu", Effect::kNew},
    {"gelu_", Effect::kWrite},
    {"group_norm", Effect::kNew},
    {"gt", Effect::kNew},
    {"hardshrink", Effect::kNew},
    {"hardsigmoid", Effect::kNew},
    {"hardsigmoid_", Effect::kWrite},
    {"hardswish", Effect::kNew},
    {"hardswish_", Effect::kWrite},
    {"hardtanh", Effect::kNew},
    {"hardtanh_", Effect::kWrite},
    {"hstack", Effect::kNew},
    {"index", Effect::kNew},
    {"index_add", Effect::kNew},
    {"index_fill_", Effect::kWrite},
    {"index_put", Effect::kNew},
    {"index_put_", Effect::kWrite},
    {"index_select", Effect::kNew},
    {"is_floating_point", Effect::kNumber},
    {"isfinite", Effect::kNew},
    {"isinf", Effect::kNew},
    {"isnan", Effect::kNew},
    {"item", Effect::kNumber},
    {"layer_norm", Effect::kNew},
    {"le", Effect::kNew},
    {"leaky_relu", Effect::kNew},
    {"leaky_relu_", Effect::kWrite},
    {"len", Effect::kNumber},
    {"lerp", Effect::kNew},
    {"linalg_vector_norm", Effect::kNew},
    {"linear", Effect::kNew},
    {"linspace", Effect::kNew},
    {"log", Effect::kNew},
    {"log2", Effect::kNew},
    {"log_sigmoid", Effect::kNew},
    {"log_softmax", Effect::kNew, 3, 2},
    {"logical_and", Effect::kNew},
    {"logical_not", Effect::kNew},
    {"logical_or", Effect::kNew},
    {"lt", Effect::kNew},
    {"masked_fill", Effect::kNew},
    {"masked_fill_", Effect::kWrite},
    {"masked_select", Effect::kNew},
    {"matmul", Effect::kNew},
    {"max", Effect::kNew},
    {"max_pool2d", Effect::kNew},
    {"maximum", Effect::kNew},
    {"mean", Effect::kNew},
    {"meshgrid", Effect::kViews},
    {"min", Effect::kNew},
    {"minimum", Effect::kNew},
    {"mish", Effect::kNew},
    {"mish_", Effect::kWrite},
    {"mm", Effect::kNew},
    {"movedim", Effect::kView},
    {"mul", Effect::kArithmetic},
    {"mul_", Effect::kWrite},
    {"nan_to_num", Effect::kNew},
    {"narrow", Effect::kView},
    {"ne", Effect::kNew},
    {"neg", Effect::kArithmetic},
    {"new_full", Effect::kNew},
    {"new_ones", Effect::kNew},
    {"new_zeros", Effect::kNew},
    {"nonzero", Effect::kNew},
    {"norm", Effect::kNew},
    {"numel", Effect::kNumber},
    {"one_hot", Effect::kNew},
    {"ones", Effect::kNew},
    {"ones_like", Effect::kNew},
    {"pad", Effect::kNew},
    {"permute", Effect::kView},
    {"pixel_shuffle", Effect::kView},
    {"pixel_unshuffle", Effect::kView},
    {"pow", Effect::kArithmetic},
    {"prelu", Effect::kNew},
    {"prod", Effect::kNew},
    {"reciprocal", Effect::kNew},
    {"reflection_pad2d", Effect::kNew},
    {"relu", Effect::kNew},
    {"relu6", Effect::kNew},
    {"relu6_", Effect::kWrite},
    {"relu_", Effect::kWrite},
    {"remainder", Effect::kArithmetic, 2, 0, 0, 1},
    {"repeat", Effect::kNew},
    {"repeat_interleave", Effect::kNew},
    {"replication_pad2d", Effect::kNew},
    {"reshape", Effect::kView},
    {"reshape_as", Effect::kView},
    {"roll", Effect::kNew},
    {"round", Effect::kArithmetic, 1},
    {"rsqrt", Effect::kNew},
    {"rsub", Effect::kArithmetic},
    {"scaled_dot_product_attention", Effect::kNew},
    {"scatter", Effect::kNew},
    {"scatter_", Effect::kWrite},
    {"scatter_add", Effect::kNew},
    {"select", Effect::kView},
    {"selu", Effect::kNew},
    {"selu_", Effect::kWrite},
    {"sigmoid", Effect::kNew},
    {"sigmoid_", Effect::kWrite},
    {"sign", Effect::kNew},
    {"silu", Effect::kNew},
    {"silu_", Effect::kWrite},
    {"sin", Effect::kNew},
    {"size", Effect::kSize},
    {"slice", Effect::kView},
    {"softmax", Effect::kNew, 3, 2},
    {"softplus", Effect::kNew},
    {"softshrink", Effect::kNew},
    {"sort", Effect::kNew},
    {"split", Effect::kViews},
    {"split_with_sizes", Effect::kViews},
    {"sqrt", Effect::kArithmetic},
    {"squeeze", Effect::kView},
    {"squeeze_", Effect::kWrite},
    {"stack", Effect::kNew},
    {"std", Effect::kNew},
    {"sub", Effect::kArithmetic},
    {"sub_", Effect::kWrite},
    {"sum", Effect::kNew},
    {"swapaxes", Effect::kView},
    {"t", Effect::kView},
    {"take_along_dim", Effect::kNew},
    {"tan", Effect::kNew},
    {"tanh", Effect::kNew},
    {"tanh_", Effect::kWrite},
    {"tensor", Effect::kNew},
    {"tensor_split", Effect::kViews},
    {"threshold", Effect::kNew},
    {"threshold_", Effect::kWrite},
    {"tile", Effect::kNew},
    {"to", Effect::kView, 5, 1},
    {"topk", Effect::kNew},
    {"transpose", Effect::kView},
    {"tril", Effect::kNew},
    {"tril_", Effect::kWrite},
    {"triu", Effect::kNew},
    {"triu_", Effect::kWrite},
    {"trunc", Effect::kNew},
    {"type_as", Effect::kView},
    {"unbind", Effect::kViews},
    {"unflatten", Effect::kView},
    {"unfold", Effect::kView},
    {"unsqueeze", Effect::kView},
    {"unsqueeze_", Effect::kWrite},
    {"upsample_bicubic2d", Effect::kNew},
    {"upsample_bilinear2d", Effect::kNew},
    {"upsample_nearest2d", Effect::kNew},
    {"var", Effect::kNew},
    {"view", Effect::kView},
    {"view_as", Effect::kView},
    {"vstack", Effect::kNew},
    {"where", Effect::kNew},
    {"zeros", Effect::kNew},
    {"zeros_like", Effect::kNew},
});

constexpr std::array kPrim = std::to_array<OperatorRule>({
    {"NumToTensor", Effect::kNew},
    {"RaiseException", Effect::kScript},
    {"abs", Effect::kArithmetic},
    {"device", Effect::kDevice},
    {"dtype", Effect::kType},
    {"is_cuda", Effect::kNumber},
    {"max", Effect::kArithmetic},
    {"min", Effect::kArithmetic},
});

constexpr std::array kCalls = std::to_array<std::string_view>({
    "annotate",
    "bool",
    "complex",
    "float",
    "getattr",
    "int",
    "range",
    "str",
    "unchecked_cast",
    "uninitialized",
});

// Beside forward, forward1 and so on: those of our exporter.
constexpr std::array kMethods = std::to_array<std::string_view>({
    "boxes",
    "candidates",
    "check",
    "check_image",
    "detections",
    "letterbox",
    "network",
    "suppress",
    "to_picture",
});

constexpr bool IsBefore(const OperatorRule& a, const OperatorRule& b) {
  return a.name < b.name;
}

constexpr OperatorRule kNms{"nms", Effect::kNew};

static_assert(std::is_sorted(kAten.begin(), kAten.end(), IsBefore));
static_assert(std::is_sorted(kPrim.begin(), kPrim.end(), IsBefore));
static_assert(std::is_sorted(kCalls.begin(), kCalls.end()));
static_assert(std::is_sorted(kMethods.begin(), kMethods.end()));

template <std::size_t N>
bool Contains(const std::array<std::string_view, N>& list,
              std::string_view name) {
  return std::binary_search(list.begin(), list.end(), name, std::less<>());
}

template <std::size_t N>
const OperatorRule* Of(const std::array<OperatorRule, N>& list,
                       std::string_view name) {
  const auto found =
      std::lower_bound(list.begin(), list.end(), name,
                       [](const OperatorRule& rule, std::string_view wanted) {
                         return rule.name < wanted;
                       });
  return found != list.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

const OperatorRule* RuleOf(std::string_view space, std::string_view name) {
  if (space == "aten") return Of(kAten, name);
  if (space == "prim") return Of(kPrim, name);
  return space == "torchvision" && name == "nms" ? &kNms : nullptr;
}

bool IsAllowedCall(std::string_view name) { return Contains(kCalls, name); }

bool IsAllowedMethod(std::string_view name) {
  if (name.starts_with("forward")) {
    const std::string_view digits = name.substr(7);
    return std::all_of(digits.begin(), digits.end(), [](char c) {
      return std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
  }
  return Contains(kMethods, name);
}

}  // namespace yolotorch::gate

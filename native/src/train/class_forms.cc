// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/class_forms.h"

#include <map>

namespace yolotorch::train {
namespace {

using Attributes = std::vector<AttributeForm>;
using Forms = std::map<std::string_view, ClassForm, std::less<>>;

AttributeForm Whole(std::string_view name) { return {name, Form::kWhole}; }
AttributeForm Real(std::string_view name) { return {name, Form::kReal}; }
AttributeForm Flag(std::string_view name) { return {name, Form::kFlag}; }
AttributeForm None(std::string_view name) { return {name, Form::kNone}; }
AttributeForm Wholes(std::string_view name) { return {name, Form::kWholes}; }

// Some that Ultralytics sets to work in place; the others have PyTorch's
// default.
const AttributeForm kInPlace = {"inplace", Form::kFlag, {1}};
const AttributeForm kNotInPlace = {"inplace", Form::kFlag, {0}};

ClassForm Convolution(double transposed) {
  return {{"weight", "bias"},
          {},
          {Whole("in_channels"),
           Whole("out_channels"),
           Wholes("kernel_size"),
           Wholes("stride"),
           Wholes("padding"),
           Wholes("dilation"),
           {"transposed", Form::kFlag, {transposed}},
           {"output_padding", Form::kWholes, {0, 0}},
           Whole("groups"),
           {"padding_mode", Form::kText, {}, "zeros"},
           {"_reversed_padding_repeated_twice", Form::kPadding}}};
}

ClassForm Head(const Attributes& own) {
  Attributes all = {Whole("nc"),
                    Whole("nl"),
                    Whole("reg_max"),
                    Whole("no"),
                    {"stride", Form::kHalves}};
  all.insert(all.end(), own.begin(), own.end());
  return {{}, {}, all};
}

void AddBlocks(Forms* forms) {
  (*forms)["Bottleneck"] = {{}, {}, {Flag("add")}};
  (*forms)["PSABlock"] = {{}, {}, {Flag("add")}};
  for (const char* kind : {"C2f", "C3k2", "C2PSA"}) {
    (*forms)[kind] = {{}, {}, {Whole("c")}};
  }
  (*forms)["SPPF"] = {{}, {}, {Whole("n"), Flag("add")}};
  (*forms)["Attention"] = {
      {},
      {},
      {Whole("num_heads"), Whole("head_dim"), Whole("key_dim"), Real("scale")}};
  (*forms)["Concat"] = {{}, {}, {{"d", Form::kWhole, {1}}}};
  (*forms)["DFL"] = {{}, {}, {Whole("c1")}};
  (*forms)["Detect"] = Head({});
  (*forms)["Segment"] = Head({Whole("nm"), Whole("npr")});
  (*forms)["Pose"] = Head({{"kpt_shape", Form::kList}, Whole("nk")});
  (*forms)["OBB"] = Head({Whole("ne")});
}

void AddLayers(Forms* forms) {
  (*forms)["Conv2d"] = Convolution(0);
  (*forms)["ConvTranspose2d"] = Convolution(1);
  (*forms)["BatchNorm2d"] = {
      {"weight", "bias"},
      {"running_mean", "running_var", "num_batches_tracked"},
      {Whole("num_features"),
       Real("eps"),
       {"momentum", Form::kReal, {0.1}},
       {"affine", Form::kFlag, {1}},
       {"track_running_stats", Form::kFlag, {1}}}};
  (*forms)["Linear"] = {
      {"weight", "bias"}, {}, {Whole("in_features"), Whole("out_features")}};
  (*forms)["MaxPool2d"] = {{},
                           {},
                           {Whole("kernel_size"),
                            Whole("stride"),
                            Whole("padding"),
                            {"dilation", Form::kWhole, {1}},
                            {"return_indices", Form::kFlag, {0}},
                            {"ceil_mode", Form::kFlag, {0}}}};
  (*forms)["AdaptiveAvgPool2d"] = {
      {}, {}, {{"output_size", Form::kWhole, {1}}}};
  (*forms)["Dropout"] = {{}, {}, {{"p", Form::kReal, {0}}, kInPlace}};
  (*forms)["Upsample"] = {{},
                          {},
                          {{"name", Form::kText, {}, "Upsample"},
                           None("size"),
                           Real("scale_factor"),
                           {"mode", Form::kText, {}, "nearest"},
                           None("align_corners"),
                           None("recompute_scale_factor")}};
}

void AddActivations(Forms* forms) {
  for (const char* kind : {"SiLU", "ReLU", "Hardswish"}) {
    (*forms)[kind] = {{}, {}, {kInPlace}};
  }
  for (const char* kind : {"SELU", "Mish", "Hardsigmoid"}) {
    (*forms)[kind] = {{}, {}, {kNotInPlace}};
  }
  (*forms)["ReLU6"] = {
      {},
      {},
      {{"min_val", Form::kReal, {0}}, {"max_val", Form::kReal, {6}}, kInPlace}};
  (*forms)["LeakyReLU"] = {{}, {}, {Real("negative_slope"), kInPlace}};
  (*forms)["PReLU"] = {
      {"weight"}, {}, {Whole("num_parameters"), {"init", Form::kReal, {0.25}}}};
  (*forms)["RReLU"] = {{}, {}, {Real("lower"), Real("upper"), kNotInPlace}};
  for (const char* kind : {"ELU", "CELU"}) {
    (*forms)[kind] = {{}, {}, {Real("alpha"), kNotInPlace}};
  }
  (*forms)["GELU"] = {{}, {}, {{"approximate", Form::kText}}};
  (*forms)["Hardtanh"] = {
      {}, {}, {Real("min_val"), Real("max_val"), kNotInPlace}};
  (*forms)["Softplus"] = {{}, {}, {Real("beta"), Real("threshold")}};
  for (const char* kind : {"Softshrink", "Hardshrink"}) {
    (*forms)[kind] = {{}, {}, {Real("lambd")}};
  }
  (*forms)["Threshold"] = {
      {}, {}, {Real("threshold"), Real("value"), kNotInPlace}};
}

}  // namespace

const ClassForm& FormOfClass(std::string_view kind) {
  static const auto* forms = [] {
    auto* all = new Forms;
    AddBlocks(all);
    AddLayers(all);
    AddActivations(all);
    return all;
  }();
  static const ClassForm parts_alone;
  const auto found = forms->find(kind);
  return found == forms->end() ? parts_alone : found->second;
}

}  // namespace yolotorch::train

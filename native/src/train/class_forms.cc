// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/class_forms.h"

#include <map>

namespace yolotorch::train {
namespace {

using AttributeForms = std::vector<AttributeForm>;
using ClassForms = std::map<std::string_view, ClassForm, std::less<>>;

AttributeForm WholeForm(std::string_view name) { return {name, Form::kWhole}; }
AttributeForm RealForm(std::string_view name) { return {name, Form::kReal}; }
AttributeForm FlagForm(std::string_view name) { return {name, Form::kFlag}; }
AttributeForm NoneForm(std::string_view name) { return {name, Form::kNone}; }
AttributeForm WholesForm(std::string_view name) {
  return {name, Form::kWholes};
}

// Some that Ultralytics sets to work in place; the others have PyTorch's
// default.
const AttributeForm kInPlace = {"inplace", Form::kFlag, {1}};
const AttributeForm kNotInPlace = {"inplace", Form::kFlag, {0}};

ClassForm FormOfConvolution(double transposed) {
  return {{"weight", "bias"},
          {},
          {WholeForm("in_channels"),
           WholeForm("out_channels"),
           WholesForm("kernel_size"),
           WholesForm("stride"),
           WholesForm("padding"),
           WholesForm("dilation"),
           {"transposed", Form::kFlag, {transposed}},
           {"output_padding", Form::kWholes, {0, 0}},
           WholeForm("groups"),
           {"padding_mode", Form::kText, {}, "zeros"},
           {"_reversed_padding_repeated_twice", Form::kPadding}}};
}

ClassForm FormOfHead(const AttributeForms& own) {
  AttributeForms all = {WholeForm("nc"),
                        WholeForm("nl"),
                        WholeForm("reg_max"),
                        WholeForm("no"),
                        {"stride", Form::kHalves}};
  all.insert(all.end(), own.begin(), own.end());
  return {{}, {}, all};
}

void AddBlocks(ClassForms* forms) {
  (*forms)["Bottleneck"] = {{}, {}, {FlagForm("add")}};
  (*forms)["PSABlock"] = {{}, {}, {FlagForm("add")}};
  for (const char* kind : {"C2f", "C3k2", "C2PSA"}) {
    (*forms)[kind] = {{}, {}, {WholeForm("c")}};
  }
  (*forms)["SPPF"] = {{}, {}, {WholeForm("n"), FlagForm("add")}};
  (*forms)["Attention"] = {{},
                           {},
                           {WholeForm("num_heads"), WholeForm("head_dim"),
                            WholeForm("key_dim"), RealForm("scale")}};
  (*forms)["Concat"] = {{}, {}, {{"d", Form::kWhole, {1}}}};
  (*forms)["DFL"] = {{}, {}, {WholeForm("c1")}};
  (*forms)["Detect"] = FormOfHead({});
  (*forms)["Segment"] = FormOfHead({WholeForm("nm"), WholeForm("npr")});
  (*forms)["Pose"] = FormOfHead({{"kpt_shape", Form::kList}, WholeForm("nk")});
  (*forms)["OBB"] = FormOfHead({WholeForm("ne")});
}

void AddLayers(ClassForms* forms) {
  (*forms)["Conv2d"] = FormOfConvolution(0);
  (*forms)["ConvTranspose2d"] = FormOfConvolution(1);
  (*forms)["BatchNorm2d"] = {
      {"weight", "bias"},
      {"running_mean", "running_var", "num_batches_tracked"},
      {WholeForm("num_features"),
       RealForm("eps"),
       {"momentum", Form::kReal, {0.1}},
       {"affine", Form::kFlag, {1}},
       {"track_running_stats", Form::kFlag, {1}}}};
  (*forms)["Linear"] = {{"weight", "bias"},
                        {},
                        {WholeForm("in_features"), WholeForm("out_features")}};
  (*forms)["MaxPool2d"] = {{},
                           {},
                           {WholeForm("kernel_size"),
                            WholeForm("stride"),
                            WholeForm("padding"),
                            {"dilation", Form::kWhole, {1}},
                            {"return_indices", Form::kFlag, {0}},
                            {"ceil_mode", Form::kFlag, {0}}}};
  (*forms)["AdaptiveAvgPool2d"] = {
      {}, {}, {{"output_size", Form::kWhole, {1}}}};
  (*forms)["Dropout"] = {{}, {}, {{"p", Form::kReal, {0}}, kInPlace}};
  (*forms)["Upsample"] = {{},
                          {},
                          {{"name", Form::kText, {}, "Upsample"},
                           NoneForm("size"),
                           RealForm("scale_factor"),
                           {"mode", Form::kText, {}, "nearest"},
                           NoneForm("align_corners"),
                           NoneForm("recompute_scale_factor")}};
}

void AddActivations(ClassForms* forms) {
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
  (*forms)["LeakyReLU"] = {{}, {}, {RealForm("negative_slope"), kInPlace}};
  (*forms)["PReLU"] = {
      {"weight"},
      {},
      {WholeForm("num_parameters"), {"init", Form::kReal, {0.25}}}};
  (*forms)["RReLU"] = {
      {}, {}, {RealForm("lower"), RealForm("upper"), kNotInPlace}};
  for (const char* kind : {"ELU", "CELU"}) {
    (*forms)[kind] = {{}, {}, {RealForm("alpha"), kNotInPlace}};
  }
  (*forms)["GELU"] = {{}, {}, {{"approximate", Form::kText}}};
  (*forms)["Hardtanh"] = {
      {}, {}, {RealForm("min_val"), RealForm("max_val"), kNotInPlace}};
  (*forms)["Softplus"] = {{}, {}, {RealForm("beta"), RealForm("threshold")}};
  for (const char* kind : {"Softshrink", "Hardshrink"}) {
    (*forms)[kind] = {{}, {}, {RealForm("lambd")}};
  }
  (*forms)["Threshold"] = {
      {}, {}, {RealForm("threshold"), RealForm("value"), kNotInPlace}};
}

}  // namespace

const ClassForm& FormOfClass(std::string_view kind) {
  static const auto* forms = [] {
    auto* all = new ClassForms;
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

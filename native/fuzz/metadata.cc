// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The metadata of archives, and Python's literals in it.
#include "metadata/metadata.h"

#include <string_view>

#include "fuzz/support.h"
#include "metadata/literal.h"

namespace yolotorch::fuzz {
namespace {

using metadata::FromJson;
using metadata::Metadata;

void ReadMetadata(std::string_view text) {
  const Metadata read = FromJson(text, "model.torchscript");
  Require(read.stride >= 1 && read.batch >= 1 && read.channels >= 1);
  Require(read.imgsz[0] >= 1 && read.imgsz[1] >= 1, "sides");
  Require(read.nms_conf >= 0 && read.nms_conf <= 1, "conf in [0, 1]");
  Require(read.nms_iou >= 0 && read.nms_iou <= 1, "iou in [0, 1]");
  // What is written is read as the same.
  const Metadata again = FromJson(metadata::ToJson(read), "model.torchscript");
  Require(again.names == read.names, "the same names");
  Require(again.stride == read.stride && again.imgsz == read.imgsz,
          "the same sizes");
  Require(again.description == read.description, "the same description");
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(yolotorch::metadata::ParseLiteral(text));
  yolotorch::fuzz::MayRefuse([&] { yolotorch::fuzz::ReadMetadata(text); });
}

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/exporting.h"

#include <torch/csrc/jit/passes/freeze_module.h>

#include <charconv>
#include <utility>
#include <vector>

#include "base/files.h"
#include "export/archive_writer.h"
#include "export/program.h"
#include "export/tracer.h"
#include "formats/zip_archive.h"
#include "yolotorch/error.h"
#include "yolotorch/version.h"

namespace yolotorch::api {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  throw Error(Code::kInvalidArgument, what);
}

void CheckFraction(const char* name, float value) {
  // Written so that NaN fails, too.
  if (!(value >= 0 && value <= 1)) {
    Fail(std::string(name) + " must be in [0, 1], but is " +
         std::to_string(value) + ".");
  }
}

void CheckOptions(const ExportOptions& options, Task task, int channels) {
  if (options.batch < 1 || options.batch > YOLOTORCH_MAX_BATCH) {
    Fail("batch must be in [1, " + std::to_string(YOLOTORCH_MAX_BATCH) +
         "], but is " + std::to_string(options.batch) + ".");
  }
  CheckFraction("conf", options.conf);
  CheckFraction("iou", options.iou);
  if (options.max_det < 1 || options.max_det > 100'000) {
    Fail("max_det must be in [1, 100000], but is " +
         std::to_string(options.max_det) + ".");
  }
  if (options.nms && task == Task::kClassify) {
    Fail(
        "nms=True is not valid for classification models, whose output is "
        "final already: leave nms out.");
  }
  if (options.pipeline && options.dynamic) {
    Fail(
        "pipeline=True takes pictures of any size already and runs the network "
        "at one size: leave dynamic out.");
  }
  if (options.pipeline && channels != 3) {
    Fail("pipeline=True takes RGB pictures, but the model takes pictures of " +
         std::to_string(channels) + (channels == 1 ? " channel" : " channels") +
         ": leave pipeline out.");
  }
  const bool own_forward = options.nms || options.pipeline;
  if (!options.script.empty() && own_forward) {
    Fail("script=FILE brings its own forward: leave nms and pipeline out.");
  }
  if (!options.layers.empty() && (own_forward || !options.script.empty())) {
    Fail(
        "layers=FIRST-LAST exports a part as it is: leave nms, pipeline and "
        "script out.");
  }
}

// "0-9" or "4".
std::pair<int, int> ParseLayers(const std::string& text) {
  const std::size_t dash = text.find('-');
  const auto number = [&](std::string_view digits) {
    int value = -1;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() ||
        value < 0) {
      Fail("layers must be FIRST-LAST such as 0-9, but is '" + text + "'.");
    }
    return value;
  };
  const std::string_view all = text;
  if (dash == std::string::npos) return {number(all), number(all)};
  return {number(all.substr(0, dash)), number(all.substr(dash + 1))};
}

}  // namespace

void ExportArchive(graph::Network& network, metadata::Metadata metadata,
                   const ExportOptions& options, const std::string& target) {
  CheckOptions(options, metadata.task, metadata.channels);
  const bool classify = metadata.task == Task::kClassify;
  metadata.author = "yolotorch";
  metadata.version = YOLOTORCH_VERSION;
  metadata.batch = options.batch;
  metadata.dynamic = options.dynamic;
  metadata.half = options.half;
  metadata.optimized = options.optimize;
  metadata.pipeline = options.pipeline;
  metadata.nms = (options.nms || options.pipeline) && !classify;
  metadata.nms_conf = options.conf;
  metadata.nms_iou = options.iou;
  metadata.nms_max_det = options.max_det;
  metadata.nms_agnostic = options.agnostic_nms;
  metadata.layers = options.layers;

  exporter::TraceOptions trace;
  trace.batch = options.batch;
  trace.height = metadata.imgsz[0];
  trace.width = metadata.imgsz[1];
  trace.dynamic = options.dynamic;
  if (!options.layers.empty()) {
    std::tie(trace.first, trace.last) = ParseLayers(options.layers);
  }
  torch::jit::Module module = exporter::Trace(network, trace);
  if (options.half) exporter::StoreHalf(&module);
  if (!options.script.empty()) {
    const std::vector<std::uint8_t> text = base::ReadFile(options.script);
    exporter::AddUserForward({text.begin(), text.end()}, options.script,
                             &module);
  } else if (!options.layers.empty()) {
    exporter::AddPartForward(&module);
  } else {
    exporter::AddForward(metadata, &module);
  }
  // For phones: weights as constants, one flat graph.
  if (options.optimize) module = torch::jit::freeze(module);
  exporter::WriteArchive(module, metadata, target, options.optimize);
}

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/traced_network.h"

#include <cstdint>

#include "base/preparation.h"
#include "export/program.h"
#include "export/tracer.h"

namespace yolotorch::api {
namespace {

// Side of a trace for any size, in the coarsest strides of the head: small,
// because tracing runs the network once.
constexpr std::int64_t kTracedStrides = 4;

}  // namespace

std::shared_ptr<runtime::Session> TracedNetwork::Ready() {
  const std::lock_guard<std::mutex> lock(whole_mutex_);
  return whole_;
}

std::shared_ptr<runtime::Session> TracedNetwork::Whole() {
  const std::lock_guard<std::mutex> lock(trace_mutex_);
  // Another caller may have been first.
  if (auto session = Ready()) return session;
  const base::Preparation preparation;
  auto session = Trace(-1);
  const std::lock_guard<std::mutex> ready(whole_mutex_);
  whole_ = session;
  return session;
}

std::shared_ptr<runtime::Session> TracedNetwork::UpTo(int layer) {
  const std::lock_guard<std::mutex> lock(trace_mutex_);
  std::shared_ptr<runtime::Session>& session = parts_[layer];
  if (session == nullptr) session = Trace(layer);
  return session;
}

void TracedNetwork::Alone(const std::function<void(graph::Network&)>& work) {
  const std::lock_guard<std::mutex> lock(trace_mutex_);
  work(*source_.network);
}

std::shared_ptr<runtime::Session> TracedNetwork::Trace(int last) const {
  metadata::Metadata metadata = source_.metadata;
  metadata.dynamic = true;
  const std::int64_t side = kTracedStrides * metadata.stride;
  torch::jit::Module module = exporter::Trace(
      *source_.network,
      {.height = side, .width = side, .dynamic = true, .last = last});
  if (last < 0) {
    exporter::AddForward(metadata, &module);
  } else {
    exporter::AddPartForward(&module);
  }
  if (!plan_.device.is_cpu()) {
    module = module.deepcopy();  // the network keeps its weights on the CPU
    module.to(plan_.device);
  }
  return std::make_shared<runtime::Session>(
      module, metadata, plan_.device, plan_.label, plan_.level, plan_.bfloat16);
}

}  // namespace yolotorch::api

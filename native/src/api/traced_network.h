// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "api/network_source.h"
#include "optimizer/compiler.h"
#include "runtime/session.h"

namespace yolotorch::api {

/// How sessions of a model run, and what messages call the model.
struct SessionPlan {
  c10::Device device;
  std::string label;
  optimizer::OptimizeLevel level;
  bool bfloat16;
};

/// A network of a checkpoint or yaml, traced when it is first needed.
/// Thread-safe. The sessions given may outlive it.
class TracedNetwork {
 public:
  TracedNetwork(NetworkSource source, SessionPlan plan)
      : source_(std::move(source)), plan_(std::move(plan)) {}

  [[nodiscard]] const NetworkSource& source() const { return source_; }

  /// The whole network; null until it was traced.
  [[nodiscard]] std::shared_ptr<runtime::Session> Ready();

  /// The whole network, traced once for any size, since pictures of many shapes
  /// come to one model: a trace per size would cost its time and memory again
  /// for each. REQUIRES: on a deep stack.
  std::shared_ptr<runtime::Session> Whole();

  /// The network up to this layer, which gives the layer's maps. REQUIRES: on a
  /// deep stack.
  std::shared_ptr<runtime::Session> UpTo(int layer);

  /// Does what must not happen while the network is traced.
  void Alone(const std::function<void(graph::Network&)>& work);

 private:
  // Up to this layer, or, for -1, with the head. REQUIRES: trace_mutex_ held.
  [[nodiscard]] std::shared_ptr<runtime::Session> Trace(int last) const;

  NetworkSource source_;
  SessionPlan plan_;
  std::mutex trace_mutex_;  // guards source_.network and parts_
  std::map<int, std::shared_ptr<runtime::Session>> parts_;  // by last layer
  std::mutex whole_mutex_;                                  // guards whole_
  std::shared_ptr<runtime::Session> whole_;
};

}  // namespace yolotorch::api

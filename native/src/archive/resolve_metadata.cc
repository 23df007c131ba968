// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/resolve_metadata.h"

#include <algorithm>
#include <optional>

#include "graph/task_table.h"
#include "yolotorch/error.h"
#include "yolotorch/task.h"

namespace yolotorch::archive {
namespace {

using gate::InferredMetadata;
using metadata::Metadata;

std::string TextOf(Task task) { return std::string(NameOf(task)); }

class Resolver {
 public:
  Resolver(const InferredMetadata& inferred, const std::string& label,
           Metadata* out)
      : inferred_(inferred), label_(label), out_(*out) {}

  void Resolve(const std::string& asked_task) {
    ResolveTask(asked_task);
    ResolveChannels();
    if (KnownTask()) {
      ResolveClasses();
      if (out_.task == Task::kPose) ResolveKeypoints();
    }
    if (out_.task == Task::kPose && out_.kpt_shape[0] == 0) {
      out_.kpt_shape = {17, 3};
      Warn("kpt_shape", "17 keypoints with visibility");
    }
    if (!out_.has_args) {
      out_.nms = inferred_.nms;
      out_.dynamic = inferred_.dynamic;
    }
    // The unrolled batch size counts, not the recorded one.
    if (out_.foreign_nms() && inferred_.nms_batch > 0) {
      out_.batch = inferred_.nms_batch;
    }
    out_.end2end = (out_.end2end || inferred_.one_to_one) && !out_.nms;
    if (!out_.has_imgsz) ResolveSize();
    CheckStride();
  }

 private:
  [[noreturn]] void Fail(Code code, const std::string& what) const {
    throw Error(code, "'" + label_ + "' " + what);
  }

  void Warn(const std::string& key, const std::string& assumed) {
    out_.warnings.push_back("'" + label_ + "' does not say its " + key +
                            "; assumed " + assumed + ".");
  }

  // The network decides, then the caller, then the metadata.
  void ResolveTask(const std::string& asked) {
    const std::optional<Task> wanted = graph::TaskByName(asked);
    if (!asked.empty() && !wanted) {
      throw Error(Code::kInvalidArgument, "task must be " + graph::TaskNames() +
                                              ", but is '" + asked + "'.");
    }
    const std::optional<Task> known = KnownTask();
    if (wanted && known && *wanted != *known) {
      out_.task = *known;
      out_.warnings.push_back(
          "The task '" + asked + "' was asked for, but the model's is '" +
          TextOf(*known) + "' (" + inferred_.task_reason + "), which is used.");
    } else if (wanted) {
      out_.task = *wanted;
    } else if (!out_.stored_task.empty()) {
      out_.task = StoredTask();
    } else if (inferred_.task) {
      out_.task = *inferred_.task;
      out_.warnings.push_back("'" + label_ + "' does not say its task; took " +
                              TextOf(out_.task) + ", because " +
                              inferred_.task_reason + ".");
    } else {
      Fail(Code::kUnsupportedModel,
           "does not say its task, and nothing in it tells: load it with "
           "task= " +
               graph::TaskNames() + ".");
    }
    if (known && *known != out_.task) {
      Fail(Code::kUnsupportedModel,
           "is said to be a model for task '" + TextOf(out_.task) +
               "', but its network is one for '" + TextOf(*known) + "' (" +
               inferred_.task_reason + "): load it with task=" +
               TextOf(*known) + ", or export the model again.");
    }
  }

  // The task of the network, if it is known; parts and pipelines do not show
  // it.
  [[nodiscard]] std::optional<Task> KnownTask() const {
    if (out_.pipeline || !out_.layers.empty()) return std::nullopt;
    return inferred_.task;
  }

  [[nodiscard]] Task StoredTask() const {
    const std::optional<Task> stored = graph::TaskByName(out_.stored_task);
    if (!stored) {
      Fail(Code::kUnsupportedModel, "is a model for task '" + out_.stored_task +
                                        "'; this version runs " +
                                        graph::TaskNames() + ".");
    }
    return *stored;
  }

  void ResolveClasses() {
    const auto named = static_cast<std::int64_t>(out_.names.size());
    if (inferred_.classes == 0) return;
    if (named == 0) {
      for (int id = 0; id < inferred_.classes; ++id) {
        out_.names[id] = "class" + std::to_string(id);
      }
    } else if (named != inferred_.classes) {
      Fail(Code::kCorruptModel,
           "names " + std::to_string(named) +
               (named == 1 ? " class" : " classes") + ", but its network has " +
               std::to_string(inferred_.classes) +
               ": export the model again, or correct the names.");
    }
  }

  // The network decides.
  void ResolveChannels() {
    const std::int64_t found = inferred_.channels;
    if (found == 0) return;
    if (!out_.has_channels) {
      out_.channels = static_cast<int>(std::min<std::int64_t>(found, 1 << 20));
    } else if (out_.channels % found != 0) {
      Fail(Code::kCorruptModel,
           "is said to take pictures of " + std::to_string(out_.channels) +
               (out_.channels == 1 ? " channel" : " channels") +
               ", but its network takes " + std::to_string(found) +
               ": correct its metadata, or export the model again.");
    }
  }

  void ResolveKeypoints() {
    const std::int64_t values = inferred_.extras;
    const std::int64_t said =
        std::int64_t{out_.kpt_shape[0]} * out_.kpt_shape[1];
    if (values == 0 || said == values) return;
    if (said == 0 && values % 3 == 0) {
      const std::int64_t points = values / 3;
      out_.kpt_shape = {static_cast<int>(points), 3};
      Warn("kpt_shape", std::to_string(points) +
                            (points == 1 ? " keypoint" : " keypoints") +
                            " with visibility");
      return;
    }
    Fail(Code::kCorruptModel,
         "announces " + std::to_string(said) +
             " values for the keypoints of an object, but its network gives " +
             std::to_string(values) + ": export the model again.");
  }

  void ResolveSize() {
    std::int64_t side = inferred_.side;
    if (side == 0) {
      // Export takes the side of detect for all tasks but classify.
      const bool classify = out_.task == Task::kClassify;
      side = graph::TraitsOf(classify ? Task::kClassify : Task::kDetect).imgsz;
    }
    out_.imgsz = {side, side};
    Warn("imgsz", std::to_string(side) + " x " + std::to_string(side));
  }

  void CheckStride() const {
    const auto& [height, width] = out_.imgsz;
    if (height % out_.stride == 0 && width % out_.stride == 0) return;
    Fail(Code::kCorruptModel,
         "is said to be made for " + std::to_string(height) + " x " +
             std::to_string(width) +
             " pixels (height x width), which are no multiples of its stride " +
             std::to_string(out_.stride) +
             ": correct its metadata, or export the model again.");
  }

  const InferredMetadata& inferred_;
  const std::string& label_;
  Metadata& out_;
};

}  // namespace

void ResolveMetadata(const gate::InferredMetadata& inferred,
                     const std::string& asked_task, const std::string& label,
                     metadata::Metadata* metadata) {
  Resolver(inferred, label, metadata).Resolve(asked_task);
}

}  // namespace yolotorch::archive

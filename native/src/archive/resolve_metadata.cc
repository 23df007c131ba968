// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/resolve_metadata.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "yolotorch/error.h"

namespace yolotorch::archive {
namespace {

using gate::InferredMetadata;
using metadata::Metadata;

constexpr std::array<std::string_view, 5> kTasks = {"detect", "segment", "pose",
                                                    "obb", "classify"};
constexpr char kTaskList[] = "detect, segment, pose, obb or classify";

bool IsTask(const std::string& text) {
  return std::find(kTasks.begin(), kTasks.end(), text) != kTasks.end();
}

class Resolver {
 public:
  Resolver(const InferredMetadata& inferred, const std::string& label,
           Metadata* out)
      : inferred_(inferred), label_(label), out_(*out) {}

  void Resolve(const std::string& asked_task) {
    ResolveTask(asked_task);
    if (!inferred_.task.empty() && !out_.pipeline && out_.layers.empty()) {
      ResolveClasses();
      if (out_.task == "pose") ResolveKeypoints();
    }
    if (out_.task == "pose" && out_.kpt_shape[0] == 0) {
      out_.kpt_shape = {17, 3};
      Warn("kpt_shape", "17 keypoints with visibility");
    }
    if (!out_.has_args) {
      out_.nms = inferred_.nms;
      out_.dynamic = inferred_.dynamic;
    }
    // What was unrolled counts, not what was noted.
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

  void ResolveTask(const std::string& asked) {
    if (!asked.empty() && !IsTask(asked)) {
      throw Error(Code::kInvalidArgument, "task must be " +
                                              std::string(kTaskList) +
                                              ", but is '" + asked + "'.");
    }
    const bool known =
        !inferred_.task.empty() && !out_.pipeline && out_.layers.empty();
    // The network itself has the last word, then who asks, then the metadata.
    if (!asked.empty() && known && asked != inferred_.task) {
      out_.task = inferred_.task;
      out_.warnings.push_back(
          "The task '" + asked + "' was asked for, but the model's is '" +
          inferred_.task + "' (" + inferred_.task_reason + "), which is used.");
    } else if (!asked.empty()) {
      out_.task = asked;
    } else if (out_.task.empty()) {
      if (inferred_.task.empty()) {
        Fail(Code::kUnsupportedModel,
             "does not say its task, and nothing in it tells: load it with "
             "task= " +
                 std::string(kTaskList) + ".");
      }
      out_.task = inferred_.task;
      out_.warnings.push_back("'" + label_ + "' does not say its task; took " +
                              out_.task + ", because " + inferred_.task_reason +
                              ".");
    }
    if (!IsTask(out_.task)) {
      Fail(Code::kUnsupportedModel, "is a model for task '" + out_.task +
                                        "'; this version runs " +
                                        std::string(kTaskList) + ".");
    }
    if (known && inferred_.task != out_.task) {
      Fail(Code::kUnsupportedModel,
           "is said to be a model for task '" + out_.task +
               "', but its network is one for '" + inferred_.task + "' (" +
               inferred_.task_reason + "): load it with task=" +
               inferred_.task + ", or export the model again.");
    }
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
    if (side == 0) side = out_.task == "classify" ? 224 : 640;
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

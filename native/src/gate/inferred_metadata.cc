// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/inferred_metadata.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace yolotorch::gate {
namespace {

class Reader {
 public:
  explicit Reader(const ArchiveFacts& facts) : facts_(facts) {
    for (const ModuleFacts& module : facts.modules) {
      layer_ = std::max(layer_, LayerOf(module.path));
    }
    head_ = "model." + std::to_string(layer_) + ".";
  }

  InferredMetadata Read() {
    ReadChannels();
    ReadHead();
    const std::int64_t boxes = Uses("torchvision::nms");
    const std::int64_t rotated = Uses("aten::triu_") + Uses("aten::triu");
    const bool wrapped =
        !facts_.modules.empty() && facts_.modules.front().type == "NMSModel";
    if (boxes > 0 || wrapped) {
      out_.nms = true;
      out_.nms_batch = static_cast<int>(std::max(boxes, rotated));
    }
    out_.dynamic = Uses("aten::arange") > 0;
    ReadSide();
    ReadActivation();
    return out_;
  }

 private:
  [[nodiscard]] std::int64_t Uses(const std::string& name) const {
    const auto found = facts_.code.operators.find(name);
    return found == facts_.code.operators.end() ? 0 : found->second;
  }

  [[nodiscard]] const ModuleFacts* Find(const std::string& path) const {
    for (const ModuleFacts& module : facts_.modules) {
      if (module.path == path) return &module;
    }
    return nullptr;
  }

  // Channels that the convolution or layer at `path` gives; 0: not there.
  [[nodiscard]] std::int64_t OutputsOf(const std::string& path) const {
    const ModuleFacts* module = Find(path);
    if (module == nullptr) return 0;
    for (const auto& [name, view] : module->tensors) {
      if (name == "bias" && view.shape.size() == 1) return view.shape[0];
    }
    return 0;
  }

  void ReadChannels() {
    const ModuleFacts* first = Find("model.0.conv");
    if (first == nullptr) return;
    for (const auto& [name, view] : first->tensors) {
      if (name == "weight" && view.shape.size() == 4) {
        out_.channels = view.shape[1];
      }
    }
  }

  void SetTask(Task task, const std::string& reason) {
    out_.task = task;
    out_.task_reason = reason;
  }

  void ReadHead() {
    if (layer_ < 0) return;
    if (const std::int64_t classes = OutputsOf(head_ + "linear")) {
      SetTask(Task::kClassify, "it ends in a linear layer");
      out_.classes = classes;
      return;
    }
    out_.one_to_one = Find(head_ + "one2one_cv3") != nullptr;
    const std::string branch = out_.one_to_one ? "one2one_cv3" : "cv3";
    out_.classes = OutputsOf(head_ + branch + ".0.2");
    if (out_.classes == 0) return;
    out_.extras = OutputsOf(head_ + "cv4.0.2");
    if (Find(head_ + "proto") != nullptr) {
      SetTask(Task::kSegment, "it has a branch for prototypes of masks");
    } else if (Find(head_ + "cv4") == nullptr) {
      SetTask(Task::kDetect, "it has branches for boxes and classes only");
    } else if (Uses("aten::cos") > 0) {
      SetTask(Task::kObb, "it has a branch for angles");
    } else {
      SetTask(Task::kPose, "it has a branch for keypoints");
    }
  }

  void ReadSide() {
    // Other heads than those of three levels may have any number of anchors.
    const std::string branch =
        head_ + (out_.one_to_one ? "one2one_cv3." : "cv3.");
    if (Find(branch + "2") == nullptr || Find(branch + "3") != nullptr) return;
    for (const std::vector<std::int64_t>& shape : facts_.constants) {
      const std::int64_t anchors = shape.empty() ? 0 : shape.back();
      if (shape.size() < 2 || anchors < kAnchorsPerCell ||
          anchors % kAnchorsPerCell != 0) {
        continue;
      }
      const std::int64_t cells = anchors / kAnchorsPerCell;
      const auto root = std::llround(std::sqrt(static_cast<double>(cells)));
      if (root * root == cells) out_.side = root * kCell;
    }
  }

  void ReadActivation() {
    const ModuleFacts* act = Find("model.9.cv1.act");
    const ModuleFacts* pooling = Find("model.9");
    if (act == nullptr || pooling == nullptr || pooling->type != "SPPF") return;
    if (act->type == "SiLU" || act->type == "Identity") {
      out_.sppf_activation = act->type;
    }
  }

  const ArchiveFacts& facts_;
  InferredMetadata out_;
  int layer_ = -1;
  std::string head_;
};

}  // namespace

InferredMetadata InferMetadata(const ArchiveFacts& facts) {
  return Reader(facts).Read();
}

}  // namespace yolotorch::gate

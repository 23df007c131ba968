// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/network_source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <regex>
#include <utility>

#include "api/class_names.h"
#include "api/layers.h"
#include "api/saved_modules.h"
#include "api/yaml_reader.h"
#include "base/rounding.h"
#include "formats/pickle_rules.h"
#include "formats/yaml.h"
#include "graph/saved_module.h"
#include "graph/task_table.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

using formats::Checkpoint;
using formats::Value;
using graph::Architecture;

constexpr std::string_view kSppf = "ultralytics.nn.modules.block.SPPF";

// Modules that tell which other family a model is of.
struct FamilyMark {
  std::string_view module;
  std::string_view family;
};

constexpr std::array<FamilyMark, 16> kOtherFamilies = {{
    {"A2C2f", "YOLO12"},
    {"Segment26", "YOLO26"},
    {"Pose26", "YOLO26"},
    {"OBB26", "YOLO26"},
    {"v10Detect", "YOLOv10"},
    {"C2fCIB", "YOLOv10"},
    {"SCDown", "YOLOv10"},
    {"RepNCSPELAN4", "YOLOv9"},
    {"ELAN1", "YOLOv9"},
    {"AConv", "YOLOv9"},
    {"C3", "YOLOv5"},
    {"GhostConv", "YOLOv8-ghost"},
    {"RTDETRDecoder", "RT-DETR"},
    {"WorldDetect", "YOLO-World"},
    {"YOLOEDetect", "YOLOE"},
    {"YOLOESegment", "YOLOE"},
}};

[[noreturn]] void FailFamily(const std::string& label,
                             std::string_view family) {
  throw Error(Code::kUnsupportedModel,
              "'" + label + "' is a " + std::string(family) +
                  " model; this version runs YOLO11 and YOLOv8.");
}

// Refuses a model that would be built, but misread, or that is known by name.
void CheckFamily(const Value& yaml, const std::string& label,
                 const Architecture& architecture) {
  std::string family;
  for (const graph::Row& row : architecture.rows) {
    for (const FamilyMark& mark : kOtherFamilies) {
      if (row.module == mark.module && family.empty()) family = mark.family;
    }
  }
  const Value* bins = yaml.Get("reg_max");
  const Value* end2end = yaml.Get("end2end");
  const bool plain_boxes = bins != nullptr && bins->NumberOr(16) != 16;
  const bool final_boxes = end2end != nullptr && end2end->NumberOr(0) != 0;
  if (family.empty() && (plain_boxes || final_boxes)) family = "YOLO26";
  if (!family.empty()) FailFamily(label, family);
}

// Refuses modules of another family whose yaml does not tell.
void CheckModules(const Checkpoint& checkpoint) {
  for (const formats::Module& module : checkpoint.modules()) {
    const std::string_view type = module.type;
    if (module.path.find(".one2one_") != std::string::npos) {
      FailFamily(checkpoint.label(), "YOLO26");
    }
    if (!type.starts_with("ultralytics.")) continue;
    const std::string_view kind = type.substr(type.rfind('.') + 1);
    const auto* mark = std::find_if(
        kOtherFamilies.begin(), kOtherFamilies.end(),
        [&](const FamilyMark& candidate) { return candidate.module == kind; });
    if (mark != kOtherFamilies.end()) {
      FailFamily(checkpoint.label(), mark->family);
    }
  }
}

// The task of the last layer.
Task TaskOf(const Checkpoint& checkpoint, const graph::SavedModule& saved) {
  const graph::SavedModule* layers = saved.Find("model");
  const std::string head = layers == nullptr || layers->children.empty()
                               ? ""
                               : std::string(layers->children.back().kind());
  const std::optional<Task> task = graph::TaskOfHead(head);
  const std::string& full = checkpoint.model_class();
  if (!full.starts_with("ultralytics.") || !task) {
    throw Error(
        Code::kUnsupportedModel,
        "'" + checkpoint.label() + "' holds a '" + full + "' that ends with '" +
            (head.empty() && layers != nullptr && !layers->children.empty()
                 ? layers->children.back().type
                 : head) +
            "'; expected a model that Ultralytics trained, ending "
            "with Detect, Segment, Pose, OBB or Classify.");
  }
  return *task;
}

// The letter behind "yolo11" or "yolov8" in a file name; empty without one.
std::string ScaleOfName(const std::string& name) {
  static const std::regex pattern(R"(yolov?\d+([nslmx])(?![a-z]))");
  std::smatch match;
  return std::regex_search(name, match, pattern) ? match[1].str() : "";
}

// A later version built the pooling without its activation: which one a model
// was trained with, only the pickle tells.
void DescribePooling(const Checkpoint& checkpoint, graph::Network& network,
                     metadata::Metadata* metadata) {
  network.ForEachConv([&](const std::string& path, const graph::Conv&) {
    // If the pickle lacks the module, the default stays.
    const auto* activation = checkpoint.FindModule(path + ".act");
    if (activation == nullptr) return;
    const std::string parent = path.substr(0, path.rfind('.'));
    const auto* owner = checkpoint.FindModule(parent);
    if (owner != nullptr && owner->type == kSppf && path.ends_with(".cv1")) {
      const std::string& type = activation->type;
      metadata->sppf_activation = type.substr(type.rfind('.') + 1);
      metadata->sppf_source = "the pickle's " + path + ".act";
    }
  });
}

// The metadata that follows from the architecture alone.
void DescribeArchitecture(const Architecture& architecture, std::int64_t stride,
                          metadata::Metadata* metadata) {
  metadata->family = architecture.family;
  metadata->scale = architecture.scale;
  metadata->channels = architecture.channels;
  metadata->task = *graph::TaskOfHead(architecture.rows.back().module);
  metadata->stride = static_cast<int>(stride);
  if (metadata->task == Task::kPose) {
    metadata->kpt_shape = {architecture.keypoints,
                           architecture.keypoint_values};
  }
}

// A square input, its side rounded up to the stride.
void SetSize(std::int64_t side, metadata::Metadata* metadata) {
  side = base::RoundUp<std::int64_t>(side, metadata->stride);
  metadata->imgsz = {side, side};
}

std::string PrettyName(const metadata::Metadata& metadata) {
  return metadata.family + metadata.scale +
         std::string(graph::TraitsOf(metadata.task).suffix);
}

// What the yaml says of a model whose modules tell all else: its scale. A
// yaml that cannot be read tells nothing.
Architecture HintsOf(const Checkpoint& checkpoint) {
  Architecture unknown;
  unknown.scale = "-";
  if (checkpoint.yaml() == nullptr) return unknown;
  std::optional<Architecture> read;
  try {
    read = ReadArchitecture(*checkpoint.yaml(), checkpoint.label());
  } catch (const Error&) {
    return unknown;
  }
  CheckFamily(*checkpoint.yaml(), checkpoint.label(), *read);
  return *read;
}

void WarnOfUnused(const Checkpoint& checkpoint, const graph::SavedModule& saved,
                  metadata::Metadata* metadata) {
  std::vector<std::string> unused = saved.Unused();
  unused.insert(unused.end(), checkpoint.unread().begin(),
                checkpoint.unread().end());
  if (unused.empty()) return;
  metadata->warnings.push_back(
      "'" + checkpoint.label() + "' holds " + std::to_string(unused.size()) +
      (unused.size() == 1 ? " tensor" : " tensors") +
      " that its layers do not use (" + formats::Shown(unused[0]) +
      (unused.size() == 1 ? ")" : " ...)") + "; ignored.");
}

}  // namespace

void CheckOrigin(const Checkpoint& checkpoint) {
  if (checkpoint.model_class().starts_with("models.")) {
    throw Error(Code::kUnsupportedModel,
                "'" + checkpoint.label() + "' is a YOLOv5 checkpoint (its '" +
                    checkpoint.model_class() +
                    "' is a class of the YOLOv5 repository); this version runs "
                    "YOLO11 and YOLOv8.");
  }
}

NetworkSource FromCheckpoint(const Checkpoint& checkpoint) {
  NetworkSource source = UnfusedFromCheckpoint(checkpoint);
  source.network->Fuse();
  return source;
}

NetworkSource UnfusedFromCheckpoint(const Checkpoint& checkpoint) {
  CheckOrigin(checkpoint);
  NetworkSource source;
  metadata::Metadata& metadata = source.metadata;
  Architecture architecture = HintsOf(checkpoint);
  CheckModules(checkpoint);
  const graph::SavedModule saved = ToSavedModule(checkpoint);
  metadata.task = TaskOf(checkpoint, saved);
  source.network = std::make_shared<graph::Network>(saved, architecture);
  architecture = source.network->architecture();
  architecture.family = FamilyOf(architecture);
  source.parameters_raw = source.network->CountParameters();
  source.layers = LayersOf(*source.network);
  DescribePooling(checkpoint, *source.network, &metadata);

  DescribeArchitecture(architecture, source.network->stride(), &metadata);
  NameClasses(checkpoint, architecture.classes, &metadata);
  WarnOfUnused(checkpoint, saved, &metadata);
  const std::int64_t imgsz = checkpoint.train_imgsz() > 0
                                 ? checkpoint.train_imgsz()
                                 : graph::TraitsOf(metadata.task).imgsz;
  SetSize(imgsz, &metadata);
  const std::string data = checkpoint.TrainArgument("data");
  metadata.description = PrettyName(metadata) + " model" +
                         (data.empty() ? "" : " trained on " + data);
  metadata.license = checkpoint.Text("license");
  metadata.docs = checkpoint.Text("docs");
  metadata.date = checkpoint.Text("date");
  metadata.version = checkpoint.Text("version");
  return source;
}

namespace {

NetworkSource WithRandomWeights(const Architecture& architecture,
                                const std::string& name, std::uint64_t seed) {
  NetworkSource source;
  source.network = std::make_shared<graph::Network>(architecture, seed);
  source.parameters_raw = source.network->CountParameters();
  source.layers = LayersOf(*source.network);
  source.network->Fuse();
  metadata::Metadata& metadata = source.metadata;
  DescribeArchitecture(architecture, source.network->stride(), &metadata);
  const std::int64_t imgsz = graph::TraitsOf(metadata.task).imgsz;
  SetSize(imgsz, &metadata);
  metadata.sppf_activation = architecture.activation.name;
  metadata.sppf_source = architecture.activation.name == "SiLU"
                             ? "the rule for new YOLO11 models"
                             : "the yaml's activation";
  metadata.description = PrettyName(metadata) + " model with random weights";
  metadata.warnings.push_back("'" + name +
                              "' has random weights: what it predicts means "
                              "nothing.");
  return source;
}

}  // namespace

NetworkSource FromArchitecture(const std::string& name, std::uint64_t seed) {
  return WithRandomWeights(graph::ArchitectureByName(name), name, seed);
}

NetworkSource FromYaml(const std::string& text, const std::string& name,
                       std::uint64_t seed) {
  const formats::Yaml yaml(text, name);
  bool guessed = false;
  Architecture architecture =
      ReadArchitecture(yaml.root(), name, ScaleOfName(name), &guessed);
  CheckFamily(yaml.root(), name, architecture);
  if (architecture.rows.empty() ||
      !graph::TaskOfHead(architecture.rows.back().module)) {
    throw Error(Code::kUnsupportedModel,
                "'" + name +
                    "' has a last row that is no head; expected Detect, "
                    "Segment, Pose, OBB or Classify.");
  }
  architecture.family = FamilyOf(architecture);
  NetworkSource source = WithRandomWeights(architecture, name, seed);
  if (guessed) {
    source.metadata.warnings.push_back(
        "'" + name + "' does not name its scale; took '" + architecture.scale +
        "', the first that it lists.");
  }
  return source;
}

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "yolotorch/inspect.h"

#include <filesystem>
#include <set>

#include "api/describe.h"
#include "api/guard.h"
#include "api/layers.h"
#include "api/model_file.h"
#include "api/network_source.h"
#include "archive/archive.h"
#include "base/files.h"
#include "formats/checkpoint.h"
#include "formats/sha256.h"
#include "gate/gate.h"
#include "gate/inferred_metadata.h"
#include "graph/architecture.h"
#include "graph/flops.h"
#include "graph/task_table.h"
#include "runtime/threads.h"

namespace yolotorch {
namespace {

constexpr char kOurselves[] = "yolotorch";

std::string TextOf(const std::set<std::string>& names) {
  constexpr std::size_t kMaxNamed = 5;
  std::string text;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count == kMaxNamed) return text + " and others";
    text += (count++ == 0 ? "" : ", ") + name;
  }
  return text;
}

class Inspector {
 public:
  Inspector(const std::string& path, const LoadOptions& options)
      : path_(path),
        name_(std::filesystem::path(path).filename().string()),
        options_(options) {}

  FileInfo Inspect() {
    const api::ModelFile file = api::ReadModelFile(path_);
    if (file.kind == api::ModelFileKind::kArchitecture) {
      api::CheckPin(file, options_.sha256);
      ReadArchitecture(api::FromArchitecture(name_, options_.seed));
      return std::move(out_);
    }
    out_.bytes = file.bytes.size();
    out_.sha256 = formats::Sha256(file.bytes);
    out_.kind = file.format.id;
    out_.title = file.format.title;
    out_.advice = file.format.advice;
    if (file.kind == api::ModelFileKind::kYaml) NameArchitecture();
    if (file.kind == api::ModelFileKind::kOther) {
      out_.reason = "'" + name_ + "' is " + file.format.title + ".";
      return std::move(out_);
    }
    Try([&] {
      api::CheckPin(file, options_.sha256);
      if (file.kind == api::ModelFileKind::kYaml) {
        ReadArchitecture(api::FromYaml({file.bytes.begin(), file.bytes.end()},
                                       name_, options_.seed));
      } else if (file.kind == api::ModelFileKind::kCheckpoint) {
        ReadCheckpoint(file.bytes);
      } else {
        ReadArchive(file.bytes);
      }
    });
    return std::move(out_);
  }

 private:
  // Runs `work` and turns its Error into the verdict.
  template <typename Work>
  void Try(const Work& work) {
    try {
      api::Guarded(work);
      if (out_.reason.empty()) out_.verdict = Verdict::kClean;
    } catch (const Error& error) {
      out_.reason = error.what();
      const bool refused = error.code() == Code::kCorruptModel ||
                           error.code() == Code::kUnsafeModel;
      out_.verdict = refused ? Verdict::kRefused : Verdict::kUnknown;
      if (out_.verdict == Verdict::kUnknown && out_.advice.empty()) {
        out_.advice = "see the reason";
      }
    }
  }

  void NameArchitecture() {
    out_.kind = "architecture";
    out_.title = "an architecture without trained weights";
    out_.advice = "";
  }

  void ReadArchitecture(const api::NetworkSource& source) {
    NameArchitecture();
    out_.verdict = Verdict::kClean;
    out_.model = api::DescribeSource(source, out_.kind, options_.task);
    out_.layers = source.layers;
    out_.runtimes = {kOurselves};
    TellFault(source.metadata);
  }

  void ReadCheckpoint(const std::vector<std::uint8_t>& bytes) {
    NameCheckpoint(bytes);
    const formats::Checkpoint checkpoint(bytes, name_);
    if (out_.kind == "checkpoint") out_.title = "an Ultralytics checkpoint";
    for (const auto& [name, view] : checkpoint.tensors()) {
      out_.values[formats::NameOf(view.dtype)] += view.numel();
    }
    const api::NetworkSource source = api::FromCheckpoint(checkpoint);
    out_.model = api::DescribeSource(source, out_.kind, options_.task);
    out_.layers = source.layers;
    out_.runtimes = {kOurselves, "Python with torch and ultralytics"};
    TellFault(source.metadata);
  }

  // Notes why a clean model cannot predict here; false if it can.
  bool TellFault(const metadata::Metadata& metadata) {
    const std::string fault = archive::WhyNotRunnable(metadata, name_);
    if (fault.empty()) return false;
    out_.advice = fault;
    std::erase(out_.runtimes, kOurselves);
    return true;
  }

  // A zip archive with a pickle may hold other things than a model.
  void NameCheckpoint(const std::vector<std::uint8_t>& bytes) {
    const formats::ZipArchive zip(bytes, name_);
    const auto* entry = zip.Find("data.pkl");
    if (entry == nullptr || !entry->stored) return;
    const formats::Pickle pickle(entry->data, name_);
    const formats::Value& root = pickle.root();
    for (const char* key : {"ema", "model"}) {
      const formats::Value* model = root.Get(key);
      if (model != nullptr && model->ClassName().starts_with("models.")) {
        out_.kind = "yolov5-checkpoint";
        out_.title = "a YOLOv5 checkpoint";
        out_.advice = "load a YOLO11 or YOLOv8 checkpoint";
        return;
      }
    }
    if (root.Get("model") != nullptr || root.Get("ema") != nullptr) return;
    const bool tensors =
        root.Is(formats::Value::Kind::kDict) && root.items.size() >= 2 &&
        root.items[1]->ClassName().starts_with("torch._utils._rebuild");
    if (!tensors) return;
    out_.kind = "state-dict";
    out_.title = "a plain state dict: weights without their network";
    out_.advice = "save the whole model, as Ultralytics does";
  }

  void ReadArchive(const std::vector<std::uint8_t>& bytes) {
    const formats::ZipArchive zip(bytes, name_);
    // Described even if the metadata contradicts the network.
    const gate::ArchiveFacts facts =
        gate::CheckArchive(zip, name_, options_.trusted);
    out_.values = facts.values;
    out_.operators = facts.code.operators;
    std::set<std::string> devices = facts.code.devices;
    for (const auto& [device, count] : facts.devices) devices.insert(device);
    out_.devices = {devices.begin(), devices.end()};
    AddRuntimes(facts);
    const metadata::Metadata metadata =
        archive::ReadMetadata(facts, zip, name_, options_);

    ModelInfo model = api::Describe(metadata, "torchscript");
    for (const gate::ModuleFacts& module : facts.modules) {
      model.parameters += api::CountWeights(module);
    }
    AddActivation(facts, &model);
    CompareWithArchitecture(&model);
    if (out_.layers.empty()) out_.layers = api::StoredLayersOf(facts);
    if (!facts.code.unknown.empty()) {
      model.warnings.push_back("'" + name_ +
                               "' uses what no YOLO network needs (" +
                               TextOf(facts.code.unknown) +
                               "); it passed only because it is trusted.");
    }
    out_.model = model;
    if (TellFault(metadata)) return;
    if (metadata.is_part()) {
      out_.advice = "It holds layers " + metadata.layers +
                    " of a model only, so it cannot predict; predictRaw gives "
                    "their features.";
      return;
    }
    // Only LibTorch knows these constants, and whether it has every operator.
    const archive::Archive archive =
        archive::LoadArchive(bytes, metadata, name_, c10::kCPU);
    out_.model->baked_nms = archive.baked_nms;
  }

  static void AddActivation(const gate::ArchiveFacts& facts, ModelInfo* model) {
    if (!model->sppf_activation.empty()) return;
    model->sppf_activation = gate::InferMetadata(facts).sppf_activation;
    if (!model->sppf_activation.empty()) {
      model->sppf_source = "the archive's module model.9.cv1.act";
    }
  }

  // An archive that names its architecture and has as many weights is of that
  // architecture, which gives the values that the archive does not store.
  void CompareWithArchitecture(ModelInfo* model) {
    if (model->family != "YOLO11" || model->scale.size() != 1 ||
        std::string_view("nslmx").find(model->scale) ==
            std::string_view::npos) {
      return;
    }
    const std::string name = "yolo11" + model->scale +
                             std::string(graph::TraitsOf(model->task).suffix);
    graph::Architecture architecture = graph::ArchitectureByName(name);
    architecture.classes = static_cast<int>(model->names.size());
    if (model->task == Task::kPose) {
      architecture.keypoints = model->keypoints;
      architecture.keypoint_values = model->keypoint_values;
    }
    graph::Network network(architecture);
    const std::int64_t raw = network.CountParameters();
    std::vector<LayerInfo> layers = api::LayersOf(network);
    network.Fuse();
    const std::int64_t fused = network.CountParameters();
    // A frozen archive stores no parameters.
    if (model->parameters != 0 && model->parameters != fused) return;
    model->parameters = fused;
    model->parameters_raw = raw;
    model->gflops =
        graph::CountFlops(network, model->net_height, model->net_width) / 1e9;
    out_.layers = std::move(layers);
  }

  void AddRuntimes(const gate::ArchiveFacts& facts) {
    const bool torchvision = facts.code.operators.count("torchvision::nms") > 0;
    const std::string format =
        " (archive format " + std::to_string(facts.version) + ")";
    out_.runtimes.push_back(kOurselves);
    if (torchvision) {
      out_.runtimes.push_back("Python with torch and torchvision" + format);
    } else {
      out_.runtimes.push_back("LibTorch in C++, Python with torch, DJL" +
                              format);
    }
    if (facts.has_bytecode) {
      out_.runtimes.push_back("the lite interpreter of PyTorch Mobile");
    }
  }

  const std::string& path_;
  std::string name_;
  const LoadOptions& options_;
  FileInfo out_;
};

}  // namespace

FileInfo Inspect(const std::string& path, const LoadOptions& options) {
  return api::Guarded([&] {
    FileInfo info;
    runtime::RunOnDeepStack([&] { info = Inspector(path, options).Inspect(); });
    return info;
  });
}

void Verify(const std::string& path, const LoadOptions& options) {
  api::Guarded([&] {
    api::ModelFile file = api::ReadModelFile(path);
    if (file.kind == api::ModelFileKind::kArchitecture) {
      base::ReadFile(path);  // throws: there is no such file
    }
    api::CheckPin(file, options.sha256);
    if (file.kind == api::ModelFileKind::kArchive) {
      gate::CheckArchive(formats::ZipArchive(file.bytes, file.name), file.name,
                         options.trusted);
    } else if (file.kind == api::ModelFileKind::kCheckpoint) {
      api::CheckOrigin(formats::Checkpoint(std::move(file.bytes), file.name));
    } else {
      api::FailNoModel(file);
    }
  });
}

}  // namespace yolotorch

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/training_network.h"

#include <utility>

#include "api/model_file.h"
#include "api/network_source.h"
#include "api/yaml_reader.h"
#include "graph/task_table.h"
#include "yolotorch/error.h"

namespace yolotorch::api {
namespace {

// Seed of weights that are replaced by those of the file that gave the
// architecture.
constexpr std::uint64_t kAnySeed = 0;

TrainingSource FromSource(NetworkSource source, const std::string& name) {
  TrainingSource result;
  result.architecture = source.network->architecture();
  result.metadata = std::move(source.metadata);
  result.name = name;
  return result;
}

TrainingSource FromFile(ModelFile file) {
  auto checkpoint = std::make_shared<const formats::Checkpoint>(
      std::move(file.bytes), file.name);
  NetworkSource source = UnfusedFromCheckpoint(*checkpoint);
  TrainingSource result;
  result.pretrained = source.network;
  result.metadata = std::move(source.metadata);
  result.name = file.name;
  if (checkpoint->yaml() == nullptr) {
    throw Error(Code::kUnsupportedModel,
                "'" + file.name +
                    "' does not hold the yaml that its network is built of; "
                    "train from another checkpoint or from a yaml.");
  }
  result.architecture = ReadArchitecture(*checkpoint->yaml(), file.name);
  result.architecture.family = source.network->architecture().family.empty()
                                   ? result.metadata.family
                                   : source.network->architecture().family;
  result.checkpoint = std::move(checkpoint);
  return result;
}

}  // namespace

TrainingSource OpenForTraining(const std::string& path) {
  ModelFile file = ReadModelFile(path);
  switch (file.kind) {
    case ModelFileKind::kArchitecture:
      return FromSource(FromArchitecture(file.name, kAnySeed), file.name);
    case ModelFileKind::kYaml:
      return FromSource(
          FromYaml({file.bytes.begin(), file.bytes.end()}, file.name, kAnySeed),
          file.name);
    case ModelFileKind::kCheckpoint:
      return FromFile(std::move(file));
    case ModelFileKind::kArchive:
      throw Error(Code::kUnsupportedModel,
                  "'" + file.name +
                      "' is a TorchScript archive, whose weights are fixed; "
                      "train from the checkpoint (.pt) or a yaml instead.");
    case ModelFileKind::kOther:
      break;
  }
  FailNoModel(file);
}

TrainingNetworks BuildForTraining(const graph::Architecture& architecture,
                                  const graph::Network* pretrained,
                                  const NetworkShape& shape,
                                  std::uint64_t seed) {
  graph::Architecture wanted = architecture;
  wanted.classes = shape.classes;
  wanted.channels = shape.channels;
  if (shape.kpt_shape[0] > 0) {
    wanted.keypoints = shape.kpt_shape[0];
    wanted.keypoint_values = shape.kpt_shape[1];
  }
  TrainingNetworks networks;
  networks.network = std::make_shared<graph::Network>(wanted, seed);
  networks.average = std::make_shared<graph::Network>(wanted, seed);
  if (pretrained != nullptr) {
    networks.transferred = train::Transfer(*pretrained, networks.network.get());
  }
  return networks;
}

}  // namespace yolotorch::api

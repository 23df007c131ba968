// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/written.h"

#include "api/saved_modules.h"
#include "api/yaml_reader.h"
#include "base/files.h"
#include "formats/yaml.h"
#include "train/stored_tensors.h"
#include "train/yaml_value.h"

namespace yolotorch::train {
namespace {

using formats::Value;
using nlohmann::ordered_json;

ordered_json JsonOf(const Value& value) {
  ordered_json json;
  switch (value.kind) {
    case Value::Kind::kBool:
      return value.integer != 0;
    case Value::Kind::kInt:
      return value.integer;
    case Value::Kind::kFloat:
      return value.number;
    case Value::Kind::kString:
      return value.text;
    case Value::Kind::kList:
      json = ordered_json::array();
      for (const Value* item : value.items) json.push_back(JsonOf(*item));
      return json;
    case Value::Kind::kDict:
      json = ordered_json::object();
      for (std::size_t i = 0; i < value.items.size(); i += 2) {
        json[value.items[i]->text] = JsonOf(*value.items[i + 1]);
      }
      return json;
    default:
      return json;
  }
}

test::Bytes PickleIn(const formats::ZipArchive& archive) {
  return archive.Read(*archive.Find("data.pkl"));
}

}  // namespace

Opened::Opened(test::Bytes whole, const std::string& label)
    : checkpoint(whole, label),
      saved(api::ToSavedModule(checkpoint)),
      network(std::make_unique<graph::Network>(
          saved, api::ReadArchitecture(*checkpoint.yaml(), label))),
      bytes(std::move(whole)),
      archive(bytes, label),
      pickle(PickleIn(archive), label) {
  for (const auto& [name, view] : checkpoint.tensors()) {
    tensors.emplace_back(name, ToTensor(view));
  }
}

Opened Opened::Weights(const std::string& name) {
  return {base::ReadFile(test::Asset("weights/" + name + ".pt")), name};
}

ordered_json InfoOf(const formats::Pickle& pickle) {
  ordered_json info = JsonOf(pickle.root());
  info.erase("model");
  info.erase("ema");
  return info;
}

CheckpointFile FileOf(const graph::Network& network, const Named& tensors) {
  CheckpointFile file;
  file.network = &network;
  file.tensor = [by_name = std::map<std::string, at::Tensor>(
                     tensors.begin(), tensors.end())](const std::string& name) {
    return by_name.at(name);
  };
  for (int i = 0; i < network.architecture().classes; ++i) {
    file.names[i] = "class" + std::to_string(i);
  }
  file.finished = true;
  return file;
}

CheckpointFile FileOf(const graph::Network& network) {
  Named tensors;
  for (const auto& item : network.named_parameters()) {
    tensors.emplace_back(item.key(), item.value());
  }
  for (const auto& item : network.named_buffers()) {
    tensors.emplace_back(item.key(), item.value());
  }
  return FileOf(network, tensors);
}

CheckpointFile FileOf(const Opened& opened) {
  Named exact = opened.tensors;
  for (auto& [name, tensor] : exact) {
    if (tensor.is_floating_point()) tensor = tensor.to(at::kFloat);
  }
  CheckpointFile file = FileOf(*opened.network, exact);
  file.names = opened.checkpoint.names();
  file.info = InfoOf(opened.pickle);
  return file;
}

Opened WriteAndOpen(const CheckpointFile& file) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "model.pt";
  WriteCheckpoint(file, path);
  return {base::ReadFile(path), "model.pt"};
}

std::unique_ptr<graph::Network> NetworkOfYaml(const std::string& text,
                                              const std::string& scale) {
  const formats::Yaml yaml(text, "model.yaml");
  return std::make_unique<graph::Network>(
      api::ReadArchitecture(yaml.root(), "model.yaml", scale));
}

std::string YamlOfYolov8(const std::string& head, const std::string& arguments,
                         const std::string& keys) {
  const bool classify = head == "Classify";
  std::string text = "nc: 7\n" + keys + R"(scales:
  n: [0.33, 0.25, 1024]
  m: [0.67, 0.75, 768]
backbone:
  - [-1, 1, Conv, [64, 3, 2]]
  - [-1, 1, Conv, [128, 3, 2]]
  - [-1, 3, C2f, [128, True]]
  - [-1, 1, Conv, [256, 3, 2]]
  - [-1, 6, C2f, [256, True]]
  - [-1, 1, Conv, [512, 3, 2]]
  - [-1, 6, C2f, [512, True]]
  - [-1, 1, Conv, [1024, 3, 2]]
  - [-1, 3, C2f, [1024, True]]
)" + (classify ? "head:\n" : R"(  - [-1, 1, SPPF, [1024, 5]]
head:
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1, 6], 1, Concat, [1]]
  - [-1, 3, C2f, [512]]
  - [-1, 1, nn.Upsample, [None, 2, nearest]]
  - [[-1, 4], 1, Concat, [1]]
  - [-1, 3, C2f, [256]]
  - [-1, 1, Conv, [256, 3, 2]]
  - [[-1, 12], 1, Concat, [1]]
  - [-1, 3, C2f, [512]]
  - [-1, 1, Conv, [512, 3, 2]]
  - [[-1, 9], 1, Concat, [1]]
  - [-1, 3, C2f, [1024]]
)");
  return text + "  - [" + (classify ? "-1" : "[15, 18, 21]") + ", 1, " + head +
         ", " + arguments + "]\n";
}

std::vector<at::Tensor> OutputsOf(graph::Network& network) {
  const at::NoGradGuard no_grad;
  const std::int64_t channels = network.architecture().channels;
  const at::Tensor picture = at::arange(channels * 64 * 64, at::kFloat)
                                 .view({1, channels, 64, 64})
                                 .sin()
                                 .abs();
  network.FixSize(64, 64);
  return network.Forward(picture);
}

void ExpectEqual(const std::vector<at::Tensor>& actual,
                 const std::vector<at::Tensor>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_TRUE(at::equal(actual[i], expected[i])) << "output " << i;
  }
}

void ExpectEqual(const Named& actual, const Named& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_EQ(actual[i].first, expected[i].first);
    const at::Tensor& a = actual[i].second;
    const at::Tensor& b = expected[i].second;
    EXPECT_EQ(a.scalar_type(), b.scalar_type()) << actual[i].first;
    EXPECT_TRUE(at::equal(a, b)) << actual[i].first;
  }
}

void ExpectEqual(const graph::Architecture& actual,
                 const graph::Architecture& expected) {
  EXPECT_EQ(actual.scale, expected.scale);
  EXPECT_EQ(actual.depth, expected.depth);
  EXPECT_EQ(actual.width, expected.width);
  EXPECT_EQ(actual.max_channels, expected.max_channels);
  EXPECT_EQ(actual.classes, expected.classes);
  EXPECT_EQ(actual.channels, expected.channels);
  EXPECT_EQ(actual.keypoints, expected.keypoints);
  EXPECT_EQ(actual.keypoint_values, expected.keypoint_values);
  EXPECT_EQ(actual.backbone, expected.backbone);
  EXPECT_EQ(ActivationText(actual.activation),
            ActivationText(expected.activation));
  ASSERT_EQ(actual.rows.size(), expected.rows.size());
  for (std::size_t i = 0; i < expected.rows.size(); ++i) {
    EXPECT_EQ(actual.rows[i].from, expected.rows[i].from) << i;
    EXPECT_EQ(actual.rows[i].repeats, expected.rows[i].repeats) << i;
    EXPECT_EQ(actual.rows[i].module, expected.rows[i].module) << i;
    EXPECT_TRUE(actual.rows[i].arguments == expected.rows[i].arguments) << i;
  }
}

}  // namespace yolotorch::train

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/checkpoint_writer.h"

#include <caffe2/serialize/inline_container.h>

#include <string_view>

#include "base/files.h"
#include "formats/pickle_values.h"
#include "formats/pickle_writer.h"
#include "train/model_value.h"
#include "train/module_values.h"
#include "train/stored_tensors.h"
#include "yolotorch/error.h"

namespace yolotorch::train {
namespace {

using formats::PickleValues;
using formats::TensorView;
using formats::Value;
using nlohmann::ordered_json;

constexpr char kResume[] = "yolotorch";
constexpr char kResumeState[] = "yolotorch_state";

// The object at the top of the pickle.
const Value* RootValue(const CheckpointFile& checkpoint, StoredTensors* stored,
                       PickleValues* values) {
  const ordered_json& info = checkpoint.info;
  PickleValues::Items items;
  const auto add = [&](std::string_view key, const Value* value) {
    items.push_back(values->Text(key));
    items.push_back(value);
  };
  const auto add_network = [&] {
    ModuleValues modules(checkpoint.tensor, stored, values);
    const Value* model = ModelValue(
        *checkpoint.network, checkpoint.names,
        info.value("train_args", ordered_json::object()), &modules, values);
    add("model", checkpoint.finished ? model : values->None());
    add("ema", checkpoint.finished ? values->None() : model);
  };
  constexpr char kBefore[] = "best_fitness";
  if (!info.contains(kBefore)) add_network();
  for (const auto& [key, value] : info.items()) {
    add(key, JsonValue(value, values));
    if (key == kBefore) add_network();
  }
  if (checkpoint.resume.empty() && checkpoint.resume_state.empty()) {
    return values->Dict(std::move(items));
  }
  PickleValues::Items tensors;
  for (const auto& [name, tensor] : checkpoint.resume) {
    tensors.push_back(values->Text(name));
    tensors.push_back(stored->Add(tensor));
  }
  add(kResume, values->Dict(std::move(tensors)));
  add(kResumeState, values->Text(checkpoint.resume_state));
  return values->Dict(std::move(items));
}

// The archive that torch.save makes of a pickle and its storages.
std::string Pack(const std::string& pickle,
                 const std::vector<at::Tensor>& records) {
  constexpr std::string_view kOrder = "little";
  std::string archive;
  caffe2::serialize::PyTorchStreamWriter writer(
      [&](const void* data, std::size_t size) {
        archive.append(static_cast<const char*>(data), size);
        return size;
      });
  writer.writeRecord("data.pkl", pickle.data(), pickle.size());
  writer.writeRecord("byteorder", kOrder.data(), kOrder.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    writer.writeRecord("data/" + std::to_string(i), records[i].const_data_ptr(),
                       records[i].nbytes());
  }
  writer.writeEndOfFile();
  return archive;
}

}  // namespace

void WriteCheckpoint(const CheckpointFile& checkpoint,
                     const std::string& path) {
  PickleValues values;
  StoredTensors stored(&values);
  const Value* root = RootValue(checkpoint, &stored, &values);
  base::WriteFile(path, Pack(formats::WritePickle(*root), stored.records()));
}

std::optional<Resume> ReadResume(const formats::Checkpoint& checkpoint) {
  Resume resume;
  resume.state = checkpoint.Text(kResumeState);
  const auto views = checkpoint.Tensors(kResume);
  if (views.empty() && resume.state.empty()) return std::nullopt;
  std::size_t bytes = 0;
  for (const auto& [name, view] : views) {
    // Each tensor was stored by itself, so a few bytes cannot show many.
    bytes += static_cast<std::size_t>(view.numel()) * SizeOf(view.dtype);
    if (bytes > checkpoint.size()) {
      throw Error(Code::kUnsafeModel,
                  "'" + checkpoint.label() +
                      "' shows its values more often than it stores them: do "
                      "not use this file.");
    }
    resume.tensors[name] = ToTensor(view);
  }
  return resume;
}

}  // namespace yolotorch::train

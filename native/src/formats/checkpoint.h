// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/pickle.h"
#include "formats/tensor.h"
#include "formats/zip_archive.h"

namespace yolotorch::formats {

/// One nn.Module of the pickled model.
struct Module {
  std::string path;  ///< "model.9.cv1.act"; empty for the model itself
  std::string type;  ///< "torch.nn.modules.activation.SiLU"
  const Value* attributes = nullptr;  ///< its __dict__
  std::size_t parent = 0;  ///< index among the modules; the model is its own
  std::size_t first_tensor = 0;  ///< its own among the tensors: the first,
  std::size_t tensor_count = 0;  ///< and how many

  /// A number among the attributes, else `fallback`.
  [[nodiscard]] double Number(std::string_view name, double fallback) const;
};

/// The content of an Ultralytics checkpoint as plain data. Reads it with a
/// restricted unpickler, checks every CRC-32 and runs no code of the file.
///
/// Immutable, so safe to share among threads.
class Checkpoint {
 public:
  /// Reads `bytes`; `label` names the file in messages. Throws Error
  /// kCorruptModel, kUnsafeModel or kUnsupportedModel.
  Checkpoint(std::vector<std::uint8_t> bytes, std::string label);

  [[nodiscard]] const std::string& label() const { return label_; }
  /// Of the file.
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  /// "ultralytics.nn.tasks.DetectionModel".
  [[nodiscard]] const std::string& model_class() const { return model_class_; }
  /// Modules in order of registration, the model itself first.
  [[nodiscard]] const std::vector<Module>& modules() const { return modules_; }
  /// The module at `path`, or null.
  [[nodiscard]] const Module* FindModule(std::string_view path) const;
  /// Parameters and buffers under their state-dict names, in order.
  [[nodiscard]] const std::vector<std::pair<std::string, TensorView>>& tensors()
      const {
    return tensors_;
  }
  /// Names of parameters and buffers that are stored as no tensor of a known
  /// kind.
  [[nodiscard]] const std::vector<std::string>& unread() const {
    return unread_;
  }
  /// The yaml dict that the model was built from; null when it has none.
  [[nodiscard]] const Value* yaml() const { return yaml_; }
  /// Class names by id, whatever they were saved as; empty when the file has
  /// none.
  [[nodiscard]] const std::map<int, std::string>& names() const {
    return names_;
  }
  /// Training image size, or 0 when the file does not say.
  [[nodiscard]] int train_imgsz() const { return train_imgsz_; }
  /// A top-level text such as "date", "version", "license"; empty when absent.
  [[nodiscard]] std::string Text(std::string_view key) const;
  /// The tensors of a dict at the top, by their names; none when it is absent.
  /// Throws Error kCorruptModel for a dict of anything else.
  [[nodiscard]] std::vector<std::pair<std::string, TensorView>> Tensors(
      std::string_view key) const;
  /// A text of the training arguments such as "data"; empty when absent.
  [[nodiscard]] std::string TrainArgument(std::string_view key) const;

 private:
  void ReadModules(const Value& object, const std::string& path,
                   std::size_t parent, int depth);
  void ReadTensors(const std::string& path, const Value* members);
  [[nodiscard]] TensorView ReadTensor(const Value& value,
                                      const std::string& name) const;
  void FindModel();
  void ReadNames(const Value* names);
  void Charge(const Value& items, std::string_view name);
  [[noreturn]] void Fail(const std::string& what) const;
  [[noreturn]] void FailUnsafe(const std::string& what) const;

  std::string label_;
  std::vector<std::uint8_t> bytes_;
  std::unique_ptr<ZipArchive> archive_;
  std::unique_ptr<Pickle> pickle_;
  const Value* model_ = nullptr;
  const Value* yaml_ = nullptr;
  std::string model_class_;
  std::vector<Module> modules_;
  std::map<std::string, std::size_t, std::less<>> module_index_;
  std::vector<std::pair<std::string, TensorView>> tensors_;
  std::vector<std::string> unread_;
  std::map<int, std::string> names_;
  int train_imgsz_ = 0;
  std::size_t items_ = 0;  // that modules were looked through for
};

}  // namespace yolotorch::formats

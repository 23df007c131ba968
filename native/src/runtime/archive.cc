// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/archive.h"

#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string_view>

#include "gate/evidence.h"
#include "runtime/contract.h"
#include "runtime/module_pass.h"
#include "runtime/torchvision_nms.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

// Lets LibTorch read from memory, so that what was checked is what is loaded.
class MemoryAdapter : public caffe2::serialize::ReadAdapterInterface {
 public:
  explicit MemoryAdapter(checkpoint::Bytes bytes) : bytes_(bytes) {}

  [[nodiscard]] size_t size() const override { return bytes_.size(); }

  size_t read(std::uint64_t position, void* out, size_t count,
              const char* /*what*/) const override {
    if (position > bytes_.size()) return 0;
    const size_t length = std::min(count, bytes_.size() - position);
    std::memcpy(out, bytes_.data() + position, length);
    return length;
  }

 private:
  checkpoint::Bytes bytes_;
};

// Of LibTorch's message, what it is about.
std::string FirstLine(std::string text) {
  // "Unknown builtin op: foo::bar." stands above hints at similar ones, and
  // below an empty line where the compiler says it.
  text.erase(0, text.find_first_not_of("\n "));
  return text.substr(0, text.find('\n'));
}

[[noreturn]] void FailLoad(const std::string& label,
                           const std::string& message) {
  const std::string reason = FirstLine(message);
  const bool unknown = reason.find("nknown builtin op") != std::string::npos;
  throw Error(unknown ? Code::kUnsupportedModel : Code::kCorruptModel,
              "'" + label + "' cannot be loaded by LibTorch (" + reason +
                  "): " +
                  (unknown ? "export it without that operator."
                           : "export the model again."));
}

}  // namespace

Contract ReadContract(const checkpoint::ZipArchive& zip,
                      const std::string& label, const LoadOptions& options) {
  Contract contract;
  contract.facts = gate::CheckArchive(zip, label, options.trusted);
  std::string config;
  if (const auto* entry = zip.Find("extra/config.txt")) {
    const std::vector<std::uint8_t> text = zip.Read(*entry);
    config.assign(text.begin(), text.end());
  }
  contract.metadata = exporter::FromJson(config, label);
  SettleContract(gate::ReadEvidence(contract.facts), options.task, label,
                 &contract.metadata);
  return contract;
}

std::string FaultOfContract(const exporter::Metadata& metadata,
                            const std::string& label) {
  if (metadata.pipeline) {
    return "'" + label +
           "' was exported with pipeline=True: it takes pictures by itself, so "
           "run it with LibTorch, or export it without.";
  }
  if (!metadata.layers.empty()) {
    return "'" + label + "' holds layers " + metadata.layers +
           " of a model only, so it cannot predict.";
  }
  return "";
}

Archive LoadArchive(checkpoint::Bytes bytes, const Contract& contract,
                    const std::string& label, c10::Device device) {
  const std::string fault = FaultOfContract(contract.metadata, label);
  if (!fault.empty()) throw Error(Code::kUnsupportedModel, fault);
  // Before any archive is loaded that calls it, whatever its metadata says.
  RegisterTorchvisionNms();
  Archive archive;
  try {
    archive.module = torch::jit::load(std::make_shared<MemoryAdapter>(bytes),
                                      device, /*load_debug_files=*/false);
  } catch (const c10::Error& error) {
    FailLoad(label, error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    // Its compiler and its lexer throw others.
    FailLoad(label, error.what());
  }
  archive.module.eval();
  archive.devices = MendDevices(archive.module, device, label);
  if (contract.metadata.foreign_nms()) {
    archive.baked_nms = ReadBakedNms(archive.module);
  }
  return archive;
}

}  // namespace yolotorch::runtime

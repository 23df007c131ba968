// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "archive/archive.h"

#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string_view>

#include "archive/baked_nms.h"
#include "archive/remap_devices.h"
#include "archive/resolve_metadata.h"
#include "archive/run_checks.h"
#include "archive/torchvision_nms.h"
#include "gate/inferred_metadata.h"
#include "libtorch/errors.h"
#include "yolotorch/error.h"

namespace yolotorch::archive {
namespace {

// Lets LibTorch read from memory, so that it loads the bytes that were checked.
class MemoryAdapter : public caffe2::serialize::ReadAdapterInterface {
 public:
  explicit MemoryAdapter(formats::Bytes bytes) : bytes_(bytes) {}

  [[nodiscard]] size_t size() const override { return bytes_.size(); }

  size_t read(std::uint64_t position, void* out, size_t count,
              const char* /*what*/) const override {
    if (position > bytes_.size()) return 0;
    const size_t length = std::min(count, bytes_.size() - position);
    std::memcpy(out, bytes_.data() + position, length);
    return length;
  }

 private:
  formats::Bytes bytes_;
};

// LibTorch's message is such as "Unknown builtin op: foo::bar"; hints follow
// it.
[[noreturn]] void FailLoad(const std::string& text, const std::string& label) {
  if (libtorch::TellsOfMemory(text)) throw std::bad_alloc();
  const std::string reason = libtorch::CauseIn(text);
  const bool unknown = reason.find("nknown builtin op") != std::string::npos;
  throw Error(unknown ? Code::kUnsupportedModel : Code::kCorruptModel,
              "'" + label + "' cannot be loaded by LibTorch (" + reason +
                  "): " +
                  (unknown ? "export it without that operator."
                           : "export the model again."));
}

// The number of feature maps that the head takes, three as a rule; 0: unknown.
int LevelsOf(const gate::ArchiveFacts& facts) {
  int scales = 0;
  for (const gate::ModuleFacts& module : facts.modules) {
    const std::size_t at = module.path.rfind(".cv3.");
    if (at == std::string::npos || at + 6 != module.path.size()) continue;
    scales = std::max(scales, module.path.back() - '0' + 1);
  }
  return scales;
}

// Whether a head that takes `levels` feature maps may have so many anchors for
// the size that the metadata tells, with strides up to the metadata's.
bool MayHave(std::int64_t anchors, int levels,
             const metadata::Metadata& metadata, std::int64_t stride = 2) {
  if (levels == 0) return anchors == 0;
  const auto& [height, width] = metadata.imgsz;
  if (anchors <= 0 || stride > metadata.stride) return false;
  const std::int64_t here = (height / stride) * (width / stride);
  return MayHave(anchors - here, levels - 1, metadata, 2 * stride) ||
         MayHave(anchors, levels, metadata, 2 * stride);
}

// One of the anchor counts among an archive's constants must match the input
// size of its metadata.
void ResolveAnchors(const gate::ArchiveFacts& facts, const std::string& label,
                    metadata::Metadata* metadata) {
  // With fewer, a tensor of some other size may look like anchors.
  constexpr int kLeastLevels = 3;
  constexpr int kMostLevels = 8;
  const int levels = LevelsOf(facts);
  if (levels < kLeastLevels || levels > kMostLevels) return;
  const auto& [height, width] = metadata->imgsz;
  const std::string size =
      std::to_string(height) + " x " + std::to_string(width);
  // Anchors in a cell of the coarsest feature map: 1 + 4 + 16 ...
  const std::int64_t per_cell = ((std::int64_t{1} << (2 * levels)) - 1) / 3;
  const std::int64_t stride = metadata->stride;
  const std::int64_t wanted = (height / stride) * (width / stride) * per_cell;
  std::int64_t found = 0;
  for (const std::vector<std::int64_t>& shape : facts.constants) {
    // Ultralytics keeps the strides of all anchors, (1, anchors), as well.
    if (shape.size() == 2 && shape[0] == 1 && shape[1] > 0 &&
        shape[1] % per_cell == 0 && found != wanted) {
      found = shape[1];
    }
  }
  if (metadata->dynamic && found == wanted) {
    metadata->dynamic = false;
    metadata->warnings.push_back(
        "'" + label +
        "' is said to take every size, but its anchors are those "
        "of " +
        size + " (height x width); no other is taken.");
  }
  // A head may take finer feature maps, or leave some out.
  if (metadata->dynamic || found == 0 || MayHave(found, levels, *metadata)) {
    return;
  }
  throw Error(Code::kCorruptModel,
              "'" + label + "' is said to be made for " + size +
                  " pixels (height x width), which have " +
                  std::to_string(wanted) + " anchors, but its network has " +
                  std::to_string(found) +
                  ": correct the imgsz of its metadata, or export the model "
                  "again.");
}

}  // namespace

metadata::Metadata ReadMetadata(const gate::ArchiveFacts& facts,
                                const formats::ZipArchive& zip,
                                const std::string& label,
                                const LoadOptions& options) {
  std::string config;
  if (const auto* entry = zip.Find("extra/config.txt")) {
    const std::vector<std::uint8_t> text = zip.Read(*entry);
    config.assign(text.begin(), text.end());
  }
  metadata::Metadata metadata = metadata::FromJson(config, label);
  ResolveMetadata(gate::InferMetadata(facts), options.task, label, &metadata);
  ResolveAnchors(facts, label, &metadata);
  return metadata;
}

std::string WhyNotRunnable(const metadata::Metadata& metadata,
                           const std::string& label) {
  const bool rgb_only = metadata.pipeline && metadata.channels != 3;
  if (rgb_only || metadata.channels > YOLOTORCH_MAX_CHANNELS) {
    return "'" + label + "' takes pictures of " +
           std::to_string(metadata.channels) +
           (metadata.channels == 1 ? " channel" : " channels") + ", but " +
           (rgb_only ? "an archive that takes whole pictures takes RGB: export "
                       "it again without pipeline=True."
                     : "pictures have 1 to " +
                           std::to_string(YOLOTORCH_MAX_CHANNELS) +
                           ": use a model that takes those.");
  }
  return "";
}

Archive LoadArchive(formats::Bytes bytes, const metadata::Metadata& metadata,
                    const std::string& label, c10::Device device) {
  const std::string fault = WhyNotRunnable(metadata, label);
  if (!fault.empty()) throw Error(Code::kUnsupportedModel, fault);
  // Needed by any archive that calls it, whatever its metadata says.
  RegisterTorchvisionNms();
  Archive archive;
  try {
    archive.module = torch::jit::load(std::make_shared<MemoryAdapter>(bytes),
                                      device, /*load_debug_files=*/false);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    // LibTorch's compiler and lexer throw others than c10::Error.
    FailLoad(libtorch::TextOf(error), label);
  }
  archive.module.eval();
  RemapDevices(archive.module, device, label);
  if (metadata.foreign_nms()) {
    archive.baked_nms = ReadBakedNms(archive.module);
  }
  AddRunChecks(archive.module);
  return archive;
}

}  // namespace yolotorch::archive

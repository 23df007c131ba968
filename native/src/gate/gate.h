// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "formats/zip_archive.h"
#include "gate/code_scan.h"
#include "gate/module_tree.h"

namespace yolotorch::gate {

/// What an archive holds, as read without LibTorch.
struct ArchiveFacts {
  CodeFacts code;
  std::vector<ModuleFacts> modules;
  /// Number of values per element type such as "float32", constants included.
  std::map<std::string, std::int64_t> values;
  /// Shapes of the tensors that the code refers to as constants.
  std::vector<std::vector<std::int64_t>> constants;
  /// Number of tensors per device that they were saved from.
  std::map<std::string, std::int64_t> devices;
  bool has_bytecode = false;  ///< the lite interpreter can open it as well
  int version = 0;            ///< of LibTorch's archive format
};

/// The gate that every TorchScript archive passes before LibTorch sees it:
///   every record's CRC-32, packed and unpacked;
///   pickles: opcodes and names that LibTorch's own writer uses, bounded and
///     simulated, nested at most 1,000 deep;
///   tensors: each inside its storage, each storage as large as its record;
///   objects: attributes of the types that the archive's classes declare;
///   code: in files named after their packages; nothing that exhausts a
///     recursive compiler, that LibTorch's printer of programs never writes,
///     that runs while the archive is loaded, or that takes an object for one
///     of another class (CodeFacts::faults);
///   unless `trusted`: only operators that YOLO networks need
///     (CodeFacts::unknown), in a program that FaultOfProgram finds no fault
///     with. `trusted` waives nothing else.
/// Directory, names, sizes and ratios were checked when `zip` was made. This
/// lowers the risk of running an archive from an unknown author; it is not a
/// sandbox.
///
/// Throws Error kCorruptModel for a damaged archive and kUnsafeModel for one
/// that does what no model needs; `label` names the file.
ArchiveFacts CheckArchive(const formats::ZipArchive& zip,
                          const std::string& label, bool trusted);

}  // namespace yolotorch::gate

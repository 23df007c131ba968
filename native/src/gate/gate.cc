// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/gate.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>

#include "formats/pickle_rules.h"
#include "gate/class_rules.h"
#include "gate/lexer.h"
#include "gate/program.h"
#include "gate/straight_line.h"
#include "yolotorch/error.h"

namespace yolotorch::gate {
namespace {

using formats::Bytes;
using formats::Pickle;
using formats::PickleKind;
using formats::TensorPlace;
using formats::Value;
using formats::ZipArchive;

// Ten times what the largest model needs.
constexpr std::uint64_t kMaxPickle = 16ULL << 20;
constexpr std::uint64_t kMaxConfig = 1ULL << 20;
constexpr std::size_t kMaxNamed = 3;

bool IsPickle(std::string_view name) {
  return name.ends_with(".pkl") && name.find('/') == std::string_view::npos;
}

bool IsCode(std::string_view name) {
  return name.starts_with("code/") && name.ends_with(".py");
}

// Whether a record of code has the name under which LibTorch looks for its
// package: "code/__torch__/a/b.py".
bool IsPackage(std::string_view name) {
  name.remove_prefix(5);
  name.remove_suffix(3);
  while (name.find('/') != std::string_view::npos) {
    const std::size_t slash = name.find('/');
    if (!IsName(name.substr(0, slash))) return false;
    name.remove_prefix(slash + 1);
  }
  return IsName(name);
}

// Whether LibTorch, which ignores case, would read the record as one that this
// gate ignores.
bool IsDisguised(const std::string& name) {
  std::string lower = name;
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (IsCode(name) || lower == name) return false;
  return IsCode(lower) || IsPickle(lower) || lower == "version" ||
         lower == ".data/version" || lower == "byteorder" ||
         lower == "model.json" || lower.starts_with("data/") ||
         lower.starts_with("constants/");
}

std::string_view TextOf(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class Checker {
 public:
  Checker(const ZipArchive& zip, const std::string& label)
      : zip_(zip), label_(label) {}

  ArchiveFacts Check(bool trusted) {
    zip_.VerifyChecksums();
    CheckVersion();
    for (const ZipArchive::Entry& entry : zip_.entries()) CheckRecord(entry);
    for (const ZipArchive::Entry& entry : zip_.entries()) {
      if (IsPickle(entry.name)) CheckPickle(entry);
    }
    CheckCode();
    RefuseFaults();
    if (!trusted) {
      RefuseUnknown();
      CheckProgram();
      RefuseUnknown();
    }
    CheckObjects();
    RefuseFaults();
    return std::move(facts_);
  }

 private:
  [[noreturn]] void FailCorrupt(const std::string& what) const {
    throw Error(Code::kCorruptModel,
                "'" + label_ + "' " + what + ": export the model again.");
  }

  [[noreturn]] void FailUnsafe(const std::string& what) const {
    throw Error(Code::kUnsafeModel,
                "'" + label_ + "' " + what + ": do not use this file.");
  }

  void CheckVersion() {
    const ZipArchive::Entry* entry = zip_.Find("version");
    if (entry == nullptr) entry = zip_.Find(".data/version");
    if (entry == nullptr) FailCorrupt("does not say its format's version");
    const std::vector<std::uint8_t> bytes = zip_.Read(*entry);
    const std::string_view text = TextOf(bytes);
    std::from_chars(text.data(), text.data() + text.size(), facts_.version);
    const ZipArchive::Entry* order = zip_.Find("byteorder");
    if (order != nullptr && TextOf(order->data) != "little") {
      FailCorrupt("was written on a big-endian machine");
    }
  }

  void CheckRecord(const ZipArchive::Entry& entry) const {
    const std::string& name = entry.name;
    if (IsDisguised(name)) {
      FailUnsafe("spells the record '" + name + "' in another way");
    }
    if (IsCode(name) && !IsPackage(name)) {
      FailUnsafe("holds code as '" + name + "', which is no package's name");
    }
    // LibTorch would run the code that it names, wherever that lies.
    if (name == "model.json") {
      FailUnsafe("holds 'model.json', as archives of PyTorch 1.0 do");
    }
    if (!entry.stored &&
        (name.starts_with("data/") || name.starts_with("constants/"))) {
      FailUnsafe("compresses the tensor '" + name + "'");
    }
    if (name == "extra/config.txt" && entry.size > kMaxConfig) {
      FailUnsafe("holds metadata of more than " +
                 std::to_string(kMaxConfig >> 20) + " MiB");
    }
  }

  void CheckPickle(const ZipArchive::Entry& entry) {
    if (!entry.stored) FailUnsafe("compresses the pickle '" + entry.name + "'");
    if (entry.size > kMaxPickle) {
      FailUnsafe("holds a pickle of more than " +
                 std::to_string(kMaxPickle >> 20) + " MiB");
    }
    auto owned = std::make_unique<const Pickle>(entry.data, label_,
                                                PickleKind::kTorchScript);
    const Pickle& pickle = *owned;
    if (entry.name == "bytecode.pkl") {
      // Of the lite interpreter: LibTorch itself does not read it.
      facts_.has_bytecode = true;
      return;
    }
    const std::string folder = entry.name.substr(0, entry.name.size() - 4);
    const TensorPlace place{zip_, folder + "/", label_};
    // LibTorch reads no others; Ultralytics leaves traced_inputs empty.
    if (folder != "data" && folder != "constants") return;
    std::set<std::string> counted;
    for (const Value& value : pickle.values()) {
      if (value.Is(Value::Kind::kStorage)) {
        const auto view = formats::ReadStorage(value, place, folder);
        const std::string& record = value.items[2]->text;
        if (counted.emplace(record).second) {
          facts_.values[formats::NameOf(view.dtype)] += view.shape[0];
          ++facts_.devices[value.items[3]->TextOr("cpu")];
        }
      } else if (value.ClassName() == "torch._utils._rebuild_tensor_v2") {
        const auto view = formats::ReadTensor(value, place, folder);
        // Storage, offset, shape, strides, gradient, hooks; LibTorch would
        // take a seventh for bits that change what the values mean.
        if (value.arguments->items.size() != 6) {
          FailCorrupt("holds a tensor with properties that are not known");
        }
        if (folder == "constants") facts_.constants.push_back(view.shape);
      }
    }
    // The program rule takes constants for tensors.
    for (const Value* constant : pickle.root().items) {
      if (folder == "constants" &&
          constant->ClassName() != "torch._utils._rebuild_tensor_v2") {
        facts_.code.unknown.insert("a constant that is no tensor");
      }
    }
    if (folder == "data") {
      facts_.modules = ReadModuleTree(pickle, place);
      root_ = pickle.root().ClassName();
    }
    pickles_.push_back(std::move(owned));
  }

  // Compares the objects of the pickles with the classes of the code.
  void CheckObjects() {
    std::string why = FaultOfClasses(facts_.code);
    if (!why.empty()) FailUnsafe(why);
    for (const auto& pickle : pickles_) {
      why = FaultOfObjects(*pickle, &facts_.code);
      if (!why.empty()) FailCorrupt(why);
    }
  }

  void CheckCode() {
    for (const ZipArchive::Entry& entry : zip_.entries()) {
      if (!IsCode(entry.name)) continue;
      sources_.push_back(zip_.Read(entry));
      ScanCode(TextOf(sources_.back()), entry.name, label_, &facts_.code);
    }
  }

  void CheckProgram() {
    Program program;
    std::size_t index = 0;
    for (const ZipArchive::Entry& entry : zip_.entries()) {
      if (!IsCode(entry.name)) continue;
      ReadProgram(TextOf(sources_[index++]), PackageOf(entry.name), &program);
    }
    const std::string fault =
        FaultOfProgram(program, facts_.code.classes, root_);
    if (!fault.empty()) facts_.code.unknown.insert(fault);
  }

  // The first few of them.
  static std::string Named(const std::set<std::string>& all) {
    std::string named;
    std::size_t count = 0;
    for (const std::string& what : all) {
      if (count++ == kMaxNamed) break;
      named += (named.empty() ? "" : ", ") + what;
    }
    if (all.size() > kMaxNamed) {
      named += " and " + std::to_string(all.size() - kMaxNamed) + " more";
    }
    return named;
  }

  void RefuseFaults() const {
    if (facts_.code.faults.empty()) return;
    FailUnsafe("holds code that no exporter writes (" +
               Named(facts_.code.faults) + ")");
  }

  void RefuseUnknown() const {
    if (facts_.code.unknown.empty()) return;
    throw Error(Code::kUnsafeModel,
                "'" + label_ + "' uses what no YOLO network needs (" +
                    Named(facts_.code.unknown) +
                    "): do not use this file, or open it with trusted=True if "
                    "you know who wrote it.");
  }

  const ZipArchive& zip_;
  const std::string& label_;
  ArchiveFacts facts_;
  std::vector<std::unique_ptr<const Pickle>> pickles_;
  std::vector<std::vector<std::uint8_t>> sources_;  // of the code, in order
  std::string root_;                                // class of the archive
};

}  // namespace

ArchiveFacts CheckArchive(const ZipArchive& zip, const std::string& label,
                          bool trusted) {
  return Checker(zip, label).Check(trusted);
}

}  // namespace yolotorch::gate

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Pickles of both writers, and the checkpoint that such a pickle is part of.
#include "formats/pickle.h"

#include <string>

#include "formats/checkpoint.h"
#include "formats/scalars.h"
#include "fuzz/support.h"
#include "make_zip.h"

namespace yolotorch::fuzz {
namespace {

using formats::Bytes;
using formats::Checkpoint;
using formats::Pickle;
using formats::PickleKind;
using formats::Value;

void ReadScalars(const Pickle& pickle) {
  for (const Value& value : pickle.values()) {
    static_cast<void>(formats::NumberIn(value));
    static_cast<void>(formats::TextIn(value));
    static_cast<void>(formats::MemberOf(value, "model"));
    const formats::Entries entries = formats::EntriesIn(value);
    Require(entries.items == nullptr || !entries.are_pairs ||
                entries.items->size() % 2 == 0,
            "pairs of entries");
  }
}

void ReadCheckpoint(Bytes pickle) {
  const Checkpoint checkpoint(
      test::MakeZip({{"data.pkl", {pickle.begin(), pickle.end()}},
                     {"data/0", test::Bytes(16, 1)},
                     {"data/1", {}}}),
      "model.pt");
  for (const formats::Module& module : checkpoint.modules()) {
    Require(checkpoint.FindModule(module.path) != nullptr);
    Require(module.first_tensor + module.tensor_count <=
            checkpoint.tensors().size());
    static_cast<void>(module.Number("eps", 0));
  }
  for (const auto& [name, tensor] : checkpoint.tensors()) {
    static_cast<void>(tensor.contiguous());
    Require(tensor.numel() >= 0);
  }
  static_cast<void>(checkpoint.Text("date"));
  static_cast<void>(checkpoint.TrainArgument("data"));
}

void ReadPickle(Bytes bytes) {
  for (const PickleKind kind :
       {PickleKind::kCheckpoint, PickleKind::kTorchScript}) {
    MayRefuse([&] { ReadScalars(Pickle(bytes, "model.pt", kind)); });
  }
  MayRefuse([&] { ReadCheckpoint(bytes); });
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) { yolotorch::fuzz::ReadPickle({data, size}); }

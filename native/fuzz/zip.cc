// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Zip archives, and the kinds of files.
#include "formats/file_kind.h"
#include "formats/zip_archive.h"
#include "fuzz/support.h"

namespace yolotorch::fuzz {
namespace {

using formats::ZipArchive;

constexpr formats::ZipLimits kLimits = {
    .max_records = 2000, .max_unpacked = 1U << 24, .max_inflated = 1U << 20};

void ReadZip(formats::Bytes bytes) {
  Require(!formats::KindOf(bytes).title.empty());
  MayRefuse([&] {
    const ZipArchive zip(bytes, "model.pt", kLimits);
    for (const ZipArchive::Entry& entry : zip.entries()) {
      Require(zip.Find(entry.name) == &entry);
      MayRefuse([&] { Require(zip.Read(entry).size() == entry.size); });
    }
    zip.VerifyChecksums();
  });
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) { yolotorch::fuzz::ReadZip({data, size}); }

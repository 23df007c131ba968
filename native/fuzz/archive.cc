// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The gate as a whole. An input is the parts of an archive, divided by lines
// "====": code, data.pkl and, if there is a third, constants.pkl.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/zip_archive.h"
#include "fuzz/support.h"
#include "gate/gate.h"
#include "gate/inferred_metadata.h"
#include "make_zip.h"

namespace yolotorch::fuzz {
namespace {

constexpr std::string_view kDivider = "\n====\n";

// The text up to the next divider, which is taken off `rest` as well.
test::Bytes Part(std::string_view* rest) {
  const std::size_t end = rest->find(kDivider);
  const std::string_view part = rest->substr(0, end);
  *rest = end == std::string_view::npos ? std::string_view()
                                        : rest->substr(end + kDivider.size());
  return {part.begin(), part.end()};
}

void CheckArchive(std::string_view rest) {
  std::vector<std::pair<std::string, test::Bytes>> records = {
      {"version", {'3', '\n'}},
      {"byteorder", {'l', 'i', 't', 't', 'l', 'e'}},
      {"data/0", test::Bytes(16, 1)},
      {"constants/0", test::Bytes(16, 1)}};
  records.emplace_back("code/__torch__/a.py", Part(&rest));
  records.emplace_back("data.pkl", Part(&rest));
  if (!rest.empty()) records.emplace_back("constants.pkl", Part(&rest));
  const test::Bytes bytes = test::MakeZip(records);
  for (const bool trusted : {false, true}) {
    MayRefuse([&] {
      const formats::ZipArchive zip(bytes, "model.torchscript");
      static_cast<void>(gate::InferMetadata(
          gate::CheckArchive(zip, "model.torchscript", trusted)));
    });
  }
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) {
  yolotorch::fuzz::CheckArchive({reinterpret_cast<const char*>(data), size});
}

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "make_zip.h"

#include <zlib.h>

namespace yolotorch::test {
namespace {

template <typename T>
void Put(Bytes* out, T value) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
  out->insert(out->end(), bytes, bytes + sizeof(T));
}

void Append(Bytes* out, const Bytes& more) {
  out->insert(out->end(), more.begin(), more.end());
}

// Bytes of a text.
Bytes BytesOf(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

Bytes MakeZip(const std::vector<std::pair<std::string, Bytes>>& records) {
  Bytes archive;
  Bytes directory;
  for (const auto& [name, data] : records) {
    const Bytes full = BytesOf("model/" + name);
    const auto offset = static_cast<std::uint32_t>(archive.size());
    // What local and central header share, from "version needed" on.
    Bytes common;
    Put<std::uint16_t>(&common, 20);
    Put<std::uint16_t>(&common, 0);
    Put<std::uint16_t>(&common, 0);
    Put<std::uint32_t>(&common, 0);
    Put<std::uint32_t>(&common, static_cast<std::uint32_t>(
                                    crc32_z(0, data.data(), data.size())));
    Put<std::uint32_t>(&common, static_cast<std::uint32_t>(data.size()));
    Put<std::uint32_t>(&common, static_cast<std::uint32_t>(data.size()));
    Put<std::uint16_t>(&common, static_cast<std::uint16_t>(full.size()));
    Put<std::uint16_t>(&common, 0);
    Put<std::uint32_t>(&archive, 0x04034B50U);
    Append(&archive, common);
    Append(&archive, full);
    Append(&archive, data);
    Put<std::uint32_t>(&directory, 0x02014B50U);
    Put<std::uint16_t>(&directory, 20);
    Append(&directory, common);
    Put<std::uint16_t>(&directory, 0);
    Put<std::uint16_t>(&directory, 0);
    Put<std::uint16_t>(&directory, 0);
    Put<std::uint32_t>(&directory, 0);
    Put<std::uint32_t>(&directory, offset);
    Append(&directory, full);
  }
  const auto begin = static_cast<std::uint32_t>(archive.size());
  Append(&archive, directory);
  Put<std::uint32_t>(&archive, 0x06054B50U);
  Put<std::uint32_t>(&archive, 0);
  Put<std::uint16_t>(&archive, static_cast<std::uint16_t>(records.size()));
  Put<std::uint16_t>(&archive, static_cast<std::uint16_t>(records.size()));
  Put<std::uint32_t>(&archive, static_cast<std::uint32_t>(directory.size()));
  Put<std::uint32_t>(&archive, begin);
  Put<std::uint16_t>(&archive, 0);
  return archive;
}

}  // namespace yolotorch::test

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/pin.h"

#include <algorithm>
#include <cctype>

#include "formats/file_kind.h"
#include "formats/sha256.h"
#include "yolotorch/error.h"

namespace yolotorch::api {

void CheckPin(formats::Bytes bytes, const std::string& name,
              const std::string& wanted) {
  if (wanted.empty()) return;
  std::string pin = wanted;
  std::transform(pin.begin(), pin.end(), pin.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  const bool is_hash =
      pin.size() == 64 &&
      pin.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hash) {
    throw Error(
        Code::kInvalidArgument,
        "sha256 must be 64 hexadecimal digits, but is '" + wanted + "'.");
  }
  const std::string actual = formats::Sha256(bytes);
  if (actual == pin) return;
  throw Error(Code::kUnsafeModel,
              "'" + name + "' must have the SHA-256 " + pin + ", but has " +
                  actual + ": do not use this file, or correct the pin.");
}

void RefusePin(const std::string& name, const std::string& wanted) {
  if (wanted.empty()) return;
  throw Error(Code::kInvalidArgument,
              "sha256 pins a file, but '" + name +
                  "' is an architecture by name: leave sha256 out.");
}

void CheckKind(formats::Bytes bytes, const std::string& name) {
  const formats::FileKind kind = formats::KindOf(bytes);
  if (kind.is_model()) return;
  throw Error(Code::kCorruptModel,
              "'" + name + "' is " + kind.title +
                  ", but an Ultralytics checkpoint (.pt) or a TorchScript "
                  "archive was expected: " +
                  kind.advice + ".");
}

}  // namespace yolotorch::api

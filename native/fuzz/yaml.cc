// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Model yamls.
#include "formats/yaml.h"

#include "fuzz/support.h"

namespace yolotorch::fuzz {
namespace {

using formats::Value;

// The deepest nesting that the parser allows.
constexpr int kDeepest = 64;

void Walk(const Value& value, int depth) {
  Require(depth <= kDeepest, "shallow nesting");
  Require(!value.Is(Value::Kind::kDict) || value.items.size() % 2 == 0,
          "a value for each key");
  for (const Value* item : value.items) Walk(*item, depth + 1);
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) {
  using yolotorch::formats::Yaml;
  yolotorch::fuzz::MayRefuse([&] {
    const Yaml yaml({reinterpret_cast<const char*>(data), size}, "a.yaml");
    yolotorch::fuzz::Walk(yaml.root(), 0);
  });
}

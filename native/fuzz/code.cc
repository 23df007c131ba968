// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Source code of archives: the lexer, what the gate finds in it, and the
// program that it reads there.
#include <string>
#include <string_view>

#include "fuzz/support.h"
#include "gate/class_rules.h"
#include "gate/code_scan.h"
#include "gate/lexer.h"
#include "gate/own_scripts.h"
#include "gate/program.h"
#include "gate/straight_line.h"

namespace yolotorch::fuzz {
namespace {

void Split(std::string_view source) {
  const std::function<void(const std::string&)> ignore =
      [](const std::string& /*fault*/) {};
  gate::Lexer lexer(source, ignore);
  // Each token takes at least one byte.
  for (std::size_t i = 0; i <= source.size() + 1; ++i) {
    const gate::Token token = lexer.Next();
    Require(lexer.line_length() <= source.size());
    if (token.kind == gate::Token::Kind::kEnd) return;
    Require(token.text.empty() || (token.text.data() >= source.data() &&
                                   token.text.data() + token.text.size() <=
                                       source.data() + source.size()),
            "a token inside the source");
  }
  Require(false, "an end");
}

void Scan(std::string_view source) {
  gate::CodeFacts facts;
  gate::ScanCode(source, "code/__torch__/a.py", "model.torchscript", &facts);
  static_cast<void>(gate::FaultOfClasses(facts));
  if (!facts.faults.empty()) return;
  gate::Program program;
  gate::ReadProgram(source, "__torch__.a", &program);
  for (const auto& [type, methods] : program) {
    for (const auto& [name, method] : methods) {
      static_cast<void>(gate::CanonicalBlocks(method));
    }
    RequirePrintable(gate::FaultOfProgram(program, facts.classes, type));
  }
}

}  // namespace
}  // namespace yolotorch::fuzz

YOLOTORCH_FUZZER(data, size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  yolotorch::fuzz::MayRefuse([&] { yolotorch::fuzz::Split(source); });
  yolotorch::fuzz::MayRefuse([&] { yolotorch::fuzz::Scan(source); });
}

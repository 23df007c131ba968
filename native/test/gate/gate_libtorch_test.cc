// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The gate, held against LibTorch's own reader and writer of programs.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/frontend/lexer.h>
#include <torch/csrc/jit/runtime/operator.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "export/program.h"
#include "formats/sha256.h"
#include "formats/zip_archive.h"
#include "gate/lexer.h"
#include "gate/operators.h"
#include "gate/own_scripts.h"
#include "gate/program.h"
#include "metadata/metadata.h"
#include "support.h"
#include "yolotorch/inspect.h"
#include "yolotorch/task.h"

namespace yolotorch {
namespace {

using namespace std::string_literals;

// Joined, because this lexer gives signs one character at a time. `unknown`:
// whether there was something that no printed program holds.
std::string TokensOf(const std::string& source, bool* unknown = nullptr) {
  std::string all;
  const std::function<void(const std::string&)> note =
      [&](const std::string& /*what*/) {
        if (unknown != nullptr) *unknown = true;
      };
  gate::Lexer lexer(source, note);
  for (;;) {
    const gate::Token token = lexer.Next();
    if (token.kind == gate::Token::Kind::kEnd) return all;
    if (token.kind == gate::Token::Kind::kLine) continue;
    const bool is_sign = token.kind == gate::Token::Kind::kSign;
    all += std::string(token.text) + (is_sign ? "" : "|");
  }
}

std::string TokensOfLibTorch(const std::string& source) {
  std::string all;
  torch::jit::Lexer lexer(std::make_shared<torch::jit::Source>(source));
  while (lexer.cur().kind != torch::jit::TK_EOF) {
    const torch::jit::Token token = lexer.next();
    std::string text = token.text();
    switch (token.kind) {
      case torch::jit::TK_NEWLINE:
      case torch::jit::TK_INDENT:
      case torch::jit::TK_DEDENT:
      case torch::jit::TK_WHITESPACE_EOF:
        continue;
      case torch::jit::TK_STRINGLITERAL: {
        const std::size_t quotes =
            text.size() >= 6 && text[0] == text[1] && text[1] == text[2] ? 3
                                                                         : 1;
        text = text.substr(quotes, text.size() - 2 * quotes) + "|";
        break;
      }
      default:
        if (std::isalnum(static_cast<unsigned char>(text[0])) != 0 ||
            text[0] == '_' || token.kind == torch::jit::TK_NUMBER) {
          text += "|";
        }
    }
    all += text;
  }
  return all;
}

TEST(GateCode, CutsTokensAsLibTorchDoes) {
  for (const std::string& source :
       {"y = x.save(\"p\")\n"s, "(x\n.\nsave\n(1))\n"s, "y\r\n= x\r\n"s,
        "y = \"a\\\"b\" 'c\"d' \"\"\n"s, "y = \"\\\\\"\nz = x\n"s,
        "y = 1.e5torch.save\n"s, "y = 1..save\n"s, "y = .5e-3+.5e+x\n"s,
        "y = 1else 2e 3ex 4j 5jx 6.7.8\n"s, "y\t=\fx\v+1\n"s,
        "y = x->z**2//3<<4!=5\n"s, "if x:\n\ty = 1\n\n \n\tz = 2\n"s,
        "y = \"\"\"a\"b\"\"\" + 1\n"s, "y = [1,\n\n   2]\nz = (3)\n"s}) {
    EXPECT_EQ(TokensOf(source), TokensOfLibTorch(source)) << source;
  }
}

// Whatever LibTorch's lexer accepts is cut alike or refused.
TEST(GateCode, HidesNothingInRandomText) {
  const std::vector<std::string> pieces = {
      "x",  "save", "torch", "e",  "j",  "is", "not", "1",  "0",      "9e",
      ".",  "..",   "+",     "-",  "(",  ")",  "[",   "]",  " ",      "\n",
      "\t", "\r",   "\"",    "'",  "\\", "#",  "=",   "->", "\"\"\"", "\f",
      ",",  ":",    "0x",    "1.", "E5", "if", "\n  "};
  std::mt19937 random(7);
  int compared = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string source;
    for (int j = 0; j < 8; ++j) source += pieces[random() % pieces.size()];
    source += "\n";
    bool unknown = false;
    const std::string ours = TokensOf(source, &unknown);
    if (unknown) continue;
    std::string theirs;
    try {
      theirs = TokensOfLibTorch(source);
    } catch (const std::exception&) {
      continue;
    }
    ++compared;
    ASSERT_EQ(ours, theirs) << source;
  }
  EXPECT_GT(compared, 2'000);
}

// Modules that LibTorch itself compiles and saves pass as they are.
TEST(GateArchive, PassesWhatLibTorchWrites) {
  const test::TemporaryFolder folder;
  torch::jit::Module inner("__torch__.Inner");
  inner.register_parameter("weight", at::ones({4, 3, 1, 1}), false);
  inner.define(
      "def forward(self, x: Tensor):\n"
      "  return torch.conv2d(x, self.weight)\n");
  torch::jit::Module outer("__torch__.Outer");
  outer.register_module("inner", inner);
  outer.register_attribute("scale", c10::FloatType::get(), 2.0);
  outer.register_attribute("sizes", c10::ListType::ofInts(),
                           std::vector<std::int64_t>{1, 2});
  outer.define(
      "def forward(self, x: Tensor):\n"
      "  y = torch.relu_(self.inner.forward(x))\n"
      "  return torch.mul(y, self.scale), torch.max(y), self.sizes\n");
  torch::jit::Module bare("__torch__.Bare");
  bare.register_buffer("table", at::arange(6).view({2, 3}).t());
  bare.register_attribute(
      "pair",
      c10::TupleType::create({c10::IntType::get(), c10::BoolType::get()}),
      c10::ivalue::Tuple::create({std::int64_t{1}, true}));
  bare.register_attribute(
      "none", c10::OptionalType::create(c10::TensorType::get()), c10::IValue());
  bare.register_attribute("text", c10::StringType::get(), std::string("a"));
  bare.define(
      "def forward(self, x: Tensor):\n"
      "  return torch.cat([x, self.table])\n");
  int count = 0;
  for (const torch::jit::Module* module : {&inner, &outer, &bare}) {
    const std::string path = folder / ("m" + std::to_string(count++));
    module->save(path);
    EXPECT_NO_THROW(Verify(path)) << count;
  }
  test::Figure("R5_libtorch_models", count, "files");
}

// Held against what LibTorch says of its operators: results that share memory
// with an argument, and arguments that are written.
TEST(GateProgram, KnowsWhichOperatorsShareAndWrite) {
  int compared = 0;
  for (const auto& op : torch::jit::getAllOperators()) {
    const c10::FunctionSchema& schema = op->schema();
    if (!schema.name().starts_with("aten::")) continue;
    const std::string name = schema.name().substr(6);
    const gate::OperatorRule* rule = gate::RuleOf("aten", name);
    // append and format are for our own scripts.
    if (rule == nullptr || rule->effect == gate::Effect::kScript) continue;
    ++compared;
    SCOPED_TRACE(schema.name() + "." + schema.overload_name());
    for (std::size_t i = 0; i < schema.arguments().size(); ++i) {
      const c10::Argument& argument = schema.arguments()[i];
      if (argument.alias_info() == nullptr ||
          !argument.alias_info()->isWrite()) {
        continue;
      }
      const bool is_list = argument.type()->kind() == c10::TypeKind::ListType;
      // Tensors have no keyword; lists are no first argument of these.
      const bool refused =
          argument.kwarg_only() ||
          (is_list && (rule->effect == gate::Effect::kWrite ||
                       rule->effect == gate::Effect::kArithmetic));
      EXPECT_TRUE(refused || (i == 0 && rule->effect == gate::Effect::kWrite))
          << argument.name();
    }
    const auto effect = rule->effect;
    for (const c10::Argument& result : schema.returns()) {
      const c10::AliasInfo* alias = result.alias_info();
      if (alias == nullptr || alias->isWrite()) continue;
      EXPECT_TRUE(effect == gate::Effect::kView ||
                  effect == gate::Effect::kViews);
    }
    if (effect == gate::Effect::kNumber || effect == gate::Effect::kSize) {
      for (const c10::Argument& result : schema.returns()) {
        // A new tensor that is taken for a number is harmless.
        EXPECT_EQ(result.alias_info(), nullptr);
      }
    }
  }
  EXPECT_GT(compared, 500);
}

// Loops and conditions of an archive that are not known as our own; a line of
// kScripts for each.
std::set<std::string> UnknownScripts(const std::string& path) {
  std::set<std::string> unknown;
  const test::Bytes bytes = test::ReadAll(path);
  const formats::ZipArchive zip(bytes, "m");
  for (const formats::ZipArchive::Entry& entry : zip.entries()) {
    if (!entry.name.ends_with(".py")) continue;
    const test::Bytes code = zip.Read(entry);
    const std::string source(code.begin(), code.end());
    gate::Program program;
    gate::ReadProgram(source, "a", &program);
    for (const auto& [type, methods] : program) {
      for (const auto& [name, method] : methods) {
        for (const auto& [block, text] : gate::CanonicalBlocks(method)) {
          if (gate::IsOwnScript(text)) continue;
          unknown.insert("\"" + formats::Sha256(test::ToBytes(text)) +
                         "\",  // " + text + "\n");
        }
      }
    }
  }
  return unknown;
}

// What yolotorch writes around networks passes for all kinds, sizes and values.
TEST(GateArchive, KnowsTheScriptsOfOurExporter) {
  const test::TemporaryFolder folder;
  const std::string path = folder / "m";
  std::set<std::string> unknown;
  int count = 0;
  for (const Task task : {Task::kDetect, Task::kSegment, Task::kPose,
                          Task::kObb, Task::kClassify}) {
    const char* network =
        task == Task::kSegment
            ? "def network(self, x: Tensor):\n  return x * 2, x * 3\n"
            : "def network(self, x: Tensor):\n  return x * 2\n";
    for (const std::array<std::int64_t, 2> size :
         {std::array<std::int64_t, 2>{32, 32}, {640, 640}, {96, 1280}}) {
      for (int kind = 0; kind < 12; ++kind) {
        metadata::Metadata metadata;
        metadata.task = task;
        metadata.imgsz = size;
        metadata.dynamic = kind % 2 == 1;
        metadata.nms = kind / 2 % 3 == 1 && task != Task::kClassify;
        metadata.pipeline = kind / 2 % 3 == 2;
        if (metadata.pipeline && metadata.dynamic) continue;
        metadata.nms_agnostic = kind > 5;
        metadata.nms_conf = kind > 5 ? 1e-5 : 0.25;
        metadata.kpt_shape = {17, kind > 5 ? 2 : 3};
        for (int id = 0; id < (kind > 5 ? 1 : 80); ++id) {
          metadata.names[id] = "c";
        }
        torch::jit::Module module("__torch__.yolotorch.Network");
        module.define(network);
        exporter::AddForward(metadata, &module);
        module.save(path);
        unknown.merge(UnknownScripts(path));
        EXPECT_NO_THROW(Verify(path)) << static_cast<int>(task) << " " << kind;
        // Inlined and folded, as export does with optimize=True.
        module.eval();
        torch::jit::freeze(module).save(path);
        unknown.merge(UnknownScripts(path));
        EXPECT_NO_THROW(Verify(path)) << static_cast<int>(task) << " " << kind;
        count += 2;
      }
    }
  }
  for (const std::string& line : unknown) ADD_FAILURE() << line;
  test::Figure("R5_own_scripts", count, "files");
}

}  // namespace
}  // namespace yolotorch

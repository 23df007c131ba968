// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yolotorch::gate {

/// What the TorchScript source code of an archive uses.
struct CodeFacts {
  /// Number of calls per operator such as "aten::cat".
  std::map<std::string, std::int64_t> operators;
  /// Operators outside of the allow-list, and what else no network needs.
  /// Allowed in archives that the user trusts.
  std::set<std::string> unknown;
  /// Code that LibTorch's printer never writes, so that the gate and LibTorch
  /// might read it differently, that breaks memory safety, or that runs while
  /// the archive is loaded. Never allowed.
  std::set<std::string> faults;
  /// Devices that the code names, such as "cuda:0".
  std::set<std::string> devices;

  struct Class {
    /// Attributes in order, with their types: "weight", "Tensor".
    std::vector<std::pair<std::string, std::string>> attributes;
    std::set<std::string> refers;  ///< other classes that its code names
  };
  /// By name: "__torch__.torch.nn.modules.conv.Conv2d".
  std::map<std::string, Class> classes;
};

/// "__torch__.a.b" of "code/__torch__/a/b.py".
std::string PackageOf(std::string_view file);

/// Reads one source file with the tokens of LibTorch's own lexer, and adds what
/// it uses to `facts`. `file` and `label` stand for it in messages.
///
/// Faults are: comments, texts of several lines, characters that no printed
/// program holds; statements of a class that are neither methods nor one of
///   name : Type
///   name : Final[Type] = constant
///   __annotations__["name"] = Type
///   __parameters__ = ["name", ]     (so too __buffers__, __annotations__)
///   pass
/// classes that are no modules, lie within others, are implemented in C++ or
/// given C++ attributes by LibTorch (quantized ones); casts to classes; a
/// __setstate__, which LibTorch runs while it loads.
///
/// Throws Error kUnsafeModel when the text would exhaust LibTorch's recursive
/// compiler: more than 400,000 tokens, brackets or blocks more than 100 deep,
/// over 100 signs in a row, over 200 "elif", over 2,000 operators per
/// statement, lines of over 1 MiB, words of over 500 or types of over 1,000
/// characters; also when a class is defined twice. Throws kCorruptModel for
/// text that is no source code.
void ScanCode(std::string_view source, const std::string& file,
              const std::string& label, CodeFacts* facts);

}  // namespace yolotorch::gate

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "gate/own_scripts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string_view>

#include "formats/sha256.h"

namespace yolotorch::gate {
namespace {

// SHA-256 of their canonical texts. The test OwnScripts prints what is missing.
constexpr std::array kScripts = std::to_array<std::string_view>({
    "0223b9575725e137db5fc6086d9207d6d2a2830b621659de94d73b75eec91fba",
    "036330de1c3ed276f77d4f218d38fb2c8a864dd10fdddb6a1bc4a0096840d002",
    "0fcb51f758dc03b274521b204986497969d3ad3a0360f625081af67226c92fb9",
    "10c26312985a8a89c2b2aef5d7af43b38f2bf1a4a9975cb4967c89a21a3b2129",
    "235c4f4f5d04e53a564b54151644c5a0ac2158e47bd77141aa56c54f79fda104",
    "2a3b7542f648e8ef5697967bd3ee226377a6efc5871d323667ac7a62add23be5",
    "3133ebaaec74a4a57df191a4bf2788989d969772a7d49f2282c8714c6e0187ab",
    "452031872282cf495faa0fa92355ba10ce4cca02307bb3bf95e07bb71fc476eb",
    "48d7127708d552b0045af9e59841df03cf44848ec3408f28a86bc3e13b93b68d",
    "4a7a0e9215a9159155808c65c4a931428547db3399b6eba113035c1e2d016407",
    "4c23c59e01efe4e949ddbc617d9ec78397c7c18d53167693502c1f6f159bad09",
    "54a5afcaa4bef1e6f819e1acb285eacb99becf544a2b8f0a4d10b9f3de578dfb",
    "6292cef5ed814e44d33b05b21bf04345cb0a4087b6509e24425a92a53d99883c",
    "718888332ac7f8af71c3ea0fcc9c4e112a105115efe163f021cf95774d65764c",
    "7990c04d9f30875d8a4e9b1b204dbc7abe5c8412ce24398e686278e826f496a1",
    "7d87aa97779a808987a0bf6f807060e98c2f92a8e8d110cd9578cba6e66842ef",
    "81444c383041bee19763be7aa8fa68a3e489121a31a3093fa58861e3e2a3290f",
    "9ad1176dd8d952adedaba67b19b0ad720926183b2fbec02f2733c9a0cce7368f",
    "9f1a9c7e1202ca66c467867981753f03295ab1fbd1aaa7b5c1366ef803d4d856",
    "a4c32f9d723b6df81a867af3c94279838a1c6a32c3d21ac9172367393a388f28",
    "d200e45f5b15394c778da505b85f174b23cf46b27b4b5a2d812f8e00154fb1c1",
    "d70bc2ad2894de1b084d7bea6ac4d753b9805206f2e1a74668537c268b046fc9",
    "dd49b9b4d50d1aaa9ccc97e4c79dc471a5b0ac440bec86d2936a86c8aa531e56",
    "e0b9ec2cea2b87092c0fdffec0b74f69a67cefb350e937673fc39cdd6c9fb2b7",
    "e312f2f59546e8e3ca2136001a313788b9e8f07efc000bac8954d5b0be74ff7d",
    "f4a962feb5d5323ffc673da8993b0e625216f06d8cbde104bd671cf51846a8e2",
    "f916a2450683373807cf79b4b0a69797a4c7f29f4c20c2ea6af9e2ffba789af4",
    "fde088a22bcb22c1ada053263f5f56b9e930aa59aff49ec04156e8ffc75fc94e",
});

bool IsNumeral(char c) { return c >= '0' && c <= '9'; }

// "_12": a value that its program gave no name.
bool IsTemporary(std::string_view name) {
  return name.size() > 1 && name[0] == '_' &&
         std::all_of(name.begin() + 1, name.end(), IsNumeral);
}

bool IsConstant(const Expression& value) {
  return value.kind == Expression::Kind::kText ||
         value.kind == Expression::Kind::kNumber ||
         value.kind == Expression::Kind::kWord;
}

using Reads = std::map<std::string_view, int>;

void CountReads(const Expression& value, Reads* reads) {
  if (value.kind == Expression::Kind::kName) ++(*reads)[value.text];
  for (const Expression& part : value.parts) CountReads(part, reads);
}

class Writer {
 public:
  explicit Writer(const Method& method) {
    Count(method.body);
    Block(method.body);
  }

  std::map<const Statement*, std::string> texts;

 private:
  void Count(const std::vector<Statement>& block) {
    for (const Statement& statement : block) {
      for (const std::string_view target : statement.targets) {
        ++written_[target];
      }
      CountReads(statement.value, &read_);
      Count(statement.body);
      Count(statement.other);
    }
  }

  void Block(const std::vector<Statement>& block) {
    // A value that is used in an inner block, or again by each turn of a loop,
    // is not made where it is used.
    Reads here;
    for (const Statement& statement : block) {
      if (statement.kind != Statement::Kind::kWhile) {
        CountReads(statement.value, &here);
      }
    }
    for (const Statement& statement : block) {
      if (nesting_ == 0) {
        names_.clear();
        text_.clear();
      }
      Line(statement, here);
      if (nesting_ == 0 && IsBlock(statement)) texts[&statement] = text_;
    }
  }

  static bool IsBlock(const Statement& statement) {
    return statement.kind >= Statement::Kind::kIf &&
           statement.kind <= Statement::Kind::kFor;
  }

  void Line(const Statement& statement, const Reads& here) {
    const bool assigns = statement.kind == Statement::Kind::kAssign;
    if (assigns && statement.targets.size() == 1) {
      const std::string_view name = statement.targets[0];
      const auto found = here.find(name);
      const bool once = read_[name] == 1 && found != here.end();
      if (IsTemporary(name) && written_[name] == 1 &&
          (once || IsConstant(statement.value))) {
        inlined_[name] = &statement.value;
        return;
      }
    }
    constexpr std::array kWords = std::to_array<std::string_view>(
        {"", "return ", "if ", "while ", "for ", "pass"});
    text_ += kWords[static_cast<std::size_t>(statement.kind)];
    for (const std::string_view target : statement.targets) {
      Name(target);
      text_ += "=";
    }
    if (statement.kind != Statement::Kind::kPass) Value(statement.value);
    if (IsBlock(statement)) {
      ++nesting_;
      text_ += "{";
      Block(statement.body);
      text_ += "}{";
      Block(statement.other);
      text_ += "}";
      --nesting_;
    }
    text_ += ";";
  }

  void Name(std::string_view name) {
    const auto number = names_.try_emplace(name, names_.size()).first;
    text_ += "_" + std::to_string(number->second);
  }

  void Number(std::string_view digits) {
    if (digits[0] == '-') {
      text_ += "-";
      digits.remove_prefix(1);
      while (!digits.empty() && digits[0] == ' ') digits.remove_prefix(1);
    }
    constexpr std::size_t kMaxDigits = 6;
    if (!std::all_of(digits.begin(), digits.end(), IsNumeral)) {
      text_ += "F";
    } else if (digits.size() <= kMaxDigits && digits[0] != '0') {
      text_ += "N";
    } else {
      text_ += digits;
    }
  }

  void Text(std::string_view text) {
    text_ += '"';
    bool digits = false;
    for (const char c : text) {
      if (!IsNumeral(c)) text_ += c;
      if (IsNumeral(c) && !digits) text_ += 'N';
      digits = IsNumeral(c);
    }
    text_ += '"';
  }

  void Value(const Expression& value) {
    using ValueKind = Expression::Kind;
    if (value.kind == ValueKind::kName) {
      const auto inlined = inlined_.find(value.text);
      if (inlined == inlined_.end()) return Name(value.text);
      // A chain of such values is as deep as it is long.
      constexpr int kMaxDepth = 100;
      if (depth_ == kMaxDepth) {
        text_ += "...";
        return;
      }
      ++depth_;
      Value(*inlined->second);
      --depth_;
      return;
    }
    if (value.kind == ValueKind::kNumber) return Number(value.text);
    if (value.kind == ValueKind::kText) return Text(value.text);
    text_ += static_cast<char>('a' + static_cast<int>(value.kind));
    text_ += std::string(value.space) + " ";
    for (const char c : value.text) {
      if (c != ' ' && c != '\n') text_ += c;
    }
    text_ += "(";
    for (std::size_t i = 0; i < value.parts.size(); ++i) {
      if (i < value.keywords.size() && !value.keywords[i].empty()) {
        text_ += std::string(value.keywords[i]) + "=";
      }
      Value(value.parts[i]);
      text_ += ",";
    }
    text_ += ")";
  }

  std::map<std::string_view, int> written_;
  Reads read_;
  std::map<std::string_view, const Expression*> inlined_;
  std::map<std::string_view, std::size_t> names_;
  int nesting_ = 0;
  int depth_ = 0;
  std::string text_;
};

}  // namespace

std::map<const Statement*, std::string> CanonicalBlocks(const Method& method) {
  return Writer(method).texts;
}

bool IsOwnScript(const std::string& text) {
  const std::span<const std::uint8_t> bytes{
      reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
  const std::string hash = formats::Sha256(bytes);
  return std::find(kScripts.begin(), kScripts.end(), hash) != kScripts.end();
}

}  // namespace yolotorch::gate

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "metadata/literal.h"

#include <cctype>
#include <string>

namespace yolotorch::metadata {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 16;

// Rewrites the literal as JSON, whose own parser then decides.
class Translator {
 public:
  explicit Translator(std::string_view text) : text_(text) {}

  json Parse() {
    if (!Value(0)) return json(json::value_t::discarded);
    SkipBlanks();
    if (at_ != text_.size()) return json(json::value_t::discarded);
    return json::parse(out_, nullptr, /*allow_exceptions=*/false);
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size() &&
           std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
      ++at_;
    }
  }

  bool Take(char wanted) {
    SkipBlanks();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  bool Value(int depth) {
    if (depth > kMaxDepth) return false;
    if (Take('{')) return Items('{', '}', depth);
    if (Take('[')) return Items('[', ']', depth);
    if (Take('(')) return Items('[', ')', depth);
    return Scalar(/*is_key=*/false);
  }

  bool Items(char open, char close, int depth) {
    out_ += open;
    for (bool first = true; !Take(close); first = false) {
      if (!first) {
        if (!Take(',')) return false;
        if (Take(close)) break;  // a comma behind the last one
        out_ += ',';
      }
      if (open == '{') {
        if (!Scalar(/*is_key=*/true) || !Take(':')) return false;
        out_ += ':';
      }
      if (!Value(depth + 1)) return false;
    }
    out_ += open == '{' ? '}' : ']';
    return true;
  }

  bool Scalar(bool is_key) {
    SkipBlanks();
    if (at_ >= text_.size()) return false;
    if (text_[at_] == '\'' || text_[at_] == '"') return Text();
    const std::size_t begin = at_;
    while (
        at_ < text_.size() &&
        (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 ||
         std::string_view("+-.").find(text_[at_]) != std::string_view::npos)) {
      ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word.empty()) return false;
    const std::string value = word == "True"    ? "true"
                              : word == "False" ? "false"
                              : word == "None"  ? "null"
                                                : std::string(word);
    out_ += is_key ? '"' + value + '"' : value;
    return true;
  }

  bool Text() {
    const char quote = text_[at_++];
    std::string value;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        value += text_[at_] == 'n' ? '\n' : text_[at_];
      } else {
        value += text_[at_];
      }
      ++at_;
    }
    out_ += json(value).dump(-1, ' ', false, json::error_handler_t::replace);
    return at_++ < text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

json ParseLiteral(std::string_view text) {
  json value = json::parse(text, nullptr, /*allow_exceptions=*/false);
  return value.is_discarded() ? Translator(text).Parse() : value;
}

}  // namespace yolotorch::metadata

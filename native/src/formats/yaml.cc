// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "formats/yaml.h"

#include <charconv>
#include <cstdlib>
#include <string>
#include <vector>

#include "yolotorch/error.h"

namespace yolotorch::formats {
namespace {

using Kind = Value::Kind;

constexpr int kMaxYamlDepth = 32;
constexpr std::size_t kMaxSize = 1 << 20;

struct Line {
  std::size_t number = 0;  // from 1
  std::size_t indent = 0;
  std::string text;  // without indent, comment and blanks at the end
};

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// Cuts off a comment: a '#' at the start or behind a blank, outside of quotes.
std::string_view WithoutComment(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#' && (i == 0 || line[i - 1] == ' ')) {
      return line.substr(0, i);
    }
  }
  return line;
}

class YamlParser {
 public:
  YamlParser(std::string_view text, std::string_view label,
             std::deque<Value>* values)
      : label_(label), values_(*values) {
    if (text.size() > kMaxSize) Fail(1, "is larger than 1 MiB");
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = text.find('\n', begin);
      if (end == std::string_view::npos) end = text.size();
      AddLine(text.substr(begin, end - begin), ++number);
      begin = end + 1;
    }
  }

  const Value* Run() {
    if (lines_.empty()) Fail(1, "is empty");
    const Value* root = ReadBlock(lines_[0].indent, 0);
    if (at_ < lines_.size()) Fail(lines_[at_].number, "is indented oddly");
    return root;
  }

 private:
  [[noreturn]] void Fail(std::size_t line, const std::string& what) const {
    throw Error(Code::kCorruptModel,
                "'" + std::string(label_) + "' is no model yaml: line " +
                    std::to_string(line) + " " + what +
                    "; expected nc, scales, backbone and head.");
  }

  void AddLine(std::string_view raw, std::size_t number) {
    const std::string_view text = WithoutComment(raw);
    const std::size_t indent = text.find_first_not_of(' ');
    const std::string_view content = Trim(text);
    if (content.empty() || content == "---") return;
    if (text[indent] == '\t') Fail(number, "is indented with a tab");
    lines_.push_back({number, indent, std::string(content)});
  }

  // A mapping or a sequence whose lines begin at `indent`.
  const Value* ReadBlock(std::size_t indent, int depth) {
    if (depth > kMaxYamlDepth) Fail(lines_[at_].number, "is nested too deeply");
    const bool sequence = IsItem(lines_[at_]);
    Value& block = values_.emplace_back();
    block.kind = sequence ? Kind::kList : Kind::kDict;
    while (at_ < lines_.size() && lines_[at_].indent == indent &&
           IsItem(lines_[at_]) == sequence) {
      const Line& line = lines_[at_];
      if (sequence) {
        const std::string rest(Trim(std::string_view(line.text).substr(1)));
        block.items.push_back(ReadValue(rest, indent, depth, false));
        continue;
      }
      const std::size_t colon = FindColon(line.text);
      if (colon == std::string::npos) {
        Fail(line.number, "is neither 'key: value' nor '- item'");
      }
      block.items.push_back(
          Scalar(std::string(Trim(line.text.substr(0, colon))), true));
      const std::string rest(Trim(line.text.substr(colon + 1)));
      block.items.push_back(ReadValue(rest, indent, depth, true));
    }
    return &block;
  }

  static bool IsItem(const Line& line) {
    return line.text[0] == '-' &&
           (line.text.size() == 1 || line.text[1] == ' ');
  }

  // The colon that ends a key: one before a blank or at the end.
  static std::size_t FindColon(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == ':' && (i + 1 == text.size() || text[i + 1] == ' ')) {
        return i;
      }
    }
    return std::string::npos;
  }

  // The value after a key or a dash: the rest of the line, or the lines below.
  const Value* ReadValue(const std::string& rest, std::size_t indent, int depth,
                         bool in_mapping) {
    const std::size_t number = lines_[at_].number;
    ++at_;
    if (!rest.empty()) {
      if (rest[0] != '[' && rest[0] != '{') return Scalar(rest, false);
      flow_ = rest;
      flow_line_ = number;
      flow_at_ = 0;
      const Value* value = ReadFlow(depth + 1);
      SkipBlanks();
      if (flow_at_ < flow_.size()) Fail(number, "goes on behind its bracket");
      return value;
    }
    const bool nested =
        at_ < lines_.size() &&
        (lines_[at_].indent > indent ||
         // A sequence may have the indent of its key.
         (in_mapping && lines_[at_].indent == indent && IsItem(lines_[at_])));
    if (!nested) return &values_.emplace_back();
    return ReadBlock(lines_[at_].indent, depth + 1);
  }

  // Skips blanks, and appends further lines while a bracket is open.
  void SkipBlanks() {
    while (flow_at_ < flow_.size() && flow_[flow_at_] == ' ') ++flow_at_;
  }

  char PeekInBracket() {
    SkipBlanks();
    while (flow_at_ >= flow_.size()) {
      if (at_ >= lines_.size()) Fail(flow_line_, "opens a bracket only");
      flow_ += " " + lines_[at_++].text;
      SkipBlanks();
    }
    return flow_[flow_at_];
  }

  const Value* ReadFlow(int depth) {
    if (depth > kMaxYamlDepth) Fail(flow_line_, "is nested too deeply");
    const char open = PeekInBracket();
    if (open != '[' && open != '{') return ReadFlowScalar();
    ++flow_at_;
    const char close = open == '[' ? ']' : '}';
    Value& block = values_.emplace_back();
    block.kind = open == '[' ? Kind::kList : Kind::kDict;
    while (PeekInBracket() != close) {
      block.items.push_back(ReadFlow(depth + 1));
      if (open == '{') {
        if (PeekInBracket() != ':') Fail(flow_line_, "lacks a colon");
        ++flow_at_;
        block.items.push_back(ReadFlow(depth + 1));
      }
      const char next = PeekInBracket();
      if (next == ',') {
        ++flow_at_;
      } else if (next != close) {
        Fail(flow_line_, "lacks a comma");
      }
    }
    ++flow_at_;
    return &block;
  }

  const Value* ReadFlowScalar() {
    const char first = flow_[flow_at_];
    std::size_t end = flow_at_;
    if (first == '"' || first == '\'') {
      end = flow_.find(first, flow_at_ + 1);
      if (end == std::string::npos) Fail(flow_line_, "opens a quote only");
      ++end;
    } else {
      end = flow_.find_first_of(",]}:", flow_at_);
      if (end == std::string::npos) end = flow_.size();
    }
    const std::string text(
        Trim(std::string_view(flow_).substr(flow_at_, end - flow_at_)));
    if (text.empty()) Fail(flow_line_, "lacks a value");
    flow_at_ = end;
    return Scalar(text, false);
  }

  // Whether the text is a number that fits.
  static bool IsNumber(const std::string& text, double* number) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, *number);
    return error == std::errc() && stop == end;
  }

  const Value* Scalar(std::string text, bool is_key) {
    Value& value = values_.emplace_back();
    value.kind = Kind::kString;
    if (text.size() >= 2 && (text[0] == '"' || text[0] == '\'') &&
        text.back() == text[0]) {
      value.text = text.substr(1, text.size() - 2);
      return &value;
    }
    if (is_key) {
      value.text = std::move(text);
      return &value;
    }
    const std::size_t line = at_ == 0 ? 1 : lines_[at_ - 1].number;
    if (text[0] == '"' || text[0] == '\'') Fail(line, "opens a quote only");
    const char* end = text.data() + text.size();
    std::int64_t integer = 0;
    if (const auto [stop, error] = std::from_chars(text.data(), end, integer);
        error == std::errc() && stop == end) {
      value.kind = Kind::kInt;
      value.integer = integer;
    } else if (double number = 0; IsNumber(text, &number)) {
      value.kind = Kind::kFloat;
      // Leaves the number alone that no double holds.
      value.number = std::strtod(text.c_str(), nullptr);
    } else if (text == "true" || text == "True" || text == "TRUE") {
      value.kind = Kind::kBool;
      value.integer = 1;
    } else if (text == "false" || text == "False" || text == "FALSE") {
      value.kind = Kind::kBool;
    } else if (text == "~" || text == "null" || text == "None") {
      value.kind = Kind::kNone;
    } else if (text[0] == '&' || text[0] == '*' || text[0] == '!' ||
               text[0] == '|' || text[0] == '>') {
      Fail(line, "uses a part of YAML that model files do not need");
    } else {
      value.text = std::move(text);
    }
    return &value;
  }

  std::string_view label_;
  std::deque<Value>& values_;
  std::vector<Line> lines_;
  std::size_t at_ = 0;  // the next line
  std::string flow_;    // the bracketed text being read
  std::size_t flow_at_ = 0;
  std::size_t flow_line_ = 0;
};

}  // namespace

Yaml::Yaml(std::string_view text, std::string_view label) {
  root_ = YamlParser(text, label, &values_).Run();
}

}  // namespace yolotorch::formats

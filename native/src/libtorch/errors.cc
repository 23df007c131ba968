// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "libtorch/errors.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <regex>

#include "base/text.h"

namespace yolotorch::libtorch {
namespace {

constexpr std::size_t kMaxRead = 600;  // matching recurses per character
constexpr std::size_t kMaxCause = 300;
constexpr std::string_view kNothing = "it does not say why";

// What follows is about LibTorch's own code, not about the cause.
constexpr auto kEnds = std::to_array<std::string_view>({
    "Exception raised from ",
    "C++ CapturedTraceback",
    "C++ stacktrace",
    "\nframe #",
});

struct Rule {
  std::regex pattern;
  const char* by;
};

// In order: each sees what the ones before it left.
const std::vector<Rule>& Rules() {
  constexpr auto kFlags = std::regex::ECMAScript | std::regex::icase;
  static const auto* rules = new std::vector<Rule>{
      // [enforce fail at alloc_cpu.cpp:117] err == 0. The cause.
      {std::regex(
           R"(\[enforce fail at [^\]]*\]\s*([^.]{0,200}==[^.]{0,200})?\.?)",
           kFlags),
       ""},
      // expression INTERNAL ASSERT FAILED at "file":12, please ... The cause.
      {std::regex(
           R"(^.*\bASSERT FAILED( at )?("[^"]*")?[:\d]*(, please report [^.]*)?[.,]?)",
           kFlags),
       ""},
      // (Could this message be improved?  If so, please report ...)
      {std::regex(
           R"(\s*\([^()]*\b(please|if so|could you)\b[^()]*\b(report|file|issue|bug)\b[^()]*\))",
           kFlags),
       ""},
      {std::regex(
           R"([,;.]?\s*\b(if [^.,]{0,80}, )?(please|kindly)\s+(report|file|open|submit)\b[^.;]*[.;]?)",
           kFlags),
       ""},
      // Source files of LibTorch and of the machine that it was built on.
      {std::regex(
           R"(\s*(\b(at|in|from|file) )?"?(\.{0,2}/)?([\w.+-]+/)*[\w+-]+\.(cpp|cc|cxx|hpp|h|cuh|cu)\b"?(:\d+|, line \d+)?)",
           kFlags),
       ""},
      {std::regex(
           R"(\s*(\b(at|in|from|file) )?"?/([\w.+-]+/)+[\w+-]+\.(py|inl|c)\b"?(:\d+|, line \d+)?)",
           kFlags),
       ""},
      {std::regex(R"(\b0x[0-9a-f]+\b)", kFlags), "an address"},
  };
  return *rules;
}

// Of the trace of an interpreter, the last line of the form "RuntimeError:
// ..."; else the first line that says something.
std::string_view LineOfCause(std::string_view text) {
  std::string_view first;
  std::string_view last;
  bool wanted = false;  // the line of the cause had no more than its kind
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) continue;
    line.remove_prefix(begin);
    const std::size_t kind = line.find("Error: ");
    if (kind != std::string_view::npos) {
      last = line.substr(kind + 7);
    } else if (wanted) {
      last = line;
    }
    wanted = line.ends_with("Error:") ||
             (kind != std::string_view::npos &&
              last.find_first_not_of(' ') == std::string_view::npos);
    if (first.empty()) first = line;
  }
  return last.empty() ? first : last;
}

}  // namespace

std::string TextOf(const std::exception& error) {
  const auto* own = dynamic_cast<const c10::Error*>(&error);
  return own == nullptr ? error.what() : own->what_without_backtrace();
}

bool TellsOfMemory(std::string_view text) {
  constexpr auto kSigns = std::to_array<std::string_view>({
      "out of memory",
      "not enough memory",
      "can't allocate memory",
      "annot allocate memory",
      "std::bad_alloc",
      "std::bad_array_new_length",
      // Of lists and texts that no memory holds.
      "vector::reserve",
      "vector::_M_",
      "basic_string::_M_",
      "larger than max_size()",
  });
  // oneDNN, of a kernel that it has chosen already; not "... descriptor", of
  // one that it lacks.
  if (text.ends_with("could not create a primitive") ||
      text.ends_with("could not create a memory object")) {
    return true;
  }
  return std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) {
    return text.find(sign) != std::string_view::npos;
  });
}

std::string CauseIn(std::string_view text) {
  for (const std::string_view end : kEnds) {
    text = text.substr(0, text.find(end));
  }
  std::string cause(LineOfCause(text).substr(0, kMaxRead));
  for (const Rule& rule : Rules()) {
    cause = std::regex_replace(cause, rule.pattern, rule.by);
  }
  cause = base::OneLine(cause, kMaxCause);
  const std::size_t begin = cause.find_first_not_of(" .,;:");
  if (begin == std::string::npos) return std::string(kNothing);
  cause.erase(0, begin);
  while (!cause.ends_with("...") &&
         std::string_view(" .,;:").find(cause.back()) !=
             std::string_view::npos) {
    cause.pop_back();
  }
  return cause;
}

}  // namespace yolotorch::libtorch

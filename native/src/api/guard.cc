// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/guard.h"

#include <c10/util/Exception.h>

#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

namespace yolotorch::api {
namespace {

// A TorchScript run-time error is a trace of the interpreter; its last line of
// the form "RuntimeError: ..." is the cause.
std::string LastErrorLine(std::string_view text) {
  std::string_view found;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view line = text.substr(begin, end - begin);
    if (line.find("Error: ") != std::string_view::npos || found.empty()) {
      if (!line.empty()) found = line;
    }
    begin = end + 1;
  }
  const std::size_t kind = found.find("Error: ");
  return std::string(kind == std::string_view::npos ? found
                                                    : found.substr(kind + 7));
}

bool TellsOfMemory(std::string_view text) {
  return text.find("out of memory") != std::string_view::npos ||
         text.find("not enough memory") != std::string_view::npos ||
         text.find("can't allocate memory") != std::string_view::npos;
}

[[noreturn]] void ThrowFor(std::string_view message) {
  if (TellsOfMemory(message)) {
    throw Error(Code::kOutOfMemory,
                "Native memory ran out; use a smaller batch or imgsz, or give "
                "the process more memory.");
  }
  throw Error(Code::kInferenceFailed,
              "The network failed while running: " + LastErrorLine(message));
}

}  // namespace

void RethrowAsError() {
  try {
    throw;
  } catch (const Error&) {
    throw;
  } catch (const c10::Error& error) {
    ThrowFor(error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    ThrowFor("out of memory");
  } catch (const std::runtime_error& error) {
    // TorchScript's run errors.
    ThrowFor(error.what());
  } catch (const std::exception& error) {
    throw Error(Code::kInternal, "Something failed inside yolotorch (" +
                                     std::string(error.what()) +
                                     "); please report it.");
  } catch (...) {
    throw Error(Code::kInternal,
                "Something failed that is no exception; please report it.");
  }
}

}  // namespace yolotorch::api

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "api/guard.h"

#include <c10/util/Exception.h>

#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

#include "libtorch/errors.h"

namespace yolotorch::api {
namespace {

[[noreturn]] void FailMemory() {
  throw Error(Code::kOutOfMemory,
              "Native memory ran out; use a smaller batch or imgsz, or give "
              "the process more memory.");
}

[[noreturn]] void FailFiles() {
  throw Error(Code::kNotFound,
              "The process may open no more files; close some, or raise the "
              "limit (ulimit -n).");
}

[[noreturn]] void ThrowFor(std::string_view message) {
  if (libtorch::TellsOfMemory(message)) FailMemory();
  if (message.find("Too many open files") != std::string_view::npos) {
    FailFiles();
  }
  throw Error(Code::kInferenceFailed, "The network failed while running: " +
                                          libtorch::CauseIn(message) + ".");
}

}  // namespace

void RethrowAsError() {
  try {
    throw;
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    FailMemory();
  } catch (const c10::Error& error) {
    ThrowFor(libtorch::TextOf(error));
  } catch (const std::runtime_error& error) {
    // TorchScript's run errors.
    ThrowFor(error.what());
  } catch (const std::exception& error) {
    if (libtorch::TellsOfMemory(error.what())) FailMemory();
    throw Error(Code::kInternal, "Something failed inside yolotorch (" +
                                     libtorch::CauseIn(error.what()) +
                                     "); please report it.");
  } catch (...) {
    throw Error(Code::kInternal,
                "Something failed that is no exception; please report it.");
  }
}

}  // namespace yolotorch::api

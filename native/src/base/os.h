// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// What differs between operating systems and fits no other file of this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>

#if defined(_WIN32)
#include <thread>
#else
#include <pthread.h>
#endif

namespace yolotorch::base {

/// A thread whose stack has a size of its own. Not joined by itself.
class StackThread {
 public:
  /// Runs run(argument) on a stack of `max_stack` bytes; where memory is
  /// limited on a smaller one, of `min_stack` bytes at least. Windows decides
  /// the size by itself. Returns false when no thread can be had.
  bool Start(std::size_t max_stack, std::size_t min_stack, void* (*run)(void*),
             void* argument);

  /// REQUIRES: Start returned true.
  void Join();

 private:
#if defined(_WIN32)
  std::thread thread_;
#else
  pthread_t thread_{};
#endif
};

/// The number of this process, which a fork changes; constant on Windows, which
/// has no fork.
std::int64_t ProcessId();

/// Has exit() call `run` with the status that the process is to end with; where
/// the C library does not tell it, with EXIT_FAILURE. The last of these
/// functions is called first, before what was made earlier is destroyed.
void AtExit(void (*run)(int status));

/// Writes out what C's streams hold and ends the process at once: destroys
/// nothing, and calls nothing of AtExit.
[[noreturn]] void EndProcess(int status);

/// `seconds` in the local time zone.
std::tm LocalTime(std::time_t seconds);

/// Where the function `symbol` is in this process: among the symbols that all
/// libraries see, else in `library` if that is loaded. Null when it is nowhere.
void* FindSymbol(const char* library, const char* symbol);

}  // namespace yolotorch::base

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/os.h"

#include <cstdio>
#include <cstdlib>

#if defined(_WIN32)
#include <system_error>
#else
#include <dlfcn.h>
#include <unistd.h>
#endif

namespace yolotorch::base {

#if defined(__GLIBC__)

void AtExit(void (*run)(int status)) {
  on_exit([](int status,
             void* run) { reinterpret_cast<void (*)(int)>(run)(status); },
          reinterpret_cast<void*>(run));
}

#else

namespace {

void (*at_exit)(int status) = nullptr;

}  // namespace

void AtExit(void (*run)(int status)) {
  at_exit = run;
  std::atexit([] { at_exit(EXIT_FAILURE); });
}

#endif

void EndProcess(int status) {
  std::fflush(nullptr);
  std::_Exit(status);
}

#if defined(_WIN32)

bool StackThread::Start(std::size_t /*max_stack*/, std::size_t /*min_stack*/,
                        void* (*run)(void*), void* argument) {
  try {
    thread_ = std::thread(run, argument);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void StackThread::Join() { thread_.join(); }

std::int64_t ProcessId() { return 0; }

std::tm LocalTime(std::time_t seconds) {
  std::tm local{};
  localtime_s(&local, &seconds);
  return local;
}

void* FindSymbol(const char* /*library*/, const char* /*symbol*/) {
  return nullptr;
}

#else

bool StackThread::Start(std::size_t max_stack, std::size_t min_stack,
                        void* (*run)(void*), void* argument) {
  for (std::size_t size = max_stack; size >= min_stack; size /= 4) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, size);
    const int status = pthread_create(&thread_, &attributes, run, argument);
    pthread_attr_destroy(&attributes);
    if (status == 0) return true;
  }
  return false;
}

void StackThread::Join() { pthread_join(thread_, nullptr); }

std::int64_t ProcessId() { return getpid(); }

std::tm LocalTime(std::time_t seconds) {
  std::tm local{};
  localtime_r(&seconds, &local);
  return local;
}

void* FindSymbol(const char* library, const char* symbol) {
  if (void* found = dlsym(RTLD_DEFAULT, symbol)) return found;
  void* loaded = dlopen(library, RTLD_NOLOAD | RTLD_LAZY);
  if (loaded == nullptr) return nullptr;
  void* found = dlsym(loaded, symbol);
  dlclose(loaded);  // whoever loaded it keeps it
  return found;
}

#endif

}  // namespace yolotorch::base

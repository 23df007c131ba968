// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "runtime/stop.h"

namespace yolotorch::runtime {

/// Runs `work` on the worker, the one thread of this process that predicts,
/// with `threads` cores, and waits for it; calls are served in order. LibTorch
/// and OpenMP keep memory and helper threads for every thread that ever
/// computed, so that callers, which may be thousands, never compute. Throws
/// what `work` throws, and Error kCancelled, without having begun, once `stop`
/// is asked; `work` itself looks at it while it runs.
///
/// With a `timeout_ms` above 0, work that runs longer is ended as Run::Stop()
/// does it, with Error kTimeout. Where that does not help within a moment, the
/// caller gets the error nevertheless and leaves the work behind (see Run);
/// what `work` uses in Run::Apart() it must therefore own. From then on until
/// that work ends, if ever, the process is not healthy: all calls throw Error
/// kUnhealthy.
void RunOnWorker(int threads, std::function<void()> work,
                 const Stop* stop = nullptr, std::int64_t timeout_ms = 0);

/// Whether the worker can take work. False once a caller has left work behind.
bool IsHealthy();

/// Throws Error kUnhealthy unless IsHealthy().
void CheckHealthy();

/// Has the calls that wait for the worker, and the one that it works for, look
/// at their `stop` again. To be called after one was asked.
void WakeStopped();

/// Runs `work` on a new thread with a stack of 1 GiB, of which only used pages
/// take memory: LibTorch compiles and destroys programs recursively, as deep as
/// a file makes it. Throws what `work` throws, and Error kOutOfMemory when the
/// thread cannot be started.
void RunOnDeepStack(const std::function<void()>& work);

/// Waits up to 10 seconds for work that runs on deep stacks, and for the first
/// work of the worker after it; later work waits a second before it begins. To
/// be called before a process exits while threads may load models: exit()
/// destroys objects that LibTorch creates meanwhile first. When the process
/// then exits, what runs is ended, and waited for 10 seconds; if that does not
/// suffice, the process ends there, with its status.
void CloseForExit();

}  // namespace yolotorch::runtime

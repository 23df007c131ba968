// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace yolotorch::runtime {

/// Runs `work` on the one thread of this process that predicts, with `threads`
/// cores, and waits for it; work of several callers runs in the order in which
/// it came. LibTorch and OpenMP keep memory and helper threads for every thread
/// that ever computed, so that callers, who may be thousands, never do. Throws
/// what `work` throws.
void RunOnWorker(int threads, const std::function<void()>& work);

/// Runs `work` on a thread of its own that ends with it and has a stack of 1
/// GiB, of which only what is touched takes memory: LibTorch compiles and
/// destroys programs by recursion, as deep as a file makes it. Throws what
/// `work` throws, and Error kOutOfMemory when there is no such thread to be
/// had.
void RunOnDeepStack(const std::function<void()>& work);

/// Waits for what now runs on deep stacks, and for the first work of the worker
/// after such, 10 seconds at most; from then on, either waits a second before
/// it begins. To be called before a process exits while threads may load
/// models: objects that LibTorch makes meanwhile are the first that exit()
/// destroys.
void CloseForExit();

}  // namespace yolotorch::runtime

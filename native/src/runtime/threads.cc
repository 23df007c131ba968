// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "runtime/threads.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <exception>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#if defined(_OPENMP)
#include <omp.h>
#endif

#include "base/os.h"
#include "libtorch/warnings.h"
#include "runtime/device.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

constexpr std::size_t kDeepStack = std::size_t{1} << 30;
constexpr std::size_t kWorkerStack = std::size_t{64} << 20;
// How long exit waits for running work. Longer than any plausible prediction.
constexpr std::chrono::seconds kPatience(10);

// One piece of work, which its caller waits for.
struct Task {
  const std::function<void()>* work = nullptr;
  int threads = 1;
  const Stop* stop = nullptr;
  bool is_new = false;
  std::uint64_t ticket = 0;  // in Scheduler::new_, if new
  std::exception_ptr failure = {};
  bool done = false;
  mutable std::condition_variable ended = {};
};

// The order of all native work of this process. Never destroyed: threads may
// wait in it until the very end.
class Scheduler {
 public:
  static Scheduler& Get() {
    static auto* scheduler = new Scheduler;
    return *scheduler;
  }

  void RunQueued(Task* task) {
    CheckProcess();
    std::unique_lock<std::mutex> lock(mutex_);
    if (is_next_new_) WaitWhileClosing(&lock);
    WaitForEnd(&lock);
    if (!has_worker_) {
      if (!worker_.Start(kWorkerStack, kWorkerStack / 16, &Work, this)) {
        FailWithoutThread();
      }
      has_worker_ = true;
    }
    queue_.push_back(task);
    changed_.notify_all();
    WaitFor(task, &lock);
  }

  void WakeStopped() {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (Task* task : queue_) {
      if (task->stop != nullptr && task->stop->IsAsked()) {
        task->ended.notify_one();
      }
    }
  }

  void RunApart(Task* task) {
    CheckProcess();
    std::unique_lock<std::mutex> lock(mutex_);
    WaitWhileClosing(&lock);
    WaitForEnd(&lock);
    ++running_;
    SetNew(task);
    base::StackThread thread;
    const bool started =
        thread.Start(kDeepStack, kDeepStack / 64, &RunTask, task);
    if (started) {
      WaitFor(task, &lock);
      lock.unlock();
      // So that what the thread leaves behind is gone before exit.
      thread.Join();
      QuiesceAtExit();
      lock.lock();
    }
    --running_;
    new_.erase(task->ticket);
    is_next_new_ = true;
    changed_.notify_all();
    if (!started) FailWithoutThread();
  }

  void Close() {
    if (IsForked()) return;
    std::unique_lock<std::mutex> lock(mutex_);
    is_closing_ = true;
    const std::uint64_t last = tickets_;
    changed_.wait_for(lock, kPatience,
                      [&] { return new_.empty() || *new_.begin() > last; });
  }

  static bool IsWorker() { return is_worker_; }

 private:
  Scheduler() {
    PrepareProcess();
    QuiesceAtExit();
  }

  // When a process exits, LibTorch's global objects are destroyed while other
  // threads go on: what is running ends first, and nothing new begins. The last
  // object to be made is destroyed first, so that this takes a new handler
  // whenever there may be new ones.
  void QuiesceAtExit() {
    constexpr int kMaxHandlers = 100'000;
    if (handlers_.fetch_add(1) < kMaxHandlers) {
      base::AtExit([](int status) { Get().Quiesce(status); });
    }
  }

  // Batches end before their next picture. What still runs when patience ends
  // must not meet destroyed objects: the process then ends here.
  void Quiesce(int status) {
    if (IsForked()) return;
    std::unique_lock<std::mutex> lock(mutex_);
    if (exiting_) return;
    exiting_ = true;
    exiting_thread_ = std::this_thread::get_id();
    if (is_worker_) return;
    StopAll();
    if (!changed_.wait_for(lock, kPatience, [&] { return running_ == 0; })) {
      base::EndProcess(status);
    }
  }

  // Waits until a task is done. Loads, and the first run after one, make global
  // objects: they are looked after all the while, as long as loads are rare.
  void WaitFor(Task* task, std::unique_lock<std::mutex>* lock) {
    constexpr std::chrono::milliseconds kLook(2);
    constexpr int kMaxLooks = 10'000;
    while (!task->done) {
      if (Withdraw(task)) {
        CheckStop(task->stop);
      } else if (task->is_new && looks_ < kMaxLooks) {
        ++looks_;
        task->ended.wait_for(*lock, kLook);
        QuiesceAtExit();
      } else {
        task->ended.wait(*lock);
      }
    }
  }

  // Takes a task that is to end out of the queue; false if it has begun.
  bool Withdraw(Task* task) {
    if (task->stop == nullptr || !task->stop->IsAsked()) return false;
    const auto place = std::find(queue_.begin(), queue_.end(), task);
    if (place == queue_.end()) return false;
    queue_.erase(place);
    return true;
  }

  // A process that is closing usually ends within a moment.
  void WaitWhileClosing(std::unique_lock<std::mutex>* lock) {
    constexpr std::chrono::seconds kMoment(1);
    if (is_closing_) {
      changed_.wait_for(*lock, kMoment, [&] { return exiting_; });
    }
  }

  void SetNew(Task* task) {
    task->is_new = true;
    task->ticket = ++tickets_;
    new_.insert(task->ticket);
  }

  // A process that exits runs nothing more; its threads wait for the end, and
  // the one that ends it is told.
  void WaitForEnd(std::unique_lock<std::mutex>* lock) {
    if (exiting_ && exiting_thread_ == std::this_thread::get_id()) {
      throw Error(Code::kInferenceFailed,
                  "The process is ending, so that no model runs any more.");
    }
    while (exiting_) changed_.wait(*lock);
  }

  // A forked process has no copy of these threads, which may hold locks.
  [[nodiscard]] bool IsForked() const { return base::ProcessId() != process_; }

  void CheckProcess() const {
    if (!IsForked()) return;
    throw Error(Code::kInferenceFailed,
                "This process was forked from one that had used a model; use "
                "models only in one of the two, or start the other by exec.");
  }

  [[noreturn]] static void FailWithoutThread() {
    throw Error(Code::kOutOfMemory,
                "No memory was left for a thread to work on; give the process "
                "more memory.");
  }

  static void Perform(Task* task) {
    const libtorch::WarningScope warnings;
    try {
      (*task->work)();
    } catch (...) {
      task->failure = std::current_exception();
    }
  }

  void Finish(Task* task) {
    if (task->is_new) QuiesceAtExit();
    const std::lock_guard<std::mutex> lock(mutex_);
    --running_;
    if (task->is_new) new_.erase(task->ticket);
    task->done = true;
    changed_.notify_all();
    // Under the lock: the task is gone as soon as its caller has seen this.
    task->ended.notify_one();
  }

  static void* RunTask(void* argument) {
    auto* task = static_cast<Task*>(argument);
    Perform(task);
    const std::lock_guard<std::mutex> lock(Get().mutex_);
    task->done = true;
    task->ended.notify_one();
    return nullptr;
  }

  static void* Work(void* argument) {
    auto& self = *static_cast<Scheduler*>(argument);
    is_worker_ = true;
    // LibTorch sets its number when a thread first asks for it, which must be
    // before ours. Its inline function would only set that of this library.
    at::get_num_threads();
    for (;;) {
      Task* task = self.Take();
#if defined(_OPENMP)
      // Of this thread alone; what the rest of the process set stays.
      omp_set_num_threads(task->threads);
#endif
      Perform(task);
      self.Finish(task);
    }
  }

  Task* Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return !queue_.empty() && !exiting_; });
    Task* task = queue_.front();
    queue_.pop_front();
    ++running_;
    if (std::exchange(is_next_new_, false)) {
      SetNew(task);
      // The thread that waits for it calls QuiesceAtExit from now on.
      task->ended.notify_one();
    }
    return task;
  }

  static thread_local bool is_worker_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task*> queue_;
  int running_ = 0;
  // Tickets of those that are loads, and first runs after one.
  std::set<std::uint64_t> new_;
  std::uint64_t tickets_ = 0;
  int looks_ = 0;
  std::atomic<int> handlers_{0};
  bool is_next_new_ = true;
  bool is_closing_ = false;
  bool has_worker_ = false;
  base::StackThread worker_;
  bool exiting_ = false;
  std::thread::id exiting_thread_;
  std::int64_t process_ = base::ProcessId();
};

thread_local bool Scheduler::is_worker_ = false;

void Rethrow(const Task& task) {
  if (task.failure) std::rethrow_exception(task.failure);
}

}  // namespace

void RunOnWorker(int threads, const std::function<void()>& work,
                 const Stop* stop) {
  if (Scheduler::IsWorker()) {
    work();
    return;
  }
  Task task{&work, threads, stop};
  Scheduler::Get().RunQueued(&task);
  Rethrow(task);
}

void WakeStopped() { Scheduler::Get().WakeStopped(); }

void CloseForExit() { Scheduler::Get().Close(); }

void RunOnDeepStack(const std::function<void()>& work) {
  Task task{&work};
  Scheduler::Get().RunApart(&task);
  Rethrow(task);
}

}  // namespace yolotorch::runtime

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
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#if defined(_OPENMP)
#include <omp.h>
#endif

#include "base/os.h"
#include "libtorch/warnings.h"
#include "runtime/device.h"
#include "runtime/run.h"
#include "yolotorch/error.h"

namespace yolotorch::runtime {
namespace {

constexpr std::size_t kDeepStack = std::size_t{1} << 30;
constexpr std::size_t kWorkerStack = std::size_t{64} << 20;
// How long exit waits for running work. Longer than any plausible prediction.
constexpr std::chrono::seconds kPatience(10);

// How long work may take to end once it was told to, before its caller leaves
// it, and how often that is tried.
constexpr std::chrono::seconds kGrace(2);
constexpr std::chrono::milliseconds kRetry(20);

using Clock = std::chrono::steady_clock;

// One piece of work, which its caller waits for.
struct Task {
  Task(std::function<void()> given, int cores, const Stop* callers,
       std::int64_t most_ms)
      : work(std::move(given)),
        threads(cores),
        stop(callers),
        timeout(most_ms),
        run(most_ms) {}

  std::function<void()> work;
  int threads;
  const Stop* stop;
  std::chrono::milliseconds timeout;  // 0: none
  Run run;
  std::optional<Clock::time_point> due =
      {};  // once it runs: when to look at it
  bool is_new = false;
  std::uint64_t ticket = 0;  // in Scheduler::new_, if new
  std::exception_ptr failure = {};
  bool is_told = false;  // to end
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

  void RunQueued(const std::shared_ptr<Task>& task) {
    CheckProcess();
    std::unique_lock<std::mutex> lock(mutex_);
    CheckWorker();
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
    StayAtEnd(&lock);
  }

  void WakeStopped() {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& task : queue_) {
      if (task->stop != nullptr && task->stop->IsAsked()) {
        task->ended.notify_one();
      }
    }
    // The caller of work that was left behind is gone, and its stop with it.
    if (working_ != nullptr && working_ != lost_ && working_->stop != nullptr &&
        working_->stop->IsAsked()) {
      working_->run.Stop(Run::End::kCaller);
    }
  }

  bool IsHealthy() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return lost_ == nullptr;
  }

  void CheckHealthy() {
    const std::lock_guard<std::mutex> lock(mutex_);
    CheckWorker();
  }

  void RunApart(const std::shared_ptr<Task>& task) {
    CheckProcess();
    std::unique_lock<std::mutex> lock(mutex_);
    WaitWhileClosing(&lock);
    WaitForEnd(&lock);
    ++running_;
    SetNew(task.get());
    base::StackThread thread;
    const bool started =
        thread.Start(kDeepStack, kDeepStack / 64, &RunTask, task.get());
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
    StayAtEnd(&lock);
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
    if (working_ != nullptr) working_->run.Stop(Run::End::kProcess);
    changed_.wait_for(lock, kPatience,
                      [&] { return running_ == (lost_ == nullptr ? 0 : 1); });
    if (running_ > 0) base::EndProcess(status);
  }

  // Waits until a task is done. Loads, and the first run after one, make global
  // objects: they are looked after all the while, as long as loads are rare.
  void WaitFor(const std::shared_ptr<Task>& task,
               std::unique_lock<std::mutex>* lock) {
    constexpr std::chrono::milliseconds kLook(2);
    constexpr int kMaxLooks = 10'000;
    while (!task->done) {
      if (Withdraw(task)) {
        CheckStop(task->stop);
      } else if (task->due && Clock::now() >= *task->due) {
        EndOverdue(task);
      } else if (task->is_new && looks_ < kMaxLooks) {
        ++looks_;
        task->ended.wait_for(*lock, kLook);
        QuiesceAtExit();
      } else if (task->due) {
        task->ended.wait_until(*lock, *task->due);
      } else {
        task->ended.wait(*lock);
      }
    }
  }

  // Tells work whose time is over to end. If it was told already and has not,
  // leaves it behind, as soon as it uses nothing of its caller, and throws.
  void EndOverdue(const std::shared_ptr<Task>& task) {
    if (!task->is_told) {
      task->is_told = true;
      task->run.Stop(Run::End::kTime);
      task->due = Clock::now() + kGrace;
      return;
    }
    task->due = Clock::now() + kRetry;
    if (!task->run.Abandon()) return;
    lost_ = task;
    new_.erase(task->ticket);
    for (const auto& waiting : queue_) {
      waiting->failure = std::make_exception_ptr(Unhealthy());
      waiting->done = true;
      waiting->ended.notify_one();
    }
    queue_.clear();
    changed_.notify_all();
    task->run.CheckEnded();
  }

  static Error Unhealthy() {
    return {
        Code::kUnhealthy,
        "The program of an archive did not end within its timeout and still "
        "runs, so that this process predicts nothing more; start a new one, "
        "and load files of strangers isolated."};
  }

  // REQUIRES: mutex_ is held.
  void CheckWorker() const {
    if (lost_ != nullptr) throw Unhealthy();
  }

  // Takes a task that is to end out of the queue; if it has begun, tells it to
  // end, and returns false.
  bool Withdraw(const std::shared_ptr<Task>& task) {
    if (task->stop == nullptr || !task->stop->IsAsked()) return false;
    const auto place = std::find(queue_.begin(), queue_.end(), task);
    if (place == queue_.end()) {
      task->run.Stop(Run::End::kCaller);
      return false;
    }
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

  // Whose work ended because the process exits does not come back: it would
  // free tensors while exit() destroys what these need.
  void StayAtEnd(std::unique_lock<std::mutex>* lock) {
    if (exiting_thread_ == std::this_thread::get_id()) return;
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
    const Run::Scope scope(&task->run);
    try {
      task->work();
    } catch (...) {
      task->failure = std::current_exception();
    }
  }

  void Finish(Task* task) {
    if (task->is_new) QuiesceAtExit();
    const std::lock_guard<std::mutex> lock(mutex_);
    --running_;
    working_.reset();
    lost_.reset();
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
      const std::shared_ptr<Task> task = self.Take();
#if defined(_OPENMP)
      // Of this thread alone; what the rest of the process set stays.
      omp_set_num_threads(task->threads);
#endif
      Perform(task.get());
      // While its caller still holds what it shares with the work, so that
      // nothing is freed here, unless the caller has left.
      task->work = nullptr;
      self.Finish(task.get());
    }
  }

  std::shared_ptr<Task> Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return !queue_.empty() && !exiting_; });
    const std::shared_ptr<Task> task = queue_.front();
    queue_.pop_front();
    ++running_;
    working_ = task;
    if (task->timeout.count() > 0) task->due = Clock::now() + task->timeout;
    if (std::exchange(is_next_new_, false)) SetNew(task.get());
    // The thread that waits for it calls QuiesceAtExit from now on, and looks
    // at the time.
    if (task->is_new || task->due) task->ended.notify_one();
    return task;
  }

  static thread_local bool is_worker_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Task>> queue_;
  std::shared_ptr<Task> working_;  // what the worker runs
  std::shared_ptr<Task> lost_;     // the same, if its caller has left it
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

void RunOnWorker(int threads, std::function<void()> work, const Stop* stop,
                 std::int64_t timeout_ms) {
  if (Scheduler::IsWorker()) {
    work();
    return;
  }
  const auto task =
      std::make_shared<Task>(std::move(work), threads, stop, timeout_ms);
  Scheduler::Get().RunQueued(task);
  Rethrow(*task);
}

bool IsHealthy() { return Scheduler::Get().IsHealthy(); }

void CheckHealthy() { Scheduler::Get().CheckHealthy(); }

void WakeStopped() { Scheduler::Get().WakeStopped(); }

void CloseForExit() { Scheduler::Get().Close(); }

void RunOnDeepStack(const std::function<void()>& work) {
  const auto task = std::make_shared<Task>(work, 1, nullptr, 0);
  Scheduler::Get().RunApart(task);
  Rethrow(*task);
}

}  // namespace yolotorch::runtime

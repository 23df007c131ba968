// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/confine.h"

#include <gtest/gtest.h>

#if defined(__linux__) && defined(__x86_64__)

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "support.h"

namespace yolotorch::base {
namespace {

// What a confined process could do nevertheless, or lacked, by its exit status;
// it ends in a fork, since this one needs its files.
int StatusOfConfined(const std::string& folder) {
  const pid_t child = fork();
  if (child == 0) {
    const std::string secret = folder + "/secret";
    const std::string allowed = folder + "/allowed";
    const Confinement done = Confine({allowed, "/proc"});
    if (!done.the_rest) _exit(77);
    if (open(secret.c_str(), O_WRONLY) >= 0) _exit(1);
    if (open((folder + "/new").c_str(), O_CREAT | O_RDWR, 0600) >= 0) _exit(2);
    if (unlink(secret.c_str()) == 0) _exit(3);
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0) _exit(4);
    if (fork() >= 0) _exit(5);
    execl("/bin/true", "true", nullptr);
    if (done.reading) {
      if (open(secret.c_str(), O_RDONLY) >= 0) _exit(6);
      if (open("/etc/passwd", O_RDONLY) >= 0) _exit(7);
    }
    if (open(allowed.c_str(), O_RDONLY) < 0) _exit(8);
    if (open("/proc/self/statm", O_RDONLY) < 0) _exit(9);
    int seen = 0;
    std::thread([&] { seen = 1; }).join();
    _exit(seen == 1 ? 42 : 10);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(ConfineTest, AConfinedProcessReadsWhatItMayAndDoesNothingElse) {
  const test::TemporaryFolder folder;
  test::WriteAll(folder / "secret", {1});
  test::WriteAll(folder / "allowed", {1});
  const int status = StatusOfConfined(folder / "");
  if (status == 77) GTEST_SKIP() << "the system has no seccomp";
  EXPECT_EQ(status, 42);
}

}  // namespace
}  // namespace yolotorch::base

#endif

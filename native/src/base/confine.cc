// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/confine.h"

#if defined(__linux__) && defined(__x86_64__) && \
    __has_include(<linux/landlock.h>) && __has_include(<linux/seccomp.h>)

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// Younger than the headers of some systems.
#if !defined(__NR_openat2)
#define __NR_openat2 437
#endif

namespace yolotorch::base {
namespace {

// Of Landlock's first version, so that every kernel that has it knows them.
constexpr std::uint64_t kRead =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kHandled =
    kRead | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
    LANDLOCK_ACCESS_FS_MAKE_SYM;

bool AddReadable(int rules, const std::string& path) {
  const int file = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (file < 0) return errno == ENOENT;  // nothing to read there
  struct stat status {};
  landlock_path_beneath_attr rule{};
  const bool is_known = fstat(file, &status) == 0;
  rule.allowed_access =
      S_ISDIR(status.st_mode) ? kRead : LANDLOCK_ACCESS_FS_READ_FILE;
  rule.parent_fd = file;
  const bool added =
      is_known && syscall(SYS_landlock_add_rule, rules,
                          LANDLOCK_RULE_PATH_BENEATH, &rule, 0U) == 0;
  close(file);
  return added;
}

bool LimitFiles(const std::vector<std::string>& readable) {
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = kHandled;
  const auto rules = static_cast<int>(syscall(
      SYS_landlock_create_ruleset, &attributes, sizeof(attributes), 0U));
  if (rules < 0) return false;
  bool done = true;
  for (const std::string& path : readable) {
    done = AddReadable(rules, path) && done;
  }
  done = done && syscall(SYS_landlock_restrict_self, rules, 0U) == 0;
  close(rules);
  return done;
}

constexpr std::uint32_t kAllow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t kRefuse = SECCOMP_RET_ERRNO | EACCES;

// Calls that are refused whatever their arguments are.
constexpr int kRefused[] = {__NR_creat,
                            __NR_truncate,
                            __NR_rename,
                            __NR_renameat,
                            __NR_renameat2,
                            __NR_link,
                            __NR_linkat,
                            __NR_symlink,
                            __NR_symlinkat,
                            __NR_unlink,
                            __NR_unlinkat,
                            __NR_mkdir,
                            __NR_mkdirat,
                            __NR_rmdir,
                            __NR_mknod,
                            __NR_mknodat,
                            __NR_chmod,
                            __NR_fchmodat,
                            __NR_chown,
                            __NR_lchown,
                            __NR_fchownat,
                            __NR_setxattr,
                            __NR_lsetxattr,
                            __NR_mount,
                            __NR_umount2,
                            __NR_pivot_root,
                            __NR_chroot,
                            __NR_unshare,
                            __NR_setns,
                            __NR_execve,
                            __NR_execveat,
                            __NR_fork,
                            __NR_vfork,
                            __NR_ptrace,
                            __NR_kill,
                            __NR_socket,
                            __NR_socketpair,
                            __NR_connect,
                            __NR_bind,
                            __NR_listen,
                            __NR_accept,
                            __NR_accept4,
                            __NR_bpf,
                            __NR_keyctl,
                            __NR_add_key,
                            __NR_request_key,
                            __NR_userfaultfd,
                            __NR_memfd_create,
                            __NR_shmget,
                            __NR_shmat,
                            __NR_msgget,
                            __NR_semget,
                            __NR_pidfd_open,
                            __NR_pidfd_getfd,
                            __NR_io_uring_setup,
                            __NR_process_vm_readv,
                            __NR_process_vm_writev,
                            __NR_perf_event_open,
                            __NR_open_by_handle_at};

// Writes a program of seccomp.
class Filter {
 public:
  void Load(std::size_t offset) {
    Add(BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offset));
  }

  void LoadArgument(int index) {
    // The lower half, in which all flags are.
    Load(offsetof(seccomp_data, args) + 8 * static_cast<std::size_t>(index));
  }

  void Return(std::uint32_t value) { Add(BPF_RET | BPF_K, 0, 0, value); }

  void ReturnIfEqual(std::uint32_t value, std::uint32_t result) {
    Add(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
    Return(result);
  }

  void ReturnIfAtLeast(std::uint32_t value, std::uint32_t result) {
    Add(BPF_JMP | BPF_JGE | BPF_K, 0, 1, value);
    Return(result);
  }

  void ReturnUnlessEqual(std::uint32_t value, std::uint32_t result) {
    Add(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, value);
    Return(result);
  }

  // Of a call: looks at the bits of an argument; leaves the program.
  void Decide(int call, int argument, std::uint32_t bits, std::uint32_t if_any,
              std::uint32_t if_none) {
    Add(BPF_JMP | BPF_JEQ | BPF_K, 0, 4, static_cast<std::uint32_t>(call));
    LoadArgument(argument);
    Add(BPF_JMP | BPF_JSET | BPF_K, 0, 1, bits);
    Return(if_any);
    Return(if_none);
  }

  bool Install() {
    sock_fprog program{};
    program.len = static_cast<unsigned short>(code_.size());
    program.filter = code_.data();
    return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER,
                   SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
  }

 private:
  void Add(int code, int if_true, int if_false, std::uint32_t value) {
    code_.push_back({static_cast<std::uint16_t>(code),
                     static_cast<std::uint8_t>(if_true),
                     static_cast<std::uint8_t>(if_false), value});
  }

  std::vector<sock_filter> code_;
};

bool LimitCalls() {
  constexpr std::uint32_t kWrites =
      O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
  // The calls of x32 are those of x86-64 by other numbers.
  constexpr std::uint32_t kOtherNumbers = 0x40000000;
  constexpr std::uint32_t kAbsent = SECCOMP_RET_ERRNO | ENOSYS;
  Filter filter;
  filter.Load(offsetof(seccomp_data, arch));
  filter.ReturnUnlessEqual(AUDIT_ARCH_X86_64, kRefuse);
  filter.Load(offsetof(seccomp_data, nr));
  filter.ReturnIfAtLeast(kOtherNumbers, kRefuse);
  for (const int call : kRefused) {
    filter.ReturnIfEqual(static_cast<std::uint32_t>(call), kRefuse);
  }
  // Their arguments lie in memory; the C library then takes those below.
  filter.ReturnIfEqual(__NR_clone3, kAbsent);
  filter.ReturnIfEqual(__NR_openat2, kAbsent);
  filter.Decide(__NR_clone, 0, CLONE_THREAD, kAllow, kRefuse);
  filter.Decide(__NR_open, 1, kWrites, kRefuse, kAllow);
  filter.Decide(__NR_openat, 2, kWrites, kRefuse, kAllow);
  filter.Return(kAllow);
  return filter.Install();
}

}  // namespace

Confinement Confine(const std::vector<std::string>& readable) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {};
  const bool reading = LimitFiles(readable);
  return {reading, LimitCalls()};
}

}  // namespace yolotorch::base

#else

namespace yolotorch::base {

Confinement Confine(const std::vector<std::string>& /*readable*/) { return {}; }

}  // namespace yolotorch::base

#endif

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "base/memory.h"

#if defined(__linux__) && defined(__GLIBC__)
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string_view>

#include "base/rounding.h"

namespace yolotorch::base {
namespace {

// Most of LibTorch's code runs once, to register operators, or never, but stays
// resident.
int ReleaseCode(dl_phdr_info* library, std::size_t /*size*/, void* /*data*/) {
  const std::string_view name =
      library->dlpi_name == nullptr ? "" : library->dlpi_name;
  if (name.find("libtorch_cpu.so") == std::string_view::npos) return 0;
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  for (int i = 0; i < library->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = library->dlpi_phdr[i];
    // Writable pages may differ from the file.
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
    const std::uintptr_t begin = library->dlpi_addr + segment.p_vaddr;
    const std::uintptr_t first = RoundUp(begin, page);
    const std::uintptr_t last = (begin + segment.p_memsz) / page * page;
    if (first < last) {
      madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
    }
  }
  return 0;
}

}  // namespace

void ReleaseStartUpMemory() {
  malloc_trim(0);
  dl_iterate_phdr(ReleaseCode, nullptr);
}

std::int64_t BytesInUse() {
  const struct mallinfo2 info = mallinfo2();
  return static_cast<std::int64_t>(info.uordblks + info.hblkhd);
}

}  // namespace yolotorch::base

#else

namespace yolotorch::base {

void ReleaseStartUpMemory() {}
std::int64_t BytesInUse() { return 0; }

}  // namespace yolotorch::base

#endif

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// A library of its own, loaded before OpenMP's runtime. That runtime reads its
// settings once, when it is loaded, and lets idle threads spin by default: on a
// machine whose cores are shared this makes a prediction many times slower.
// What the user has set is left as it is.
#if !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include <stdlib.h>

__attribute__((constructor)) static void YieldIdleThreads(void) {
  setenv("OMP_WAIT_POLICY", "passive", 0);
}

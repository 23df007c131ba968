// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// A library of its own, loaded before OpenMP's runtime. That runtime reads its
// settings once, when it is loaded, and lets idle threads spin by default: on a
// machine whose cores are shared this makes a prediction many times slower.
// oneDNN keeps compiled code for the last 1,024 shapes that it met; a network
// needs about a hundred, and one whose input size varies would fill all of
// them, some 250 MB. What the user has set is left as it is.
#if !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include <stdlib.h>

__attribute__((constructor)) static void SetDefaults(void) {
  setenv("OMP_WAIT_POLICY", "passive", 0);
  setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "256", 0);
}

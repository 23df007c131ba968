// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Between Java and the native library; used by {@code org.yolotorch} alone. */
package org.yolotorch.internal;

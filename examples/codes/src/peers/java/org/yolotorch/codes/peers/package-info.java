// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Other readers, for the mode compare. */
package org.yolotorch.codes.peers;

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** The command line, {@code yolo TASK MODE key=value}. Start at {@link Main}. */
package org.yolotorch.cli;

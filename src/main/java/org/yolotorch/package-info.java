// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** YOLO11 models: load, ask, export. Start at {@link org.yolotorch.Yolo}. */
package org.yolotorch;

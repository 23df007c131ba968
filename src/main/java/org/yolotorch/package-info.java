// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/**
 * YOLO11 models: load, ask, export. Start at {@link org.yolotorch.Yolo}; write programs that are
 * tested without a model against {@link org.yolotorch.Predictor}.
 *
 * <p>The native libraries, some 350 MB, are unpacked once for each version into {@code
 * yolotorch/natives} in {@code XDG_CACHE_HOME} or {@code ~/.cache}. The system property {@code
 * org.yolotorch.natives} or else the variable {@code YOLOTORCH_NATIVES} names another folder; where
 * it cannot be written, a process unpacks them for itself alone and a warning says so. JavaCPP's
 * own {@code org.bytedeco.javacpp.cachedir} goes before all of these.
 */
package org.yolotorch;

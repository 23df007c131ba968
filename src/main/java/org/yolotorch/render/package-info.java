// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Draws results onto pictures. Start at {@link Renderer}. */
package org.yolotorch.render;

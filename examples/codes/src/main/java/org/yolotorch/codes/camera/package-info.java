// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/**
 * How a card is seen: where it lies, how light falls on it, and what lens and sensor make of it.
 */
package org.yolotorch.codes.camera;

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Whole pictures: backgrounds, and cards with and without codes on them. */
package org.yolotorch.codes.scene;

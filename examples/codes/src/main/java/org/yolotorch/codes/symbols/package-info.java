// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Symbols with random contents as grids of modules. */
package org.yolotorch.codes.symbols;

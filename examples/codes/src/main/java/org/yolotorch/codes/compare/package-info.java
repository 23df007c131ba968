// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Measures what several readers find and read in generated pictures. */
package org.yolotorch.codes.compare;

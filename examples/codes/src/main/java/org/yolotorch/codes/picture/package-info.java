// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Pixels, polygons, blur and random numbers: what all other packages draw with. */
package org.yolotorch.codes.picture;

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** Finds codes with a model of yolotorch and decodes what it finds with ZXing. */
package org.yolotorch.codes.read;

// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
/** The data sets: the command line, label lines, files and folders. */
package org.yolotorch.codes.generate;
